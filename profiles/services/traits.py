"""Keeps the traits of the catalogue; only rows that differ are written."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from ecommerce_ai.shop.models import Category, Product
from profiles.ml.traits import Goods, TraitKey, traits_of_products
from profiles.models import ProductTrait, Trait

BATCH_SIZE = 5000


@transaction.atomic
def refresh_traits() -> dict[str, int]:
    """Bring traits and their products up to date. Returns {"traits", "added", "removed"}."""
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
