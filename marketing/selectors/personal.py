from marketing.models import PersonalSet, PersonalVariant

SAMPLES = 20


def samples(made: PersonalSet) -> list[PersonalVariant]:
    """Some texts of a set for a person to read, drawn at random."""
    rows = PersonalVariant.objects.filter(set=made).select_related("customer", "product")
    return list(rows.order_by("?")[:SAMPLES])
