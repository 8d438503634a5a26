"""What came of a campaign: last clicks, and the lift against who was held out."""

from datetime import datetime, timedelta
from decimal import Decimal

import numpy as np
import pytest
from django.utils import timezone

from ecommerce_ai.privacy.models import Purpose
from ecommerce_ai.shop.models import Customer
from marketing.ml.lift import (
    Arm,
    TooFew,
    buyers_missing,
    conversion_lift,
    people_missing,
    revenue_lift,
    share_of,
)
from marketing.models import Campaign, Recipient
from marketing.selectors.campaign_results import Orders, results_of
from marketing.services.answers import note_click
from tests.factories import make_order
from tests.marketing.campaigns import agree, make_campaign, make_reader

HOUR = timedelta(hours=1)


def test_the_difference_of_shares_is_newcombes() -> None:
    """The example of his paper (Statistics in Medicine 17, 1998, table II, a): 56 of 70 against 48 of 80."""
    lift = conversion_lift(Arm(70, 56), Arm(80, 48))
    assert (round(lift.value, 4), round(lift.low, 4), round(lift.high, 4)) == (0.2, 0.0524, 0.3339)
    assert lift.excludes_zero


def test_the_difference_of_means_is_welchs() -> None:
    """Of 1, 2, 3 against 0, 0, 3: 1 ± 1.96 · √(1/3 + 3/3)."""
    lift = revenue_lift(Arm(3, 3, 6.0, 14.0), Arm(3, 1, 3.0, 9.0))
    assert (round(lift.value, 3), round(lift.low, 3), round(lift.high, 3)) == (1.0, -1.263, 3.263)


def test_the_intervals_hold_the_truth_nineteen_times_of_twenty() -> None:
    """Arms drawn with known means: 1,500 and 300 people of whom 6 and 4 percent buy, for 20 to 60 each."""
    draw = np.random.default_rng(7)
    held: list[list[bool]] = [[], []]
    for _round in range(400):
        arms = []
        for people, share in ((1500, 0.06), (300, 0.04)):
            paid = (draw.random(people) < share) * draw.uniform(20, 60, people)
            arms.append(Arm(people, int((paid > 0).sum()), float(paid.sum()), float((paid**2).sum())))
        conversion, revenue = conversion_lift(*arms), revenue_lift(*arms)
        held[0].append(conversion.low <= 0.02 <= conversion.high)
        held[1].append(revenue.low <= 0.8 <= revenue.high)
    assert all(0.92 < np.mean(each) < 0.98 for each in held)


def test_too_little_data_says_what_is_there_and_what_is_needed() -> None:
    assert people_missing(Arm(1000, 5), Arm(99, 1)) == TooFew("people", 99, 100)
    assert people_missing(Arm(1000, 5), Arm(100, 1)) is None
    assert buyers_missing(Arm(1000, 30), Arm(100, 9)) == TooFew("buyers", 39, 40)
    assert share_of(0, 0) is None


def place(campaign: Campaign, customer: Customer, at: datetime, *, is_held_out: bool = False) -> Recipient:
    sent = {"status": "sent", "claimed_at": at, "sent_at": at, "is_measured": True}
    return Recipient.objects.create(
        campaign=campaign,
        customer=customer,
        arm="held_out" if is_held_out else "written_to",
        language="en",
        due_at=at,
        **({"status": "held_out"} if is_held_out else sent),
    )


def buy(customer: Customer, at: datetime, total: str, currency: str = "GBP") -> None:
    make_order(customer=customer, placed_at=at, total=Decimal(total), currency=currency)


@pytest.fixture
def start(db: None) -> datetime:
    return timezone.now() - timedelta(days=20)


def running(start: datetime) -> Campaign:
    campaign = make_campaign(starts_at=start, ends_at=start + timedelta(days=3), attribution_days=7)
    Campaign.objects.filter(pk=campaign.pk).update(planned_at=start)
    return campaign


def test_an_order_belongs_to_the_last_link_before_it(start: datetime) -> None:
    ann, bob = make_reader("Ann"), make_reader("Bob")
    first, second = running(start), running(start)
    places = [place(first, ann, start), place(second, ann, start), place(first, bob, start)]
    note_click(places[0].pk, at=start + HOUR)
    note_click(places[1].pk, at=start + 2 * HOUR)
    buy(ann, start + 3 * HOUR, "20")  # the second's
    buy(ann, start + 1.5 * HOUR, "7")  # the first's
    buy(ann, start - HOUR, "1000")  # before any
    buy(ann, start + timedelta(days=8), "1000")  # too late
    buy(ann, start + 4 * HOUR, "5", "EUR")
    buy(bob, start + HOUR, "9")  # never followed a link
    counted = [results_of(each, at=timezone.now()).orders for each in (first, second)]
    assert counted == [Orders(1, Decimal("7.00"), 0, 1), Orders(2, Decimal("20.00"), 1, 1)]


def test_a_guest_is_known_by_the_address(start: datetime) -> None:
    ann = make_reader("Ann")
    campaign = running(start)
    note_click(place(campaign, ann, start).pk, at=start + HOUR)
    make_order(email="ANN@shop.example", total=Decimal(30), placed_at=start + 2 * HOUR)
    results = results_of(campaign, at=timezone.now())
    assert (results.orders.count, results.lift.written_to.revenue) == (1, 30.0)


def test_everybody_counts_in_the_arm_they_were_drawn_into(start: datetime) -> None:
    campaign = running(start)
    people = [make_reader(f"Reader{number}") for number in range(6)]
    for number, each in enumerate(people):
        place(campaign, each, start, is_held_out=number >= 4)
    Recipient.objects.filter(customer=people[3]).update(
        status="left_out", reason="cap", claimed_at=None, sent_at=None
    )  # drawn, and not written to in the end
    buy(people[0], start + HOUR, "10")
    buy(people[0], start + 2 * HOUR, "10")
    buy(people[3], start + HOUR, "5")
    buy(people[4], start + HOUR, "8")
    agree(people[1], Purpose.ANALYTICS, is_granted=False)
    results = results_of(campaign, at=timezone.now())
    assert results.lift.written_to == Arm(3, 2, 25.0, 425.0)
    assert results.lift.held_out == Arm(2, 1, 8.0, 64.0)
    assert (results.lift.missing, results.lift.conversion) == (TooFew("people", 2, 100), None)
    assert (results.funnel.sent, results.funnel.held_out, results.left_out) == (3, 2, {"cap": 1})
    assert results.is_final


def test_it_is_not_final_while_orders_still_count(start: datetime) -> None:
    campaign = running(start)
    place(campaign, make_reader("Ann"), start)
    assert not results_of(campaign, at=start + timedelta(days=6)).is_final
