"""Labels and risk levels, for the page that compares groups of people."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ecommerce_ai.decisions import Decision, decision_source
from profiles.models import CustomerLabel, Label, RiskAssessment

LIKELY = 0.5


@decision_source
def labels() -> Iterator[Decision]:
    """A label falls on whom it is more likely than not to be true of."""
    for label in Label.objects.filter(is_live=True):
        rows = CustomerLabel.objects.filter(label=label).order_by("customer")
        pairs = rows.values_list("customer", "probability")
        yield decision_of(_(label.name), [(pk, score >= LIKELY, score) for pk, score in pairs])


@decision_source
def reviews_of_risk() -> Iterator[Decision]:
    """An account is looked at by a person when its level is not low."""
    rows = RiskAssessment.objects.filter(order=None).exclude(customer=None)
    pairs = rows.values_list("customer", "level", "score")
    found = [(pk or 0, level != RiskAssessment.Level.LOW, score) for pk, level, score in pairs]
    yield decision_of(_("Account is put up for review"), found)


def decision_of(name: str, rows: list[tuple[int, bool, float]]) -> Decision:
    ids, selected, scores = zip(*rows, strict=True) if rows else ((), (), ())
    return Decision(name, ids, selected, scores)
