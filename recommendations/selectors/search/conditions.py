"""Conditions in the words of a query: a price, a colour of the shop, somebody it is for."""

from collections.abc import Iterable, Sequence

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ecommerce_ai.shop.models.catalog import ProductQuerySet
from ecommerce_ai.text_analysis import lexemes_of
from recommendations.ml.search.parsing import Draft, Part
from recommendations.ml.search.prices import CENT, PriceWords
from recommendations.selectors.search.results import Constraint
from recommendations.selectors.search.vocabulary import named_values

MAX_VALUES = 12
# Kinds of which a shop may keep an attribute: their names are looked up among its values.
ATTRIBUTE_KINDS = frozenset({"colour", "material", "pattern", "size", "recipient", "occasion", "season"})


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


def kept(products: ProductQuerySet, constraints: Iterable[Constraint]) -> ProductQuerySet:
    """Products that keep to the conditions."""
    for constraint in constraints:
        if constraint.name == "price":
            products = in_band(products, constraint.values[0])
        elif constraint.name == "brand":
            products = products.filter(brand__in=constraint.values)
        else:
            products = products.filter(has_value(constraint.name, constraint.values))
    return products


def in_band(products: ProductQuerySet, band: str) -> ProductQuerySet:
    low, _separator, high = band.partition("-")
    if low:
        products = products.filter(price__gte=low)
    return products.filter(price__lt=high) if high else products


def has_value(name: str, values: Sequence[str]) -> Q:
    """The attribute is one of the values, or a list with one of them."""
    condition = Q()
    for value in values:
        condition |= Q(**{f"attributes__{name}": value}) | Q(**{f"attributes__{name}__contains": [value]})
    return condition
