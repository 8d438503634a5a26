"""Who is prepared for, and how long a list is good."""

from datetime import timedelta

import numpy as np
import pytest
from django.utils import timezone

from ecommerce_ai.shop.models import Customer, Event, Product
from recommendations.models import (
    Pipeline,
    PreparedList,
)
from recommendations.services import (
    prepare_for_regulars,
    prepare_for_visitors,
)
from recommendations.services.preparing import RENEWED_AFTER
from tests.factories import make_customer, make_event, make_order
from tests.recommendations.prepared.lists import holds

pytestmark = pytest.mark.django_db


def test_a_list_that_holds_is_left_and_an_old_one_renewed(prepared: Customer) -> None:
    assert prepare_for_regulars()["prepared"] == 0
    PreparedList.objects.update(prepared_at=timezone.now() - RENEWED_AFTER)
    assert holds(prepared)
    assert prepare_for_regulars()["prepared"] == 1
    PreparedList.objects.update(
        prepared_at=timezone.now() - timedelta(days=1), good_until=timezone.now() - timedelta(hours=2)
    )
    assert prepare_for_visitors()["removed"] == 1


def test_the_end_of_a_visit_ends_the_list_of_the_visit(shopper: Customer, goods: list[Product]) -> None:
    clicked_at = timezone.now() - timedelta(minutes=3)
    make_event(customer=shopper, product=goods[20], occurred_at=clicked_at)
    assert prepare_for_visitors()["prepared"] == 1
    assert PreparedList.objects.get().good_until == clicked_at + timedelta(minutes=30)
    make_event(
        customer=shopper,
        product=goods[20],
        name=Event.Name.ADD_TO_CART,
        occurred_at=clicked_at - timedelta(minutes=28),
    )
    assert prepare_for_visitors()["prepared"] == 1
    assert PreparedList.objects.get().good_until == clicked_at + timedelta(minutes=30)
    assert prepare_for_visitors() == {"prepared": 0, "current": 1, "removed": 0}


def test_a_list_ends_when_the_shopper_is_due_for_something(shopper: Customer, goods: list[Product]) -> None:
    now = timezone.now()
    for days in (20, 10, 0):
        moment = now - timedelta(days=days) - timedelta(days=8) + timedelta(hours=2)
        make_order(customer=shopper, lines=[(goods[2], 1)], placed_at=moment)
    prepare_for_regulars()
    assert PreparedList.objects.get().good_until == now + timedelta(hours=2)


def test_only_who_was_here_of_late_is_prepared_for(goods: list[Product], pipeline: Pipeline) -> None:
    chance = np.random.default_rng(2)
    people = [make_customer() for _ in range(4)]
    for days, customer in zip((1, 5, 13, 20), people, strict=True):
        moment = timezone.now() - timedelta(days=days)
        make_event(customer=customer, product=goods[int(chance.integers(24))], occurred_at=moment)
    assert prepare_for_regulars()["prepared"] == 3
    assert not PreparedList.objects.filter(customer=people[3]).exists()
