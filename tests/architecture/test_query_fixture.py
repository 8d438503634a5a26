from collections.abc import Callable

import pytest

from ecommerce_ai.shop.models import Product
from tests.factories import make_category, make_product

Check = Callable[[Callable[[], object], Callable[[], object]], None]


def add_product() -> None:
    make_product(category=make_category())


def test_the_fixture_catches_a_query_per_row(assert_queries_do_not_grow: Check) -> None:
    add_product()
    with pytest.raises(AssertionError):
        assert_queries_do_not_grow(
            lambda: [str(product.category) for product in Product.objects.all()], add_product
        )


def test_the_fixture_lets_a_join_pass(assert_queries_do_not_grow: Check) -> None:
    add_product()
    assert_queries_do_not_grow(
        lambda: [str(product.category) for product in Product.objects.select_related("category")], add_product
    )
