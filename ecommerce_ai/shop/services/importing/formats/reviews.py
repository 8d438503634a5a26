"""Reviews under plain column names."""

from ecommerce_ai.shop.models import Review
from ecommerce_ai.shop.models.voices import Moderation
from ecommerce_ai.shop.services.importing import values as v
from ecommerce_ai.shop.services.importing.formats.events import derived_id
from ecommerce_ai.shop.services.importing.records import ReviewRecord
from ecommerce_ai.shop.services.importing.rows import RejectedValue, Row

TITLE_CHARS = Review._meta.get_field("title").max_length


def map_review(row: Row, default_currency: str) -> ReviewRecord:
    """One without an identity is known by what it says; it is shown, as it was in the shop it comes from."""
    values = row.values
    sku = v.required(values, "sku", 64, "product_id", "item_id")
    rating = v.whole(v.required(values, "rating", 10, "stars"), "rating", 1, 5)
    customer, author = v.text(values, "customer_id", 100), v.text(values, "author_name", 100, "author")
    body, own_id = (
        v.text(values, "body", 0, "text", "review"),
        v.text(values, "external_id", 100, "review_id", "id"),
    )
    created_at = v.moment(v.required(values, "created_at", 60, "date"), "created_at")
    if rating is None:
        raise RejectedValue("rating", "missing")
    return ReviewRecord(
        line=row.line,
        external_id=own_id or str(derived_id(sku, customer, author, created_at, body)),
        sku=sku,
        customer=customer,
        author_name=author,
        rating=rating,
        title=v.text(values, "title", TITLE_CHARS or 0),
        body=body,
        language=v.text(values, "language", 10, "lang") or "en",
        status=v.choice(v.text(values, "status"), "status", Moderation.values, Moderation.APPROVED),
        created_at=created_at,
    )
