import uuid
from datetime import timedelta

import pytest
from django.utils import translation

from ecommerce_ai.shop.models import Customer, Event, Product
from recommendations.selectors import recently_viewed, recommended_for
from recommendations.services import embed_products, rank_popular_products
from tests.factories import NOW, make_customer, make_event, make_order, make_product

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("encoder")]


@pytest.fixture
def shop() -> dict[str, Product]:
    names = ["wool scarf red", "wool scarf blue", "tea cup red", "tea cup blue"]
    products = {name: make_product(title=name) for name in names}
    embed_products()
    return products


def see(customer: Customer, product: Product, *, name: str = "view_item", minutes_ago: int = 0) -> Event:
    occurred_at = NOW - timedelta(minutes=minutes_ago)
    return make_event(name=name, customer=customer, product=product, occurred_at=occurred_at)


def test_a_view_brings_its_like_and_says_so(shop: dict[str, Product]) -> None:
    customer = make_customer()
    event = see(customer, shop["wool scarf red"])
    first = recommended_for(customer, 4)[0]
    assert first.product == shop["wool scarf blue"]
    assert first.reason.code == "because_view_item"
    assert first.reason.evidence["sku"] == shop["wool scarf red"].sku
    assert first.reason.evidence["occurred_at"] == event.occurred_at.isoformat()
    with translation.override("en"):
        assert str(first.reason.text) == "Because you looked at wool scarf red"


def test_the_last_event_counts_most_and_each_product_names_its_own(shop: dict[str, Product]) -> None:
    customer = make_customer()
    see(customer, shop["wool scarf red"], minutes_ago=60)
    for minutes in range(5, 0, -1):
        see(customer, shop["tea cup red"], minutes_ago=minutes)
    found = recommended_for(customer, 2)
    assert [item.product.title for item in found] == ["tea cup blue", "wool scarf blue"]
    assert found[0].reason.evidence["sku"] == shop["tea cup red"].sku


def test_a_cart_outweighs_a_view(shop: dict[str, Product]) -> None:
    customer = make_customer()
    see(customer, shop["tea cup red"], name="add_to_cart", minutes_ago=1)
    see(customer, shop["wool scarf red"])
    first = recommended_for(customer, 1)[0]
    assert first.reason.code == "because_add_to_cart"
    with translation.override("en"):
        assert str(first.reason.text) == "Because you put tea cup red in your cart"


def test_what_was_bought_or_cannot_be_bought_is_left_out(shop: dict[str, Product]) -> None:
    customer = make_customer()
    see(customer, shop["wool scarf red"])
    make_order(customer=customer, lines=[(shop["wool scarf blue"], 1)])
    Product.objects.filter(pk=shop["tea cup red"].pk).update(stock=0)
    titles = [item.product.title for item in recommended_for(customer, 10)]
    assert "wool scarf blue" not in titles
    assert "tea cup red" not in titles
    assert titles[0] == "tea cup blue"


def test_another_customers_events_change_nothing(shop: dict[str, Product]) -> None:
    alice, eve = make_customer(), make_customer()
    see(alice, shop["wool scarf red"])
    assert {item.reason.code for item in recommended_for(eve, 4)} == {"new"}


def test_a_new_visitor_sees_what_is_popular_then_what_is_new(shop: dict[str, Product]) -> None:
    see(make_customer(), shop["tea cup red"])
    rank_popular_products(now=NOW)
    for visitor in (None, make_customer(visitor_id=uuid.uuid4())):
        found = recommended_for(visitor, 3)
        assert [item.reason.code for item in found] == ["popular", "new", "new"]
        assert found[0].product == shop["tea cup red"]
        assert len({item.product.pk for item in found}) == 3


def test_too_few_for_you_are_filled_up(shop: dict[str, Product]) -> None:
    customer = make_customer()
    see(customer, shop["wool scarf red"])
    make_product(title="no vector yet")
    found = recommended_for(customer, 10)
    assert [item.reason.code for item in found] == ["because_view_item"] * 3 + ["new"] * 2
    assert len({item.product.pk for item in found}) == 5


def test_an_empty_shop_shows_nothing_and_does_not_fail() -> None:
    assert recommended_for(None, 5) == []
    assert recommended_for(make_customer(), 5) == []


def test_statements_do_not_grow_with_events(
    shop: dict[str, Product], assert_queries_do_not_grow: object
) -> None:
    customer = make_customer()
    see(customer, shop["wool scarf red"])

    def grow() -> None:
        for minutes in range(9):
            see(customer, shop["wool scarf red"], minutes_ago=minutes)

    assert_queries_do_not_grow(lambda: recommended_for(customer, 2), grow)  # type: ignore[operator]


def test_recently_viewed_is_each_product_once_the_last_first(shop: dict[str, Product]) -> None:
    customer, scarf, cup = make_customer(), shop["wool scarf red"], shop["tea cup red"]
    see(customer, scarf, minutes_ago=9)
    see(customer, cup, minutes_ago=5)
    see(customer, scarf, minutes_ago=1)
    see(customer, shop["tea cup blue"], name="add_to_cart")
    see(make_customer(), shop["wool scarf blue"])
    assert recently_viewed(customer, 5) == [scarf, cup]
    assert recently_viewed(customer, 5, excluding=scarf) == [cup]
    assert recently_viewed(customer, 1) == [scarf]
    assert recently_viewed(None, 5) == []
