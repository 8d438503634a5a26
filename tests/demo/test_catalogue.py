import re
from collections import Counter
from decimal import Decimal

from ecommerce_ai.demo.catalogue import catalogue, departments, table

HAN = re.compile(r"[一-鿿]")


def test_it_has_four_hundred_goods_on_ten_departments_of_shelves() -> None:
    shelves = Counter(product.shelf.slug for product in catalogue())
    assert len(catalogue()) >= 400
    assert len(departments()) == 10
    assert len(shelves) == sum(len(department.shelves) for department in departments()) == 40
    assert min(shelves.values()) >= 6


def test_it_says_everything_in_english_and_chinese() -> None:
    for product in catalogue():
        assert not HAN.search(product.title[0] + product.description[0]), product.sku
        assert HAN.search(product.title[1]), product.sku
        assert HAN.search(product.description[1]), product.sku
        assert product.attributes.keys() == product.attributes_zh.keys()


def test_it_repeats_no_sku_title_or_description() -> None:
    goods = catalogue()
    for texts in (
        [product.sku for product in goods],
        [product.title[0] for product in goods],
        [product.title[1] for product in goods],
        [product.description[0] for product in goods],
        [product.description[1] for product in goods],
    ):
        assert [text for text, count in Counter(texts).items() if count > 1] == []


def test_it_writes_descriptions_of_two_to_four_sentences() -> None:
    for product in catalogue():
        sentences = [part for part in re.split(r"(?<=[.!?])\s", product.description[0]) if part]
        assert 2 <= len(sentences) <= 6, product.description[0]
        assert "{" not in product.description[0] + product.description[1]


def test_it_prices_above_zero_with_an_ending_that_shops_use() -> None:
    for product in catalogue():
        assert product.price > 0
        assert product.price % 1 in (Decimal(0), Decimal("0.95")), product.sku


def test_it_lets_a_maker_work_only_in_its_own_materials() -> None:
    for product in catalogue():
        _, materials = table("brands")[product.brand]
        assert not materials or product.material in materials, product.sku
