"""Keeps the words of every live product, in every language it is told in."""

from collections.abc import Iterator, Sequence

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.functions import MD5, Cast, Coalesce, Concat

from ecommerce_ai.jobs.progress import Progress, silent
from ecommerce_ai.shop.models import Product
from recommendations.ml.documents import KIND_ATTRIBUTES, attribute_text
from recommendations.ml.search.documents import MAX_VALUE, Told, weighted_words
from recommendations.models import SearchDocument

# Part of every hash: raise it when the words of a product are put together in another way.
WORDS_VERSION = "2"
BATCH_SIZE = 1000
WRITE = """
    INSERT INTO recommendations_searchdocument (product_id, words, content_hash, updated_at)
    SELECT product, words::tsvector, hash, now() FROM unnest(%s::bigint[], %s::text[], %s::text[])
        AS given (product, words, hash)
    WHERE EXISTS (SELECT 1 FROM shop_product WHERE id = product AND is_live)
    ON CONFLICT (product_id) DO UPDATE
        SET words = EXCLUDED.words, content_hash = EXCLUDED.content_hash, updated_at = EXCLUDED.updated_at
"""


def index_products(
    product_ids: Sequence[int] | None = None, *, progress: Progress = silent, batch_size: int = BATCH_SIZE
) -> dict[str, int]:
    """Write the words of live products that are new or changed; drop those of dead ones.

    May be killed, repeated, or run beside itself. Returns {"indexed", "removed"}.
    """
    removed, _ = SearchDocument.objects.filter(product__is_live=False).delete()
    stale = stale_products()
    if product_ids is not None:
        stale = stale.filter(pk__in=product_ids)
    total, indexed = stale.count(), 0
    for batch in batches(stale, batch_size):
        write_documents(batch)
        indexed += len(batch)
        progress(min(indexed, total), total)
    return {"indexed": indexed, "removed": removed}


def stale_products() -> QuerySet[Product]:
    """Live products whose words are missing or were made of another text, with `content_hash`."""
    fields = [
        Value(WORDS_VERSION),
        F("title"),
        F("brand"),
        F("language"),
        Coalesce(F("category__path"), Value(""), output_field=TextField()),
        Coalesce(F("category__name"), Value(""), output_field=TextField()),
        Coalesce(Cast(F("category__translations"), TextField()), Value(""), output_field=TextField()),
        F("description"),
        Cast(F("attributes"), TextField()),
        Cast(F("translations"), TextField()),
    ]
    separated = [part for field in fields for part in (field, Value("\x1f"))]
    return (
        Product.objects.live()
        .annotate(content_hash=MD5(Concat(*separated, output_field=TextField())))
        .filter(Q(words__isnull=True) | ~Q(words__content_hash=F("content_hash")))
        .select_related("category")
        .order_by("pk")
    )


def batches(products: QuerySet[Product], size: int) -> Iterator[list[Product]]:
    last = 0
    while batch := list(products.filter(pk__gt=last)[:size]):
        last = batch[-1].pk
        yield batch


@transaction.atomic
def write_documents(products: Sequence[Product]) -> None:
    """The hash is of what was read, so a text that changed meanwhile is stale again."""
    with connection.cursor() as cursor:
        cursor.execute(
            WRITE,
            [
                [product.pk for product in products],
                [weighted_words(told_in_every_language(product), values_of(product)) for product in products],
                [str(vars(product)["content_hash"]) for product in products],
            ],
        )


def told_in_every_language(product: Product) -> Iterator[Told]:
    """The product's own text, then its translations, each with the name of its shelf there."""
    attributes = product.attributes if isinstance(product.attributes, dict) else {}
    kinds = [str(attributes[name]) for name in KIND_ATTRIBUTES if isinstance(attributes.get(name), str)]
    category = product.category
    shelf = " ".join([*(category.path.replace("/", " ").split("-") if category else []), *kinds])
    yield Told(
        language=product.language.partition("-")[0],
        title=product.title,
        shelf=f"{category.name if category else ''} {shelf}",
        facts=f"{product.brand} {attribute_text(attributes)}",
        text=product.description,
    )
    for code, told in translations_of(product.translations).items():
        yield Told(
            language=code.partition("-")[0],
            title=str(told.get("title", "")),
            shelf=shelf_in(category.translations, code) if category else "",
            facts=attribute_text(facts) if isinstance(facts := told.get("attributes"), dict) else "",
            text=str(told.get("description", "")),
        )


def values_of(product: Product) -> Iterator[tuple[str, str]]:
    """Attribute and value, also of lists; only what is short enough to be chosen by."""
    yield from [("brand", product.brand)] if product.brand else []
    attributes = product.attributes if isinstance(product.attributes, dict) else {}
    for name, given in attributes.items():
        for value in given if isinstance(given, list) else [given]:
            if isinstance(value, str) and 0 < len(value) <= MAX_VALUE:
                yield name, value


def translations_of(translations: object) -> dict[str, dict[str, object]]:
    """Only what has the right shape: feeds write what they like."""
    given = translations if isinstance(translations, dict) else {}
    return {str(code): told for code, told in given.items() if isinstance(told, dict)}


def shelf_in(translations: object, code: str) -> str:
    return str(translations_of(translations).get(code, {}).get("name", ""))
