from datetime import timedelta

import pytest

from recommendations.models import PopularProduct
from recommendations.selectors import popular_products
from recommendations.services import rank_popular_products
from tests.factories import NOW, make_customer, make_event, make_order, make_product

pytestmark = pytest.mark.django_db


def ranked() -> list[tuple[int, float]]:
    return list(PopularProduct.objects.order_by("rank").values_list("product", "score"))


def test_orders_count_more_than_carts_and_carts_more_than_views() -> None:
    viewed, carted, bought = make_product(), make_product(), make_product()
    make_event(product=viewed, customer=make_customer())
    make_event(name="add_to_cart", product=carted, customer=make_customer())
    make_order(lines=[(bought, 7)])
    assert rank_popular_products(now=NOW) == {"ranked": 3}
    assert ranked() == [(bought.pk, 5.0), (carted.pk, 3.0), (viewed.pk, 1.0)]


def test_one_visitor_counts_once() -> None:
    product, customer = make_product(), make_customer()
    for _ in range(50):
        make_event(product=product, customer=customer)
    rank_popular_products(now=NOW)
    assert ranked() == [(product.pk, 1.0)]


def test_what_lies_before_the_window_does_not_count() -> None:
    recent, old = make_product(), make_product()
    make_order(lines=[(recent, 1)])
    make_order(lines=[(old, 1)], placed_at=NOW - timedelta(days=31))
    rank_popular_products(now=NOW)
    assert [pk for pk, _ in ranked()] == [recent.pk]


def test_a_history_that_ended_long_ago_is_ranked_by_its_last_days() -> None:
    product = make_product()
    make_order(lines=[(product, 1)])
    rank_popular_products(now=NOW + timedelta(days=4000))
    assert [pk for pk, _ in ranked()] == [product.pk]


def test_cancelled_orders_and_credit_notes_do_not_count() -> None:
    product = make_product()
    make_order(lines=[(product, 1)], status="cancelled")
    make_order(lines=[(product, -1)], kind="cancellation")
    assert rank_popular_products(now=NOW) == {"ranked": 0}


def test_a_new_ranking_takes_the_place_of_the_old_one() -> None:
    first, second = make_product(), make_product()
    make_order(lines=[(first, 1)])
    rank_popular_products(now=NOW)
    make_order(lines=[(second, 1)])
    make_order(lines=[(second, 1)])
    rank_popular_products(now=NOW)
    assert [pk for pk, _ in ranked()] == [second.pk, first.pk]


def test_readers_see_only_what_can_be_bought() -> None:
    gone, there = make_product(), make_product()
    for product in (gone, there):
        make_order(lines=[(product, 1)])
    rank_popular_products(now=NOW)
    gone.stock = 0
    gone.save()
    found = popular_products(5)
    assert [item.product for item in found] == [there]
    assert found[0].reason.evidence["days"] == 30
    assert popular_products(5, excluding=[there.pk]) == []
