"""Who meets rules, and the history of who entered and left."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ecommerce_ai.privacy.models import ConsentChange, Purpose
from ecommerce_ai.privacy.services import change_consent
from ecommerce_ai.shop.models import Customer, Event
from profiles.ml.segments.buckets import STEPS, place
from profiles.models import Segment, SegmentMembership
from profiles.selectors.segments import (
    current_members,
    matching_customers,
    parse_rules,
    preview_of,
    rules_in_words,
    segments_of,
    sizes_of,
)
from profiles.services import remove_tag
from profiles.services.segments import refresh_segments, save_segment
from tests.factories import (
    NOW,
    make_category,
    make_customer,
    make_event,
    make_interest,
    make_order,
    make_product,
)

pytestmark = pytest.mark.django_db


def rules(*conditions: dict[str, Any], match: str = "all") -> Any:
    return parse_rules({"groups": [{"match": match, "conditions": list(conditions)}]})


def names(*conditions: dict[str, Any], match: str = "all") -> set[str]:
    found = matching_customers(rules(*conditions, match=match), at=NOW + timedelta(minutes=1))
    return set(found.values_list("name", flat=True))


VIEWED = {"kind": "performed", "action": "view_item"}
BOUGHT = {"kind": "performed", "action": "purchase"}


@pytest.fixture
def people() -> dict[str, Customer]:
    """Ann viewed mugs thrice and bought one; Bob viewed a scarf long ago; Cleo did nothing."""
    kitchen = make_category(name="Kitchen", slug="kitchen")
    mugs = make_category(name="Mugs", slug="mugs", parent=kitchen)
    mug, scarf = make_product(sku="MUG", category=mugs), make_product(sku="SCARF")
    ann = make_customer(name="Ann", country="GB", birth_year=1980, gender="female")
    bob = make_customer(name="Bob", country="DE", birth_year=2000)
    cleo = make_customer(name="Cleo")
    for hours in (1, 2, 3):
        make_event(customer=ann, product=mug, occurred_at=NOW - timedelta(hours=hours))
    make_event(customer=bob, product=scarf, occurred_at=NOW - timedelta(days=60))
    make_event(customer=None, product=mug)
    make_order(customer=ann, lines=[(mug, 1)], placed_at=NOW - timedelta(hours=1))
    make_order(customer=bob, lines=[(scarf, 1)], status="cancelled")
    make_order(lines=[(scarf, 1)])
    return {"ann": ann, "bob": bob, "cleo": cleo}


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        (VIEWED, {"Ann", "Bob"}),
        ({**VIEWED, "at_least": 3}, {"Ann"}),
        ({**VIEWED, "within_days": 30}, {"Ann"}),
        ({**VIEWED, "is_done": False}, {"Cleo"}),
        ({**VIEWED, "category": "kitchen"}, {"Ann"}),
        ({**VIEWED, "sku": "SCARF"}, {"Bob"}),
        (BOUGHT, {"Ann"}),
        ({**BOUGHT, "category": "kitchen/mugs"}, {"Ann"}),
        ({**BOUGHT, "is_done": False}, {"Bob", "Cleo"}),
        ({"kind": "trait", "name": "country", "operator": "is", "value": "gb"}, {"Ann"}),
        ({"kind": "trait", "name": "country", "operator": "is_not", "value": "GB"}, {"Bob"}),
        ({"kind": "trait", "name": "age", "operator": "at_least", "value": 40}, {"Ann"}),
        ({"kind": "trait", "name": "age", "operator": "at_most", "value": 40}, {"Bob"}),
        ({"kind": "trait", "name": "known_days", "operator": "at_least", "value": 1}, set()),
    ],
)
def test_a_condition_finds_whom_it_describes(
    people: dict[str, Customer], condition: dict[str, Any], found: set[str]
) -> None:
    assert names(condition) == found


def test_a_country_nobody_said_is_where_the_orders_went() -> None:
    german, french = make_customer(name="Gerd"), make_customer(name="Fleur", country="FR")
    make_customer(name="Nobody")
    for customer in (german, french):
        make_order(customer=customer, country="DE", lines=[(make_product(), 1)])
    assert names({"kind": "trait", "name": "country", "operator": "is", "value": "DE"}) == {"Gerd"}
    assert names({"kind": "trait", "name": "country", "operator": "is_not", "value": "DE"}) == {"Fleur"}


def test_and_or_and_groups_combine(people: dict[str, Customer]) -> None:
    german = {"kind": "trait", "name": "country", "operator": "is", "value": "DE"}
    assert names(VIEWED, german) == {"Bob"}
    assert names(BOUGHT, german, match="any") == {"Ann", "Bob"}
    either = parse_rules(
        {"match": "any", "groups": [{"conditions": [BOUGHT]}, {"conditions": [VIEWED, german]}]}
    )
    assert set(matching_customers(either).values_list("name", flat=True)) == {"Ann", "Bob"}


def test_an_interest_counts_until_the_shopper_takes_it_away(people: dict[str, Customer]) -> None:
    ann = people["ann"]
    make_interest(ann, "Kitchen")
    likes = {"kind": "tag", "tag": "category", "key": "kitchen"}
    assert names(likes) == {"Ann"}
    assert rules_in_words(rules(likes))[0].conditions == ["Likes Kitchen"]
    remove_tag(ann, kind="category", key="kitchen")
    assert names(likes) == set()


def test_a_random_share_is_the_same_in_sql_and_in_python() -> None:
    people = [make_customer() for _ in range(40)]
    share = {"kind": "share", "salt": "spring", "from_percent": 25, "to_percent": 75}
    found = set(matching_customers(rules(share)).values_list("pk", flat=True))
    assert found == {
        each.pk for each in people if STEPS * 25 // 100 <= place("spring", each.pk) < STEPS * 75 // 100
    }


def test_members_enter_and_leave_and_the_history_stays(people: dict[str, Customer]) -> None:
    segment = save_segment(name="Buyers", rules=rules(BOUGHT))
    assert list(current_members(segment)) == [people["ann"]]
    make_order(customer=people["cleo"], lines=[(make_product(), 1)])
    people["ann"].orders.update(status="cancelled")
    assert refresh_segments()["entered"] == 1
    assert list(current_members(segment)) == [people["cleo"]]
    history = SegmentMembership.objects.filter(segment=segment, customer=people["ann"]).get()
    assert history.left_at is not None
    segment.refresh_from_db()
    assert segment.size == 1
    again = refresh_segments()
    assert (again["entered"], again["left"]) == (0, 0)


def test_who_withdraws_personalisation_is_out_at_once(people: dict[str, Customer]) -> None:
    segment = save_segment(name="Buyers", rules=rules(BOUGHT))
    ann = people["ann"]
    assert [row.segment for row in segments_of(ann)] == [segment]
    change_consent(
        ann, purpose=Purpose.PERSONALISATION, is_granted=False, source=ConsentChange.Source.SHOPPER
    )
    assert segments_of(ann) == []
    assert list(current_members(segment)) == []
    assert preview_of(rules(BOUGHT)).size == 0


def test_a_preview_says_how_large_it_was_in_the_weeks_before(people: dict[str, Customer]) -> None:
    Customer.objects.update(created_at=NOW - timedelta(days=90))
    preview = preview_of(rules({**VIEWED, "within_days": 30}))
    assert preview.size == len(preview.examples)
    assert len(preview.sizes) == 12
    assert preview.sizes[-1].shoppers == preview.size
    liked = {"kind": "tag", "tag": "category", "key": "kitchen"}
    assert len(preview_of(rules(liked)).sizes) == 1


def test_recorded_sizes_begin_with_the_first_member(people: dict[str, Customer]) -> None:
    segment = Segment.objects.create(kind="learned", family="habits", key="new")
    SegmentMembership.objects.create(segment=segment, customer=people["ann"], entered_at=NOW)
    assert sizes_of(segment)[-1].shoppers == 1
    assert segment.shown_name == "New buyers"


def test_too_few_buyers_are_not_grouped(people: dict[str, Customer]) -> None:
    assert refresh_segments()["habits"] == {"status": "insufficient_data", "have": 0, "need": 60}


def test_rules_cost_one_statement_however_many_customers(
    people: dict[str, Customer], assert_queries_do_not_grow: Callable[..., None]
) -> None:
    def grow() -> None:
        for _ in range(10):
            make_event(customer=make_customer(), name=Event.Name.VIEW_ITEM)

    count = matching_customers(rules(VIEWED, {**BOUGHT, "is_done": False}), at=NOW).count
    with CaptureQueriesContext(connection) as queries:
        count()
    assert len(queries) == 1
    assert_queries_do_not_grow(lambda: save_segment(name="Viewers", rules=rules(VIEWED)), grow)
