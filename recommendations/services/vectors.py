"""Keeps one current vector for every live product."""

from collections.abc import Iterator, Sequence

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.models import QuerySet

from ecommerce_ai.inference.registry import get_encoder
from ecommerce_ai.inference.types import Encoder
from ecommerce_ai.jobs.progress import Progress, silent
from ecommerce_ai.shop.models import Category, Product
from recommendations.ml.documents import (
    EncodedProducts,
    ProductFacts,
    ProductText,
    encoded_products,
    product_text,
)
from recommendations.models import DIMENSIONS, ProductVector, ShelfVector
from recommendations.selectors.staleness import hashed_products, stale_products

BATCH_SIZE = 256


def embed_products(
    product_ids: Sequence[int] | None = None, *, progress: Progress = silent, batch_size: int = BATCH_SIZE
) -> dict[str, int]:
    """Give every live product (or those named) its current vector, and dead ones none.

    Redoes only what changed, commits batch by batch, and may be killed, repeated, or run beside itself.
    Returns {"embedded", "current", "removed"}.
    """
    removed, _ = ProductVector.objects.filter(product__is_live=False).delete()
    encoder = fitting_encoder()
    chosen, stale = hashed_products(encoder.name), stale_products(encoder.name)
    if product_ids is not None:
        chosen, stale = chosen.filter(pk__in=product_ids), stale.filter(pk__in=product_ids)
    total, stale_total, embedded, done = chosen.count(), stale.count(), 0, 0
    for batch in batches_by_primary_key(stale, batch_size):
        embedded += write_vectors(batch, encoded=encoded(batch, encoder), encoder_name=encoder.name)
        done += len(batch)
        progress(min(done, stale_total), stale_total)
    ShelfVector.objects.filter(products__isnull=True).delete()
    return {"embedded": embedded, "current": max(total - stale_total, 0), "removed": removed}


def fitting_encoder() -> Encoder:
    """The encoder, whose vectors have to fit the column."""
    encoder = get_encoder()
    if encoder.dimensions != DIMENSIONS:
        raise ImproperlyConfigured(
            f"{encoder.name} makes {encoder.dimensions} dimensions, the column holds {DIMENSIONS}."
        )
    return encoder


def batches_by_primary_key(products: QuerySet[Product], size: int) -> Iterator[list[Product]]:
    """Each matching product once, in batches by rising key; rows that start to match behind us wait."""
    last = 0
    while batch := list(products.filter(pk__gt=last)[:size]):
        last = batch[-1].pk
        yield batch


def encoded(products: Sequence[Product], encoder: Encoder) -> EncodedProducts:
    texts = [text_of(product) for product in products]
    return encoded_products(
        encoder.encode_documents([text.document for text in texts]),
        encoder.encode_documents([text.shelf for text in texts]),
        shelves=[text.shelf for text in texts],
    )


def text_of(product: Product) -> ProductText:
    return product_text(
        ProductFacts(
            title=product.title,
            brand=product.brand,
            shelves=shelf_names(product.category),
            description=product.description,
            attributes=product.attributes if isinstance(product.attributes, dict) else {},
        )
    )


def shelf_names(category: Category | None) -> list[str]:
    """From the root down; the shelves above it by their slugs, which its own row carries."""
    return [*category.path.split("/")[:-1], category.name] if category else []


@transaction.atomic
def write_vectors(products: Sequence[Product], *, encoded: EncodedProducts, encoder_name: str) -> int:
    """Write the vectors of those products whose text is still the one that was encoded; how many these were.

    The locks keep a text from changing between the comparison and the commit.
    """
    shelves = shelf_rows(encoded, encoder_name)
    locked = hashed_products(encoder_name).select_for_update(of=("self",), no_key=True).order_by("pk")
    now = {product.pk: hash_of(product) for product in locked.filter(pk__in=[each.pk for each in products])}
    rows = [
        ProductVector(
            product=product,
            embedding=encoded.vectors[place],
            shelf_id=shelves.get(encoded.shelves[place]),
            agreement=float(encoded.agreements[place]),
            encoder=encoder_name,
            content_hash=hash_of(product),
        )
        for place, product in enumerate(products)
        if now.get(product.pk) == hash_of(product)
    ]
    ProductVector.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["product"],
        update_fields=["embedding", "shelf", "agreement", "encoder", "content_hash", "updated_at"],
    )
    return len(rows)


def shelf_rows(encoded: EncodedProducts, encoder_name: str) -> dict[str, int]:
    """The key of each shelf text; written where it is new, read again because another writer may be first."""
    texts = {text: place for place, text in enumerate(encoded.shelves) if text}
    ShelfVector.objects.bulk_create(
        [
            ShelfVector(text=text, encoder=encoder_name, embedding=encoded.shelf_vectors[place])
            for text, place in texts.items()
        ],
        ignore_conflicts=True,
    )
    found = ShelfVector.objects.filter(encoder=encoder_name, text__in=texts)
    return dict(found.values_list("text", "pk"))


def hash_of(product: Product) -> str:
    """The annotation that `hashed_products` put on the row."""
    return str(vars(product)["content_hash"])
