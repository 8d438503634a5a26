"""What a list of products can be narrowed by, with counts, in a fixed number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import log2
from typing import Any

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Aggregate, Count, DecimalField, Max, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ecommerce_ai.shop.models import Product
from ecommerce_ai.storefront.filters import RESERVED, Filters, PriceBand, narrowed
from ecommerce_ai.storefront.price_bands import round_limits
from ecommerce_ai.storefront.price_words import price_words
from ecommerce_ai.storefront.vocabulary import attribute_name, attribute_text

MAX_VALUES = 24
MAX_FACETS = 8
Row = tuple[str, str | None, int]
# A list counts once for each of its parts; the part's translation stands at the same place. An attribute
# tells products apart where a fifth have it, in few values of two products each (or in very few values).
ATTRIBUTE_COUNTS = """
    WITH p AS MATERIALIZED (PRODUCTS), counted AS (
        SELECT told.key, part.value,
            max(coalesce(local.list ->> (part.place - 1)::int, local.list #>> '{}')) AS local,
            count(*) AS products, count(*) FILTER (WHERE part.place = 1) AS firsts
        FROM p,
            jsonb_each(CASE jsonb_typeof(p.attributes) WHEN 'object' THEN p.attributes ELSE '{}' END) AS told,
            jsonb_array_elements_text(
                CASE jsonb_typeof(told.value) WHEN 'array' THEN told.value
                    ELSE jsonb_build_array(told.value) END
            ) WITH ORDINALITY AS part (value, place),
            LATERAL (SELECT p.translations #> ARRAY[%(language)s, 'attributes', told.key] AS list) AS local
        WHERE jsonb_typeof(told.value) IN ('string', 'number', 'array')
            AND length(part.value) BETWEEN 1 AND 60
        GROUP BY told.key, part.value
    ), attributes AS (
        SELECT key, count(*) AS different, sum(firsts) AS covered FROM counted GROUP BY key
    )
    SELECT key, value, local, products FROM counted JOIN attributes USING (key)
    WHERE CASE WHEN %(names)s::text[] IS NOT NULL THEN key = ANY(%(names)s::text[])
        ELSE key <> ALL(%(taken)s::text[]) AND different BETWEEN 2 AND %(most)s
            AND (different <= 4 OR covered >= 2 * different) AND covered >= 0.2 * (SELECT count(*) FROM p) END
"""


@dataclass(frozen=True)
class FacetValue:
    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    values: tuple[FacetValue, ...]

    @property
    def chosen(self) -> list[FacetValue]:
        return [value for value in self.values if value.is_chosen]


class Percentile(Aggregate):
    """The price below which this share of the rows lies."""

    function = "PERCENTILE_DISC"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DecimalField()


def facets(products: QuerySet[Product], filters: Filters) -> list[Facet]:
    """Price, brand and the attributes that tell these apart, each counted under the other choices."""
    products = products.order_by()
    found = [price_facet(products, filters), brand_facet(products, filters)]
    found += attribute_facets(products, filters)
    return [facet for facet in found if len(facet.values) > 1 or facet.chosen]


def brand_facet(products: QuerySet[Product], filters: Filters) -> Facet:
    others = narrowed(products, filters, without="brand").exclude(brand="")
    rows = others.values_list("brand", "brand").annotate(Count("id"))
    return Facet("brand", _("Brand"), facet_values(rows, "brand", filters.chosen.get("brand", ())))


def attribute_facets(products: QuerySet[Product], filters: Filters) -> list[Facet]:
    """Those chosen from, then those that tell most; one query for these, one for each with a choice."""
    taken = filters.attributes
    counted = telling_most(attribute_counts(narrowed(products, filters), taken=[*RESERVED, *taken]))
    chosen = [
        (name, attribute_counts(narrowed(products, filters, without=name), names=[name]).get(name, []))
        for name in taken
    ]
    return [
        Facet(name, attribute_name(name), facet_values(rows, name, filters.chosen.get(name, ())))
        for name, rows in [*chosen, *counted]
    ]


def telling_most(counted: Mapping[str, list[Row]]) -> list[tuple[str, list[Row]]]:
    """The attributes that part the products into many groups of like size: by the bits that a value tells."""
    ranked = sorted(counted.items(), key=lambda item: (-bits_told(item[1]), item[0]))
    return ranked[:MAX_FACETS]


def bits_told(rows: Sequence[Row]) -> float:
    """Entropy of the values, times how many products have one."""
    counts = [count for *_, count in rows]
    total = sum(counts)
    return sum(count * log2(total / count) for count in counts)


def attribute_counts(
    products: QuerySet[Product], *, names: Sequence[str] | None = None, taken: Sequence[str] = ()
) -> dict[str, list[Row]]:
    """(value, the value in the reader's language, number of products) by attribute.

    Of the attributes named; else of all that tell these products apart and are not `taken`.
    """
    try:
        inner, parameters = products.values("attributes", "translations").query.sql_with_params()
    except EmptyResultSet:
        return {}
    given: dict[str, Any] = {
        "language": get_language(),
        "names": names,
        "taken": list(taken),
        "most": MAX_VALUES,
    }
    counted: dict[str, list[Row]] = {}
    with connection.cursor() as cursor:
        told = cursor.mogrify(inner, parameters).decode()
        cursor.execute(ATTRIBUTE_COUNTS.replace("PRODUCTS", told.replace("%", "%%")), given)
        for name, value, local, count in cursor.fetchall():
            counted.setdefault(name, []).append((value, local, count))
    return counted


def facet_values(rows: Iterable[Row], name: str, chosen: tuple[str, ...]) -> tuple[FacetValue, ...]:
    """The values with the most products, in the order of their labels; chosen ones always."""
    counts: dict[str, int] = dict.fromkeys(chosen, 0)
    labels = {value: value for value in chosen}
    for told, local, count in rows:
        counts[told] = counts.get(told, 0) + count
        labels[told] = local or labels.get(told, told)
    kept = sorted(counts, key=lambda value: (value not in chosen, -counts[value]))[:MAX_VALUES]
    values = (FacetValue(v, label_of(name, labels[v]), counts[v], v in chosen) for v in kept)
    return tuple(sorted(values, key=lambda value: value.label))


def label_of(name: str, text: str) -> str:
    return text if name == "brand" else attribute_text(name, text)


def price_facet(products: QuerySet[Product], filters: Filters) -> Facet:
    """Up to four bands with round limits; one query for the limits, one for the counts."""
    others = narrowed(products, filters, without="price")
    quartiles = {f"p{share}": Percentile("price", share=f"0.{share}") for share in (25, 50, 75)}
    told = others.aggregate(**quartiles, currency=Max("currency"))
    bands = bands_between(round_limits([told[name] for name in quartiles]))
    if filters.price and filters.price not in bands:
        bands.append(filters.price)
    counts = others.aggregate(
        **{f"band{n}": Count("id", filter=condition(band)) for n, band in enumerate(bands)}
    )
    currency = told["currency"] or settings.SHOP_CURRENCY
    values = (
        FacetValue(str(band), price_words(band, currency), counts[f"band{n}"], band == filters.price)
        for n, band in enumerate(bands)
    )
    return Facet("price", _("Price"), tuple(value for value in values if value.count or value.is_chosen))


def bands_between(limits: list[Decimal]) -> list[PriceBand]:
    if not limits:
        return []
    return [PriceBand(low, high) for low, high in zip([None, *limits], [*limits, None], strict=True)]


def condition(band: PriceBand) -> Q:
    low = Q() if band.low is None else Q(price__gte=band.low)
    return low if band.high is None else low & Q(price__lt=band.high)
