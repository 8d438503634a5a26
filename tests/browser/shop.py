"""Goods for the shop's journeys, and the forms that several fill in."""

from dataclasses import dataclass
from decimal import Decimal

from playwright.sync_api import Page

from ecommerce_ai.shop.models import Category, Product
from recommendations.services import count_words, index_products
from tests.factories import make_category, make_product, make_question, make_review


@dataclass(frozen=True)
class Shelf:
    mugs: Category
    harbour: Product
    breakfast: Product
    espresso: Product


def make_filled_shelf() -> Shelf:
    mugs = make_category(name="Mugs", slug="mugs", translations={"zh-hans": {"name": "马克杯"}})
    shelf = Shelf(
        mugs,
        make_mug(mugs, "Harbour Mug", "海港马克杯", "sea", "18.00"),
        make_mug(mugs, "Breakfast Mug", "早餐马克杯", "oat", "22.00"),
        make_mug(mugs, "Espresso Cup", "浓缩咖啡杯", "sea", "12.00"),
    )
    index_products()
    count_words()
    return shelf


def make_mug(mugs: Category, title: str, chinese: str, colour: str, price: str) -> Product:
    product = make_product(
        title=title,
        category=mugs,
        brand=f"Maker of {title}",
        price=Decimal(price),
        description="It holds what it should.",
        attributes={"colour": colour, "material": "stoneware"},
        translations={"zh-hans": {"title": chinese}},
    )
    make_review(product=product, rating=4, title="Good", author_name="Ann")
    make_question(product=product, answer="Yes.", answered_at=product.created_at)
    return product


def fill_in_address(page: Page) -> None:
    page.get_by_label("E-mail").fill("ann@shop.example")
    page.get_by_label("Name").fill("Ann Reed")
    page.get_by_label("Address", exact=True).fill("4 Mill Lane")
    page.get_by_label("Postcode").fill("LA1 1AA")
    page.get_by_label("Town or city").fill("Lancaster")
    page.get_by_label("Country").select_option("GB")
