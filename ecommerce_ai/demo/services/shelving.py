"""Categories, products with their price history, promotions, and their pictures."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from ecommerce_ai.demo.catalogue import CHINESE, CURRENCY, departments
from ecommerce_ai.demo.pictures.drawing import product_picture
from ecommerce_ai.demo.pictures.scenes import department_tile, hero, shelf_tile
from ecommerce_ai.demo.services.copying import copy_rows, first_free_id
from ecommerce_ai.demo.simulation.year import Year
from ecommerce_ai.shop.models import Category, Product, Promotion

PriceSteps = dict[float, list[tuple[int, Decimal]]]


def write_categories() -> dict[str, int]:
    """Both levels of the tree; returns the id of each path."""
    ids: dict[str, int] = {}
    rows: list[dict[str, Any]] = []
    for position, department in enumerate(departments()):
        parent = first_free_id(Category) + len(rows)
        rows.append(category_row(parent, None, department.slug, department.slug, department.name, position))
        ids[department.slug] = parent
        for place, shelf in enumerate(department.shelves):
            path = f"{department.slug}/{shelf.slug}"
            ids[path] = first_free_id(Category) + len(rows)
            rows.append(category_row(ids[path], parent, shelf.slug, path, shelf.name, place))
    copy_rows(Category, rows)
    return ids


def category_row(
    pk: int, parent: int | None, slug: str, path: str, name: tuple[str, str], position: int
) -> dict[str, Any]:
    return {
        "id": pk,
        "name": name[0],
        "slug": slug,
        "parent_id": parent,
        "path": path,
        "position": position,
        "image": category_image(path),
        "translations": {CHINESE: {"name": name[1]}},
    }


def category_image(path: str) -> str:
    return f"categories/{path.replace('/', '-')}.svg"


def write_products(year: Year, categories: Mapping[str, int]) -> list[int]:
    """Each product at the price and time of its launch; returns ids in the catalogue's order."""
    start = first_free_id(Product)
    ids = [start + index for index in range(len(year.products))]
    by_launch: dict[float, list[dict[str, Any]]] = defaultdict(list)
    for index in range(len(year.products)):
        by_launch[year.histories[index].launched].append(product_row(year, index, ids[index], categories))
    for launched in sorted(by_launch):
        set_effective_time(year.clock.at(launched).isoformat())
        copy_rows(Product, by_launch[launched])
    set_effective_time("")
    return ids


def product_row(year: Year, index: int, pk: int, categories: Mapping[str, int]) -> dict[str, Any]:
    product, history = year.products[index], year.histories[index]
    chinese = {
        "title": product.title[1],
        "description": product.description[1],
        "attributes": product.attributes_zh,
    }
    return {
        "id": pk,
        "sku": product.sku,
        "title": product.title[0],
        "description": product.description[0],
        "brand": product.brand,
        "category_id": categories[f"{product.department}/{product.shelf.slug}"],
        "attributes": product.attributes,
        "price": history.steps[0][1],
        "currency": CURRENCY,
        "stock": product.stock,
        "language": "en",
        "translations": {CHINESE: chinese},
        "image": f"products/{product.sku}.svg",
        "is_live": True,
        "created_at": year.clock.at(history.launched),
        "updated_at": year.clock.at(history.steps[-1][0]),
    }


def write_price_changes(year: Year, ids: list[int]) -> None:
    """The prices after the launch, in the order of time; the database keeps the changes."""
    steps: PriceSteps = defaultdict(list)
    for index, history in enumerate(year.histories):
        for time, price in history.steps[1:]:
            steps[time].append((ids[index], price))
    with connection.cursor() as cursor:
        for time in sorted(steps):
            set_effective_time(year.clock.at(time).isoformat())
            cursor.executemany(
                "UPDATE shop_product SET price = %s WHERE id = %s", [(p, pk) for pk, p in steps[time]]
            )
    set_effective_time("")


def set_effective_time(moment: str) -> None:
    """What the trigger on prices takes for now, until the transaction ends; empty means the real now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('ecommerce_ai.effective_at', %s, true)", [moment])


def write_promotions(year: Year, ids: list[int]) -> None:
    """The sales whose prices are in the history. They have no code: the price itself says it."""
    for sale in year.sales:
        promotion = Promotion.objects.create(
            name=sale.name[0],
            kind=Promotion.Kind.PERCENT,
            value=Decimal(sale.percent),
            starts_at=year.clock.at(sale.first_day * 86_400 + 25_200),
            ends_at=year.clock.at(sale.last_day * 86_400 + 25_200),
            translations={CHINESE: {"name": sale.name[1]}},
        )
        promotion.products.set([ids[index] for index in sale.products])


def write_pictures(year: Year) -> int:
    """All SVGs below the media folder; returns how many."""
    pictures = {f"products/{product.sku}.svg": product_picture(product) for product in year.products}
    for department in departments():
        pictures[category_image(department.slug)] = department_tile(department)
        for shelf in department.shelves:
            pictures[category_image(f"{department.slug}/{shelf.slug}")] = shelf_tile(shelf)
    pictures["hero.svg"] = hero()
    for name, svg in pictures.items():
        path = Path(settings.MEDIA_ROOT) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(svg, encoding="utf-8")
    return len(pictures)
