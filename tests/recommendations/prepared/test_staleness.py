"""A prepared list is taken only while nothing that it was made from is another."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from ecommerce_ai.privacy.models import ConsentChange, Purpose
from ecommerce_ai.privacy.services import change_consent
from ecommerce_ai.shop.models import Customer, Event, Order, Product
from profiles.models import Interest
from profiles.services import remove_tag
from recommendations.models import (
    CustomerRanking,
    MerchandisingRule,
    Pipeline,
    PreparedList,
    ProductVector,
    Slot,
)
from recommendations.selectors import recommended_for
from recommendations.services import (
    drain_impressions,
    prepare_for_regulars,
    refuse_product,
    serve,
    strike_reason,
)
from recommendations.services.preparing import GOOD_FOR
from tests.factories import make_customer, make_event, make_order, make_product
from tests.recommendations.prepared.lists import as_told, holds

pytestmark = pytest.mark.django_db


def clicks(customer: Customer, goods: list[Product]) -> None:
    make_event(customer=customer, product=goods[20], occurred_at=timezone.now())


def tells_of_an_older_click(customer: Customer, goods: list[Product]) -> None:
    """An import brings what happened before the last thing that is known."""
    make_event(customer=customer, product=goods[20], occurred_at=timezone.now() - timedelta(days=2))


def orders(customer: Customer, goods: list[Product]) -> None:
    make_order(customer=customer, lines=[(goods[20], 1)], placed_at=timezone.now())


def takes_an_order_back(customer: Customer, goods: list[Product]) -> None:
    Order.objects.filter(customer=customer).delete()


def refuses(customer: Customer, goods: list[Product]) -> None:
    refuse_product(customer, product=goods[20])


def forgives(customer: Customer, goods: list[Product]) -> None:
    customer.refusals.all().delete()


def strikes_a_reason(customer: Customer, goods: list[Product]) -> None:
    strike_reason(customer, code="because_view_item", subject=str(goods[3].pk))


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


def is_old(customer: Customer, goods: list[Product]) -> None:
    now = timezone.now()
    PreparedList.objects.update(prepared_at=now - GOOD_FOR, good_until=now - timedelta(seconds=1))


CHANGES = [
    clicks,
    tells_of_an_older_click,
    orders,
    takes_an_order_back,
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
    is_old,
]


def test_a_product_of_an_hour_ago_that_is_read_only_now_is_new(
    prepared: Customer, goods: list[Product]
) -> None:
    """The one before the last: vectors come in any order."""
    ProductVector.objects.filter(product=goods[-2]).update(updated_at=timezone.now())
    assert not holds(prepared)


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


def test_what_came_to_a_hidden_brand_is_not_in_it(shopper: Customer, goods: list[Product]) -> None:
    MerchandisingRule.objects.create(name="Not now", action="hide", brand="Forbidden")
    prepare_for_regulars()
    first = serve(Slot.FOR_YOU, customer=shopper, limit=10).items[0].product
    assert holds(shopper)
    Product.objects.filter(pk=first.pk).update(brand="Forbidden")
    shown = serve(Slot.FOR_YOU, customer=shopper, limit=10).items
    assert first not in [item.product for item in shown]


def test_who_does_not_want_to_be_known_gets_what_everybody_gets(prepared: Customer) -> None:
    change_consent(
        prepared, purpose=Purpose.PERSONALISATION, is_granted=False, source=ConsentChange.Source.SHOPPER
    )
    shown = serve(Slot.FOR_YOU, customer=prepared, limit=10).items
    assert as_told(shown) == as_told(recommended_for(None, 10))
    PreparedList.objects.all().delete()
    assert prepare_for_regulars()["prepared"] == 0
