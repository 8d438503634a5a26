"""The visit that is going on, in Redis."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ecommerce_ai.shop import live_store
from ecommerce_ai.shop.models import Event
from ecommerce_ai.shop.selectors import live_actions
from ecommerce_ai.shop.services import EventDetails, merge_customers, record_event
from tests.factories import make_customer, make_product

pytestmark = pytest.mark.django_db


def test_it_keeps_the_last_fifty_actions_newest_first() -> None:
    customer, mug = make_customer(), make_product()
    for number in range(52):
        record_event("search", customer=customer, details=EventDetails(search_term=f"mug {number}"))
    record_event("view_item", customer=customer, details=EventDetails(product=mug))
    actions = live_actions(customer)
    assert (len(actions), actions[0].name, actions[0].product_id) == (50, "view_item", mug.pk)
    assert [action.search_term for action in actions[1:3]] == ["mug 51", "mug 50"]


def test_events_of_one_visit_carry_its_number_and_others_do_not() -> None:
    alice, bob = make_customer(), make_customer()
    for customer in (alice, alice, bob):
        record_event("view_cart", customer=customer)
    numbers = {
        name: set(Event.objects.filter(customer=customer).values_list("session_id", flat=True))
        for name, customer in (("alice", alice), ("bob", bob))
    }
    assert (len(numbers["alice"]), len(numbers["bob"])) == (1, 1)
    assert "" not in numbers["alice"] | numbers["bob"]
    assert numbers["alice"].isdisjoint(numbers["bob"])


def test_what_happened_long_ago_is_no_part_of_this_visit() -> None:
    customer = make_customer()
    record_event("view_cart", customer=customer, occurred_at=timezone.now() - timedelta(hours=2))
    assert live_actions(customer) == []
    assert Event.objects.get().session_id == ""


def test_the_visit_goes_on_after_log_in() -> None:
    visitor, known = make_customer(external_id=None), make_customer()
    record_event("search", customer=visitor, details=EventDetails(search_term="scarf"))
    merge_customers(visitor, target=known)
    record_event("login", customer=known)
    assert [action.name for action in live_actions(known)] == ["login", "search"]
    assert live_actions(visitor) == []
    assert Event.objects.values("session_id").distinct().order_by().count() == 1


def test_a_store_that_is_away_loses_no_event(settings: pytest.FixtureRequest) -> None:
    customer = make_customer()
    settings.LIVE_VISITS_URL = "unix:///nowhere/redis.sock"  # type: ignore[attr-defined]
    live_store.live_store.cache_clear()
    try:
        assert record_event("view_cart", customer=customer)
        assert live_actions(customer) == []
    finally:
        live_store.live_store.cache_clear()
    assert Event.objects.count() == 1
