import pytest
from django.utils import translation

from ecommerce_ai.shop.models import Product
from recommendations.selectors import similar_products
from recommendations.services import embed_products
from tests.factories import make_category, make_product

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("encoder")]


def titles(product: Product, limit: int = 3) -> list[str]:
    return [item.product.title for item in similar_products(product, limit)]


def test_nearest_first_and_never_itself() -> None:
    scarf = make_product(title="warm wool scarf red")
    make_product(title="mug tea cup blue")
    make_product(title="warm wool scarf blue")
    embed_products()
    found = similar_products(scarf, 3)
    assert [item.product.title for item in found] == ["warm wool scarf blue", "mug tea cup blue"]
    assert found[0].score > found[1].score
    assert found[0].score <= 1.0001


def test_it_says_what_they_are_similar_to_in_the_readers_language() -> None:
    scarf = make_product(title="warm scarf", translations={"zh": {"title": "暖围巾"}})
    make_product()
    embed_products()
    reason = similar_products(scarf, 1)[0].reason
    assert (reason.code, reason.evidence) == ("similar", {"sku": scarf.sku})
    with translation.override("en"):
        assert str(reason.text) == "Similar to warm scarf"
    with translation.override("zh-hans"):
        assert "暖围巾" in str(reason.text)


def test_what_cannot_be_bought_is_left_out() -> None:
    scarf = make_product(title="warm scarf")
    make_product(title="warm scarf gone", stock=0)
    make_product(title="warm scarf dead", is_live=False)
    make_product(title="warm scarf uncounted", stock=None)
    embed_products()
    assert titles(scarf) == ["warm scarf uncounted"]


def test_a_product_without_a_vector_shows_its_shelf() -> None:
    shelf = make_category()
    product, neighbour = make_product(category=shelf), make_product(category=shelf)
    make_product(category=make_category())
    found = similar_products(product, 5)
    assert [(item.product, item.reason.code) for item in found] == [(neighbour, "same_shelf")]
    assert similar_products(make_product(category=None), 5) == []


def test_while_no_other_product_has_a_vector_it_shows_the_shelf() -> None:
    shelf = make_category()
    product = make_product(category=shelf)
    embed_products()
    neighbour = make_product(category=shelf)
    assert [(item.product, item.reason.code) for item in similar_products(product, 5)] == [
        (neighbour, "same_shelf")
    ]


def test_it_takes_three_statements(django_assert_num_queries: object) -> None:
    product = make_product()
    for _ in range(5):
        make_product(category=make_category())
    embed_products()
    with django_assert_num_queries(5):  # type: ignore[operator]  # with SAVEPOINT and RELEASE
        assert [item.product.category.name for item in similar_products(product, 4) if item.product.category]


def test_filters_never_empty_the_list() -> None:
    scarf = make_product(title="warm scarf")
    Product.objects.bulk_create(
        Product(sku=f"gone-{number}", title="warm scarf", price=1, currency="GBP", stock=0)
        for number in range(300)
    )
    far = make_product(title="mug tea")
    embed_products()
    assert titles(scarf) == [far.title]
