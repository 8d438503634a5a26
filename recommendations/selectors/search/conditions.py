"""Conditions in the words of a query: a price, a colour of the shop, somebody it is for."""

from dataclasses import dataclass
from typing import TypeVar

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ecommerce_ai.shop.models.catalog import ProductQuerySet
from ecommerce_ai.text_analysis import lexemes_of
from recommendations.ml.search.attributes import ATTRIBUTE_KINDS
from recommendations.ml.search.documents import quoted, value_mark
from recommendations.ml.search.parsing import Draft, Part
from recommendations.ml.search.prices import CENT, PriceWords
from recommendations.selectors.search.lexemes import TsQuery
from recommendations.selectors.search.results import Constraint
from recommendations.selectors.search.vocabulary import named_values

Row = TypeVar("Row", bound=Model)
MAX_VALUES = 12


def price_constraint(price: PriceWords) -> Constraint:
    """As the shop's price filter takes it: "20-40", "-50", "20-"."""
    value = f"{'' if price.low is None else price.low}-{'' if price.high is None else price.high}"
    return Constraint("price", (value,), price_label(price), price.words)


def price_label(price: PriceWords) -> Promise | str:
    low, high = price.low, price.high
    shown = None if high is None else intcomma(high - CENT if high % 1 == CENT else high)
    if low is None:
        return format_lazy(
            _("Up to {high}") if high is not None and high % 1 == CENT else _("Under {high}"), high=shown
        )
    if high is None:
        return format_lazy(_("From {low}"), low=intcomma(low))
    return format_lazy(_("{low} to {high}"), low=intcomma(low), high=shown)


def attribute_constraints(draft: Draft) -> list[tuple[Part, Constraint]]:
    """Parts of the query that name values of the shop's attributes; one condition for each attribute."""
    phrases = {part: phrases_of(part) for part in draft.parts}
    rows = named_values({phrase for each in phrases.values() for phrase in each})
    found: dict[str, tuple[Part, Constraint]] = {}
    for part, own in phrases.items():
        if not {meaning.kind for meaning in part.meanings} <= ATTRIBUTE_KINDS:
            continue  # orange is a fruit as well: what may be a thing is no condition
        matching = [row for row in rows if row.phrase in own]
        for name in dict.fromkeys(row.name for row in matching):
            values = tuple(dict.fromkeys(row.value for row in matching if row.name == name))[:MAX_VALUES]
            label = values[0] if len(values) == 1 else part.text
            found.setdefault(name, (part, Constraint(name, values, label, part.text)))
    return list(found.values())


def phrases_of(part: Part) -> set[str]:
    """How the part may be written among the shop's values."""
    names = [
        name for meaning in part.meanings if meaning.kind in ATTRIBUTE_KINDS for name in meaning.names[:3]
    ]
    return {part.text, *(" ".join(lexemes_of(text, "en")) for text in (part.text, *names))} - {""}


@dataclass(frozen=True)
class Scope:
    """Among which products to search: those given (all where None) that keep to the conditions.

    Values are looked up by the marks of the index of words, whose statistics tell the planner how many
    products have them: it knows nothing of what lies in a JSON column.
    """

    products: ProductQuerySet | None = None
    constraints: tuple[Constraint, ...] = ()

    @property
    def is_narrow(self) -> bool:
        return self.products is not None or bool(self.constraints)

    def narrowed(self, rows: QuerySet[Row], *, words: str = "words") -> QuerySet[Row]:
        """Rows of a table with one row for each product; `words` leads to the product's own words."""
        for constraint in self.constraints:
            if constraint.name == "price":
                rows = rows.filter(in_band(constraint.values[0]))
            else:
                marks = [quoted(value_mark(constraint.name, value)) for value in constraint.values]
                rows = rows.filter(**{words: TsQuery(" | ".join(marks))})
        return rows if self.products is None else rows.filter(product__in=self.products.order_by())


def in_band(band: str) -> Q:
    low, _separator, high = band.partition("-")
    above = Q(product__price__gte=low) if low else Q()
    return above & Q(product__price__lt=high) if high else above
