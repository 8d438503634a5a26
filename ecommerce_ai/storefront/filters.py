"""What a shopper asks of a shelf or a search, from the address to the query. Bad input asks nothing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, Func, QuerySet, TextField, Value
from django.db.models.fields.json import KeyTransform
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ecommerce_ai.shop.models import Product

# What an address says beside attributes of products: no attribute of such a name is a facet.
RESERVED = frozenset({"q", "page", "sort", "price", "in_stock", "drop", "as_typed", "personal", "brand"})
OF_CAMPAIGNS = ("utm_", "gclid", "fbclid", "msclkid")
MAX_ATTRIBUTES = 8
MAX_NAME = 60
SORTS = {
    "": _("Recommended"),
    "newest": _("Newest"),
    "price": _("Price, low to high"),
    "-price": _("Price, high to low"),
    "title": _("Title"),
}
MAX_VALUES = 20
MAX_LENGTH = 200
MAX_PRICE = Decimal(10) ** 9


@dataclass(frozen=True)
class PriceBand:
    """From `low` up to but not including `high`; either end may be open."""

    low: Decimal | None = None
    high: Decimal | None = None

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """ "20-40", "-20", "80-"; None for anything else."""
        low, separator, high = text.partition("-")
        try:
            band = cls(parse_amount(low), parse_amount(high))
        except (InvalidOperation, ValueError):
            return None
        return band if separator and band != cls() else None

    def __str__(self) -> str:
        return f"{'' if self.low is None else self.low}-{'' if self.high is None else self.high}"


def parse_amount(text: str) -> Decimal | None:
    amount = Decimal(text) if text else None
    if amount is not None and not 0 <= amount < MAX_PRICE:
        raise ValueError(text)
    return amount


@dataclass(frozen=True)
class Filters:
    """The chosen facets: values by the name of the parameter ("brand" or an attribute).

    An address may name anything: what none of the products has is left out by `with_attributes`.
    """

    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    price: PriceBand | None = None
    is_in_stock_only: bool = False
    sort: str = ""

    @property
    def is_narrowing(self) -> bool:
        return bool(self.chosen or self.price or self.is_in_stock_only)

    @property
    def attributes(self) -> list[str]:
        return [name for name in self.chosen if name != "brand"]

    def with_attributes(self, names: Collection[str]) -> "Filters":
        """The same choices, of attributes only those named."""
        kept = {name: each for name, each in self.chosen.items() if name == "brand" or name in names}
        return replace(self, chosen=kept)


class HasAny(Func):
    """Whether an attribute is one of the values or, being a list, holds one of them."""

    template = """EXISTS (
        SELECT FROM (VALUES (%(expressions)s)) AS told (value, wanted), jsonb_array_elements_text(
            CASE jsonb_typeof(told.value) WHEN 'array' THEN told.value ELSE jsonb_build_array(told.value) END
        ) AS part WHERE part = ANY(told.wanted)
    )"""
    output_field = BooleanField()

    def __init__(self, attribute: str, values: Sequence[str]) -> None:
        told = KeyTransform(attribute, "attributes")
        super().__init__(told, Value(list(values), ArrayField(TextField())))


def filters_from(parameters: QueryDict) -> Filters:
    names = ["brand", *[name for name in parameters if may_be_attribute(name)][:MAX_ATTRIBUTES]]
    chosen = {name: clean_values(parameters.getlist(name)) for name in names}
    sort = parameters.get("sort", "")
    return Filters(
        chosen={name: values for name, values in chosen.items() if values},
        price=PriceBand.parse(parameters.get("price", "")),
        is_in_stock_only=parameters.get("in_stock") == "1",
        sort=sort if sort in SORTS else "",
    )


def may_be_attribute(name: str) -> bool:
    is_free = name not in RESERVED and not name.startswith(OF_CAMPAIGNS)
    return is_free and 0 < len(name) <= MAX_NAME and "\x00" not in name


def clean_values(values: list[str]) -> tuple[str, ...]:
    cleaned = (value.replace("\x00", "")[:MAX_LENGTH] for value in values[:MAX_VALUES])
    return tuple(value for value in cleaned if value)


def narrowed(products: QuerySet[Product], filters: Filters, *, without: str = "") -> QuerySet[Product]:
    """The products that pass; `without` leaves one facet out, to count what its other values would give."""
    for name, values in filters.chosen.items():
        if name == "brand" and without != name:
            products = products.filter(brand__in=values)
        elif without != name:
            products = products.filter(HasAny(name, values))
    if filters.price and without != "price":
        products = in_band(products, filters.price)
    if filters.is_in_stock_only:
        products = products.filter(pk__in=Product.objects.in_stock())
    return products


def in_band(products: QuerySet[Product], band: PriceBand) -> QuerySet[Product]:
    if band.low is not None:
        products = products.filter(price__gte=band.low)
    if band.high is not None:
        products = products.filter(price__lt=band.high)
    return products


def in_order(products: QuerySet[Product], sort: str) -> QuerySet[Product]:
    """Sorted as asked; no wish keeps the order that the products came in."""
    if sort in ("price", "-price", "title"):
        return products.order_by(sort, "id")
    if sort == "newest":
        return products.order_by("-created_at", "-id")
    return products
