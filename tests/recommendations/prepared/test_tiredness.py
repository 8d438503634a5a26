"""A list is shown so often as it would be made so: what was shown too often steps back, and comes back."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from ecommerce_ai.shop.models import Customer, Product
from recommendations.models import PreparedList, Slot
from recommendations.selectors import recommended_for
from recommendations.services import drain_impressions, prepare_for_regulars, serve
from tests.factories import make_impression, make_product
from tests.recommendations.prepared.lists import as_told, holds

pytestmark = pytest.mark.django_db


def show(customer: Customer, products: list[Product], *, at: datetime, times: int = 1) -> None:
    for number in range(times):
        make_impression(products, customer=customer, served_at=at + timedelta(seconds=number))


def test_how_often_it_may_be_shown_counts_what_was_shown_before(
    shopper: Customer, goods: list[Product]
) -> None:
    show(shopper, [goods[-1]], at=timezone.now() - timedelta(hours=1), times=3)
    prepare_for_regulars()
    assert PreparedList.objects.get().lists_left == 1
    serve(Slot.FOR_YOU, customer=shopper, limit=10)
    drain_impressions()
    assert not holds(shopper)


def test_lists_that_were_on_their_way_when_it_was_made_count(shopper: Customer) -> None:
    for _ in range(4):
        serve(Slot.FOR_YOU, customer=shopper, limit=10)
    prepare_for_regulars()
    drain_impressions()
    assert not holds(shopper)
    shown = serve(Slot.FOR_YOU, customer=shopper, limit=10).items
    assert as_told(shown) == as_told(recommended_for(shopper, 10))


def test_it_ends_when_what_tired_them_is_forgotten(shopper: Customer, goods: list[Product]) -> None:
    now = timezone.now()
    show(shopper, [goods[-1]], at=now - timedelta(days=2, hours=23), times=4)
    prepare_for_regulars()
    assert holds(shopper)
    assert PreparedList.objects.get().good_until == now + timedelta(hours=1)


def test_it_ends_when_other_lists_push_out_what_tired_them(shopper: Customer, goods: list[Product]) -> None:
    show(shopper, [goods[-1]], at=timezone.now() - timedelta(hours=20), times=4)
    show(shopper, [make_product()], at=timezone.now() - timedelta(hours=10), times=16)
    prepare_for_regulars()
    assert holds(shopper)
    show(shopper, [make_product()], at=timezone.now())
    assert not holds(shopper)
