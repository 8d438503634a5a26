"""Which products have no vector, or one of another text or another encoder: compared inside the database."""

from django.db.models import CharField, F, Q, QuerySet, TextField, Value
from django.db.models.functions import MD5, Cast, Coalesce, Concat

from ecommerce_ai.shop.models import Product

# Part of every hash: raise it when the text of a product is put together in another way.
TEXT_VERSION = "2"
SEPARATOR = Value("\x1f")


def hashed_products(encoder_name: str) -> QuerySet[Product]:
    """Live products with `content_hash`: of the encoder's name and of every field that goes into the text."""
    fields = [
        Value(f"{TEXT_VERSION} {encoder_name}"),
        F("title"),
        F("brand"),
        Coalesce(F("category__path"), Value(""), output_field=CharField()),
        Coalesce(F("category__name"), Value(""), output_field=CharField()),
        F("description"),
        Cast(F("attributes"), TextField()),
    ]
    separated = [part for field in fields for part in (field, SEPARATOR)]
    return Product.objects.live().annotate(content_hash=MD5(Concat(*separated, output_field=TextField())))


def stale_products(encoder_name: str) -> QuerySet[Product]:
    """Live products whose vector is missing or no longer theirs, by primary key."""
    return (
        hashed_products(encoder_name)
        .filter(Q(vector__isnull=True) | ~Q(vector__content_hash=F("content_hash")))
        .select_related("category")
        .order_by("pk")
    )
