"""A prepared list is taken only while nothing that it was made from is another."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from ecommerce_ai.privacy.models import ConsentChange, Purpose
from ecommerce_ai.privacy.services import change_consent
from ecommerce_ai.shop.models import Customer, Event, Order, OrderLine, Product
from profiles.models import Interest, TagRemoval
from profiles.services import remove_tag
from recommendations.models import (
    CustomerRanking,
    MerchandisingRule,
    Pipeline,
    PreparedList,
    ProductVector,
    Refusal,
    Slot,
)
from recommendations.selectors import recommended_for
from recommendations.selectors.lasting import GOOD_FOR
from recommendations.services import (
    drain_impressions,
    prepare_for_regulars,
    refuse_product,
    serve,
    strike_reason,
)
from tests.factories import make_category, make_customer, make_event, make_interest, make_order, make_product
from tests.recommendations.prepared.lists import as_told, holds

pytestmark = pytest.mark.django_db


def clicks(customer: Customer, goods: list[Product]) -> None:
    make_event(customer=customer, product=goods[20], occurred_at=timezone.now())


def tells_of_an_older_click(customer: Customer, goods: list[Product]) -> None:
    """An import brings what happened before the last thing that is known."""
    make_event(customer=customer, product=goods[20], occurred_at=timezone.now() - timedelta(days=2))


def orders(customer: Customer, goods: list[Product]) -> None:
    make_order(customer=customer, lines=[(goods[20], 1)], placed_at=timezone.now())


def gets_another_line(customer: Customer, goods: list[Product]) -> None:
    """A gift: the order's sum stays as it was, and so does its row."""
    order = Order.objects.get(customer=customer)
    OrderLine.objects.create(
        order=order, line_number=9, product=goods[20], sku="x", quantity=1, unit_price=Decimal(0)
    )


def had_bought_something_else(customer: Customer, goods: list[Product]) -> None:
    OrderLine.objects.filter(order__customer=customer).update(product=goods[20])


def takes_an_order_back(customer: Customer, goods: list[Product]) -> None:
    Order.objects.filter(customer=customer).delete()


def refuses(customer: Customer, goods: list[Product]) -> None:
    refuse_product(customer, product=goods[20])


def forgives(customer: Customer, goods: list[Product]) -> None:
    customer.refusals.all().delete()


def strikes_a_reason(customer: Customer, goods: list[Product]) -> None:
    strike_reason(customer, code="because_view_item", subject=str(goods[3].pk))


def says_something_else(customer: Customer, goods: list[Product]) -> None:
    """Two tables number their rows from 1: a refusal that goes is not a tag that comes."""
    refusal = Refusal.objects.get(customer=customer)
    TagRemoval.objects.create(id=refusal.pk, customer=customer, kind="category", key="stoneware")
    refusal.delete()


def removes_a_tag(customer: Customer, goods: list[Product]) -> None:
    remove_tag(customer, kind="category", key="stoneware")


def is_read_anew(customer: Customer, goods: list[Product]) -> None:
    Interest.objects.filter(customer=customer).update(strength=0.001)


def is_ranked_anew(customer: Customer, goods: list[Product]) -> None:
    CustomerRanking.objects.update(product_ids=[product.pk for product in goods])


def is_shown_it_too_often(customer: Customer, goods: list[Product]) -> None:
    for _ in range(4):
        serve(Slot.FOR_YOU, customer=customer, limit=10)
    drain_impressions()


def another_version_serves(customer: Customer, goods: list[Product]) -> None:
    Pipeline.objects.update(diversity=0.9)


def a_rule_comes(customer: Customer, goods: list[Product]) -> None:
    MerchandisingRule.objects.create(name="New", action="pin", product=goods[22], position=1)


def a_product_comes(customer: Customer, goods: list[Product]) -> None:
    vector = ProductVector.objects.get(product=goods[3]).embedding
    ProductVector.objects.create(
        product=make_product(), embedding=vector, agreement=1, encoder="x", content_hash="x"
    )


def what_was_clicked_is_gone(customer: Customer, goods: list[Product]) -> None:
    goods[3].delete()


def a_product_of_the_list_comes_to_another_shelf(customer: Customer, goods: list[Product]) -> None:
    Product.objects.filter(pk=goods[20].pk).update(category=make_category())


def one_that_chance_may_show_is_sold_out(customer: Customer, goods: list[Product]) -> None:
    """Chance draws from the same products on both roads, or what is noted of it would be wrong."""
    behind = PreparedList.objects.get().product_ids[-1]
    Product.objects.filter(pk=behind).update(stock=0)


def is_old(customer: Customer, goods: list[Product]) -> None:
    now = timezone.now()
    PreparedList.objects.update(prepared_at=now - GOOD_FOR, good_until=now - timedelta(seconds=1))


CHANGES = [
    clicks,
    tells_of_an_older_click,
    orders,
    gets_another_line,
    had_bought_something_else,
    takes_an_order_back,
    says_something_else,
    refuses,
    forgives,
    strikes_a_reason,
    removes_a_tag,
    is_read_anew,
    is_ranked_anew,
    is_shown_it_too_often,
    another_version_serves,
    a_rule_comes,
    a_product_comes,
    what_was_clicked_is_gone,
    a_product_of_the_list_comes_to_another_shelf,
    one_that_chance_may_show_is_sold_out,
    is_old,
]


def test_a_click_that_counts_though_many_do_not_is_noticed(shopper: Customer, goods: list[Product]) -> None:
    """Views of what has no vector say nothing: the ones behind them count."""
    moment, unread = timezone.now() - timedelta(hours=20), make_product()
    for number in range(24):
        make_event(customer=shopper, product=unread, occurred_at=moment - timedelta(minutes=number))
    prepare_for_regulars()
    assert holds(shopper)
    make_event(customer=shopper, product=goods[20], occurred_at=moment - timedelta(hours=2))
    assert not holds(shopper)


def test_equal_interests_have_one_order(goods: list[Product], pipeline: Pipeline) -> None:
    customer = make_customer()
    make_event(customer=customer, product=goods[0], occurred_at=timezone.now() - timedelta(hours=3))
    for number in range(20):
        make_interest(customer, f"Shelf {number}").trait.products.add(goods[number + 1])
    prepare_for_regulars()
    rows = list(Interest.objects.order_by("-trait_id"))
    Interest.objects.all().delete()
    for row in rows:
        Interest.objects.create(customer=customer, trait=row.trait, strength=row.strength)
    assert holds(customer)
    shown = serve(Slot.FOR_YOU, customer=customer, limit=10).items
    assert as_told(shown) == as_told(recommended_for(customer, 10))


@pytest.mark.parametrize("change", CHANGES)
def test_it_does_not_outlive_what_it_was_made_from(
    prepared: Customer, goods: list[Product], change: Callable[[Customer, list[Product]], None]
) -> None:
    change(prepared, goods)
    assert not holds(prepared)
    shown = serve(Slot.FOR_YOU, customer=prepared, limit=10).items
    assert as_told(shown) == as_told(recommended_for(prepared, 10))


def test_what_says_nothing_about_lists_leaves_it(prepared: Customer, goods: list[Product]) -> None:
    make_event(customer=prepared, name=Event.Name.PAGE_VIEW, occurred_at=timezone.now())
    make_event(customer=make_customer(), product=goods[1], occurred_at=timezone.now())
    serve(Slot.FOR_YOU, customer=prepared, limit=10)
    drain_impressions()
    assert holds(prepared)


def test_what_is_sold_out_is_not_in_it(prepared: Customer) -> None:
    first = serve(Slot.FOR_YOU, customer=prepared, limit=10).items[0].product
    Product.objects.filter(pk=first.pk).update(stock=0)
    shown = serve(Slot.FOR_YOU, customer=prepared, limit=10).items
    assert first not in [item.product for item in shown]
    assert as_told(shown) == as_told(recommended_for(prepared, 10))


def test_who_does_not_want_to_be_known_gets_what_everybody_gets(prepared: Customer) -> None:
    change_consent(
        prepared, purpose=Purpose.PERSONALISATION, is_granted=False, source=ConsentChange.Source.SHOPPER
    )
    shown = serve(Slot.FOR_YOU, customer=prepared, limit=10).items
    assert as_told(shown) == as_told(recommended_for(None, 10))
    assert prepare_for_regulars() == {"prepared": 0, "current": 1, "removed": 1}
    assert not PreparedList.objects.exists()
