"""Keeps the traits of the catalogue: reads it only where it changed, writes only rows that differ."""

from collections.abc import Iterable, Sequence

from django.core.cache import cache
from django.db import connection, transaction

from ecommerce_ai.shop.models import Category, Product
from profiles.ml.traits import Goods, TraitKey, traits_of_products
from profiles.models import ProductTrait, Trait

BATCH_SIZE = 5000
# Part of the stamp: raise it when traits are made in another way.
VERSION = "1"
# What traits are made of, and those that there are: XOR needs no order, and no row comes twice.
STAMP = """
SELECT concat_ws('|', %(version)s::text,
    (SELECT bit_xor(hashtextextended(concat_ws('|', id, title, brand, price, category_id, attributes,
        translations), 0)) FROM shop_product),
    (SELECT bit_xor(hashtextextended(c::text, 0)) FROM shop_category c),
    (SELECT bit_xor(hashtextextended(t::text, 0)) FROM profiles_trait t),
    (SELECT bit_xor(hashint8extended(trait_id, product_id)) FROM profiles_producttrait))
"""
STAMP_KEY = "catalogue-whose-traits-are-kept"


def refresh_traits() -> dict[str, int]:
    """Bring traits and their products up to date. Returns {"traits", "added", "removed"}."""
    if cache.get(STAMP_KEY) == stamp():
        return {"traits": Trait.objects.count(), "added": 0, "removed": 0}
    done = rebuild_traits()
    cache.set(STAMP_KEY, stamp(), timeout=None)
    return done


def stamp() -> str:
    with connection.cursor() as cursor:
        cursor.execute(STAMP, {"version": VERSION})
        return str(cursor.fetchone()[0])


@transaction.atomic
def rebuild_traits() -> dict[str, int]:
    found = traits_of_products(list(goods()))
    keys = write_traits({trait for traits in found.values() for trait in traits})
    wanted = {(pk, keys[trait.kind, trait.key]) for pk, traits in found.items() for trait in traits}
    have = {
        (product, trait): pk
        for pk, product, trait in ProductTrait.objects.values_list("pk", "product", "trait")
    }
    gone = [pk for pair, pk in have.items() if pair not in wanted]
    ProductTrait.objects.filter(pk__in=gone).delete()
    fresh = [
        ProductTrait(product_id=product, trait_id=trait) for product, trait in sorted(wanted - have.keys())
    ]
    ProductTrait.objects.bulk_create(fresh, batch_size=BATCH_SIZE, ignore_conflicts=True)
    Trait.objects.exclude(pk__in=set(keys.values())).delete()
    return {"traits": len(keys), "added": len(fresh), "removed": len(gone)}


def goods() -> Iterable[Goods]:
    shelves = {category.pk: category for category in Category.objects.all()}
    fields = ("pk", "title", "brand", "price", "category_id", "attributes", "translations")
    for pk, title, brand, price, category_id, attributes, translations in Product.objects.order_by(
        "pk"
    ).values_list(*fields):
        yield Goods(
            pk=pk,
            title=title,
            brand=brand,
            price=float(price),
            shelves=shelves_down_to(shelves.get(category_id), shelves),
            attributes=attributes if isinstance(attributes, dict) else {},
            translations=translations if isinstance(translations, dict) else {},
        )


def shelves_down_to(
    category: Category | None, shelves: dict[int, Category]
) -> Sequence[tuple[str, str, dict[str, dict[str, str]]]]:
    chain: list[Category] = []
    while category is not None:
        chain.insert(0, category)
        category = shelves.get(category.parent_id) if category.parent_id else None
    return [(shelf.path, shelf.name, shelf.translations) for shelf in chain]


def write_traits(found: set[TraitKey]) -> dict[tuple[str, str], int]:
    """The primary key of each trait, which it keeps for good."""
    rows = [
        Trait(kind=trait.kind, key=trait.key, label=trait.label[:300], translations=dict(trait.translations))
        for trait in sorted(found)
    ]
    have = {(trait.kind, trait.key): trait for trait in Trait.objects.all()}
    changed = [row for row in rows if not is_same(row, have.get((row.kind, row.key)))]
    Trait.objects.bulk_create(
        changed,
        batch_size=BATCH_SIZE,
        update_conflicts=True,
        unique_fields=["kind", "key"],
        update_fields=["label", "translations"],
    )
    wanted = {(row.kind, row.key) for row in rows}
    return {
        (kind, key): pk
        for pk, kind, key in Trait.objects.values_list("pk", "kind", "key")
        if (kind, key) in wanted
    }


def is_same(row: Trait, other: Trait | None) -> bool:
    return other is not None and (row.label, row.translations) == (other.label, other.translations)
