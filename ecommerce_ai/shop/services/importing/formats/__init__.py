"""The formats that files come in: which columns tell them, and how a row of theirs becomes a record."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ecommerce_ai.shop.services.importing.formats import (
    articles,
    customers,
    events,
    ga4,
    google_merchant,
    online_retail,
    orders,
    products,
    reviews,
    shopify,
    woocommerce,
)
from ecommerce_ai.shop.services.importing.records import Record
from ecommerce_ai.shop.services.importing.rows import ImportFileError, Row

Mapping = Callable[[Row, str], Record]
FieldsOf = Callable[[list[str]], frozenset[str]]


def as_they_come(rows: Iterable[Row]) -> Iterator[Row]:
    return iter(rows)


def all_fields(header: list[str]) -> frozenset[str]:
    return frozenset()


def always(fields: frozenset[str]) -> FieldsOf:
    return lambda header: fields


@dataclass(frozen=True)
class Format:
    """`columns`: each must be there, under one of the names that `|` divides. `updated_fields`: what a known
    row of the database takes from the file. `arrange`: lines that make one record together become one row."""

    kind: str
    name: str
    columns: tuple[str, ...]
    map_row: Mapping
    updated_fields: FieldsOf = all_fields
    arrange: Callable[[Iterable[Row]], Iterator[Row]] = as_they_come

    def missing_columns(self, header: list[str]) -> list[str]:
        return [names for names in self.columns if set(names.split("|")).isdisjoint(header)]


# Formats of a kind stand in the order in which a header is compared with them.
KNOWN = [
    Format(
        "products", "shopify", ("handle", "title", "variant_price"), shopify.map_product,
        always(shopify.UPDATES), shopify.group_by_handle,
    ),
    Format(
        "products", "woocommerce", ("type", "sku", "name", "regular_price"), woocommerce.map_product,
        always(woocommerce.UPDATES), woocommerce.join_variations,
    ),
    Format(
        "products", "google-merchant", ("id", "title", "price", "link|image_link|availability"),
        google_merchant.map_product, always(google_merchant.UPDATES),
    ),
    Format(
        "products", "generic", ("sku|id|product_id|item_id", "title|name|product_name", "price"),
        products.map_product, products.updated_fields,
    ),
    Format(
        "customers", "generic", ("external_id|customer_id|id",), customers.map_customer,
        customers.updated_fields,
    ),
    Format(
        "orders", "online-retail",
        online_retail.COLUMNS,
        online_retail.map_order_line,
    ),
    Format(
        "orders", "generic",
        (
            "order_number|order_id|number|invoice", "placed_at|order_date|date|created_at",
            "sku|product_id|item_id", "quantity", "unit_price|price",
        ),
        orders.map_order_line,
    ),
    Format(
        "events", "ga4", ("event_name|events", "event_timestamp|events"), ga4.map_event,
        arrange=ga4.one_row_per_item,
    ),
    Format("events", "generic", ("name|event_name|event", "occurred_at|timestamp|time"), events.map_event),
    Format(
        "reviews", "generic", ("sku|product_id|item_id", "rating|stars", "created_at|date"),
        reviews.map_review,
    ),
    Format("articles", "questions", ("question", "answer"), articles.map_question),
    Format("articles", "generic", ("title|name", "body|text|content"), articles.map_article),
]  # fmt: skip


def choose_format(kind: str, name: str, header: list[str]) -> Format:
    """The named format, or the first that the header fits; raises ImportFileError with what is missing."""
    candidates = [each for each in KNOWN if each.kind == kind and name in ("", each.name)]
    if not candidates:
        raise ImportFileError(_("No format “%(format)s” for %(kind)s.") % {"format": name, "kind": kind})
    fitting = next((each for each in candidates if not each.missing_columns(header)), None)
    if fitting:
        return fitting
    closest = candidates[-1]
    raise ImportFileError(
        _("Missing columns for “%(format)s”: %(missing)s. Found: %(found)s.")
        % {
            "format": closest.name,
            "missing": ", ".join(names.replace("|", _(" or ")) for names in closest.missing_columns(header)),
            "found": ", ".join(header[:50]) or "–",
        }
    )
