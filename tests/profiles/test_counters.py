"""Counters of profiles: equal to a second count, whatever happened."""

from datetime import timedelta
from decimal import Decimal

import pytest

from ecommerce_ai.privacy.models import Purpose
from ecommerce_ai.privacy.services import change_consent
from ecommerce_ai.shop.models import Customer, Order, OrderLine
from profiles.models import Interest, Profile
from profiles.selectors.recount import differing_profiles, uncounted_customers
from profiles.services import refresh_profiles
from tests.factories import (
    NOW,
    make_customer,
    make_event,
    make_order,
    make_product,
    make_question,
    make_review,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy_customer() -> Customer:
    """One of everything that could be counted wrong."""
    customer, mug, bowl = make_customer(language="de"), make_product(), make_product()
    make_order(customer=customer, lines=[(mug, 2), (bowl, 1)], placed_at=NOW - timedelta(days=40))
    late = make_order(customer=customer, lines=[(mug, 1)])
    OrderLine.objects.create(
        order=late, line_number=9, kind="service", sku="POST", quantity=1, unit_price=Decimal(3)
    )
    make_order(customer=customer, lines=[(bowl, 5)], status=Order.Status.CANCELLED)
    make_order(customer=customer, total=Decimal("-10.00"), kind="cancellation", status="returned")
    make_order(customer=customer, total=Decimal("-50.00"), kind="cancellation", status="cancelled")
    make_order(customer=customer, lines=[(bowl, 1)], currency="EUR")
    make_order(lines=[(mug, 7)])
    for visit in ("a", "a", "b", ""):
        make_event(customer=customer, product=mug, session_id=visit)
    make_event(customer=customer, name="search", search_term="mug", session_id="b")
    make_event(customer=customer, name="add_to_cart", product=bowl)
    make_review(customer=customer, product=mug)
    make_question(customer=customer, product=mug)
    return customer


def test_it_counts_what_a_person_would_count(busy_customer: Customer) -> None:
    refresh_profiles()
    profile = Profile.objects.get(customer=busy_customer)
    assert (profile.order_count, profile.cancellation_count) == (3, 2)
    assert (profile.unit_count, profile.product_count) == (5, 2)
    assert (profile.gross_spent, profile.net_spent) == (Decimal(40), Decimal(30))
    assert (profile.visit_count, profile.view_count, profile.cart_count, profile.search_count) == (2, 4, 1, 1)
    assert (profile.review_count, profile.question_count, profile.preferred_language) == (1, 1, "de")
    assert profile.last_order_at == profile.last_active_at == NOW
    assert differing_profiles() == []


def test_it_counts_the_demo_as_a_second_count_does(demo_shop: None) -> None:
    done = refresh_profiles()
    assert done["refreshed"] == Profile.objects.count() > 60
    assert differing_profiles() == []
    assert uncounted_customers() == []


def test_it_redoes_only_those_who_did_something(demo_shop: None) -> None:
    refresh_profiles()
    customer = Profile.objects.of_buyers()[0].customer
    before = Profile.objects.get(customer=customer).view_count
    make_event(customer=customer, product=make_product())
    assert refresh_profiles()["refreshed"] == 1
    assert Profile.objects.get(customer=customer).view_count == before + 1
    assert refresh_profiles()["refreshed"] == 0
    assert differing_profiles() == []


def test_it_keeps_nothing_of_those_who_withdraw(busy_customer: Customer) -> None:
    refresh_profiles()
    change_consent(busy_customer, purpose=Purpose.PERSONALISATION, is_granted=False, source="shopper")
    assert refresh_profiles()["removed"] == 1
    assert not Profile.objects.filter(customer=busy_customer).exists()
    assert not Interest.objects.filter(customer=busy_customer).exists()
