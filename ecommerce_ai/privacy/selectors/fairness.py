"""Decisions of the models by age, gender and country, of those who said them and let us count."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from ecommerce_ai.decisions import Decision, decisions
from ecommerce_ai.privacy.ml.fairness import Comparison, compare
from ecommerce_ai.privacy.models import Purpose
from ecommerce_ai.privacy.selectors.consents import allowed_customers
from ecommerce_ai.shop.models import Customer

BANDS = ((25, "≤ 24"), (35, "25-34"), (45, "35-44"), (55, "45-54"), (65, "55-64"))


@dataclass(frozen=True)
class FairnessRow:
    """One decision by one attribute of people. `unknown` is how many did not say theirs."""

    decision: str
    attribute: str
    comparison: Comparison
    unknown: int


def fairness_report() -> list[FairnessRow]:
    """Every decision by every attribute; those that need a look first."""
    people = {
        person.pk: person
        for person in allowed_customers(Purpose.ANALYTICS).only("birth_year", "gender", "country")
    }
    rows = [
        row_of(decision, str(attribute), group_of, people)
        for decision in decisions()
        if decision.customer_ids
        for attribute, group_of in attributes()
    ]
    return sorted(rows, key=lambda row: not row.comparison.needs_look)


def attributes() -> list[tuple[str, Callable[[Customer], str]]]:
    return [
        (_("Age"), age_band),
        (_("Gender"), lambda person: str(person.get_gender_display()) if person.gender else ""),
        (_("Country"), lambda person: person.country),
    ]


def row_of(
    decision: Decision, attribute: str, group_of: Callable[[Customer], str], people: dict[int, Customer]
) -> FairnessRow:
    found = [
        (group_of(people[pk]), chosen, score)
        for pk, chosen, score in zip(decision.customer_ids, decision.selected, decision.scores, strict=True)
        if pk in people
    ]
    known = [each for each in found if each[0]]
    groups, selected, scores = zip(*known, strict=True) if known else ((), (), ())
    comparison = compare(selected, scores, groups)
    return FairnessRow(decision.name, attribute, comparison, len(found) - len(known))


def age_band(person: Customer) -> str:
    if person.birth_year is None:
        return ""
    age = timezone.now().year - person.birth_year
    return next((name for limit, name in BANDS if age < limit), "≥ 65")
