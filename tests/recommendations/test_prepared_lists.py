"""A list that was made before anybody asked is what would be made now, and is taken for nothing else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from ecommerce_ai.api.services import create_key
from ecommerce_ai.privacy.models import ConsentChange, Purpose
from ecommerce_ai.privacy.services import change_consent
from ecommerce_ai.shop.models import Customer, Event, Order, Product
from profiles.models import Interest
from profiles.services import remove_tag
from recommendations.models import (
    CustomerRanking,
    Impression,
    MerchandisingRule,
    Pipeline,
    PreparedList,
    ProductVector,
    Slot,
)
from recommendations.selectors import Recommendation, recommended_for
from recommendations.selectors.prepared import meeting
from recommendations.selectors.traces import prepared_at
from recommendations.selectors.versions import serving_now
from recommendations.services import (
    drain_impressions,
    ensure_pipeline,
    prepare_for_regulars,
    prepare_for_visitors,
    refuse_product,
    serve,
    strike_reason,
)
from recommendations.services.preparing import GOOD_FOR, RENEWED_AFTER
from tests.factories import make_customer, make_event, make_interest, make_order, make_product
from tests.recommendations.rankings import ranked

pytestmark = pytest.mark.django_db


@pytest.fixture
def pipeline(db: None) -> Pipeline:
    """Without chance: what is shown is what was decided."""
    ensure_pipeline()
    Pipeline.objects.update(exploration=0)
    return Pipeline.objects.get()


@pytest.fixture
def shopper(goods: list[Product], pipeline: Pipeline) -> Customer:
    """Was here yesterday, has a ranking, bought and refused something, and likes a shelf."""
    customer, now = make_customer(), timezone.now()
    for number, product in enumerate(goods[3:6]):
        make_event(customer=customer, product=product, occurred_at=now - timedelta(days=1, minutes=number))
    make_order(customer=customer, lines=[(goods[7], 2)], placed_at=now - timedelta(days=20))
    refuse_product(customer, product=goods[9])
    interest = make_interest(customer, "Stoneware")
    interest.trait.products.add(*goods[10:14])
    ranked(customer, goods[::-1])
    CustomerRanking.objects.update(computed_at=now - timedelta(hours=30))
    ProductVector.objects.update(updated_at=now - timedelta(days=40))
    return customer


@pytest.fixture
def prepared(shopper: Customer) -> Customer:
    assert prepare_for_regulars() == {"prepared": 1, "current": 0, "removed": 0}
    assert holds(shopper)
    return shopper


def holds(customer: Customer, limit: int = 10) -> bool:
    serving = serving_now()
    assert serving.pipeline
    return meeting(customer, limit, serving=serving, pipeline=serving.pipeline).outline is not None


def as_told(items: list[Recommendation]) -> list[Any]:
    return [
        (item.product, round(item.score, 5), [(str(each.text), dict(each.evidence)) for each in item.reasons])
        for item in items
    ]


@pytest.mark.parametrize("limit", [1, 4, 10, 12])
def test_it_is_what_would_be_made_now(prepared: Customer, limit: int) -> None:
    assert holds(prepared, limit)
    for language in ("en", "zh-hans"):
        with override(language):
            shown = serve(Slot.FOR_YOU, customer=prepared, limit=limit).items
            assert as_told(shown) == as_told(recommended_for(prepared, limit))
    assert len(shown) == limit


def test_so_it_is_for_who_has_no_ranking_and_few_candidates(goods: list[Product], pipeline: Pipeline) -> None:
    """The end of the list is what sells and what is new."""
    customer = make_customer()
    vector = ProductVector.objects.get(product=goods[0]).embedding
    ProductVector.objects.filter(product__in=goods[1:4]).update(embedding=vector)
    make_event(customer=customer, product=goods[0], occurred_at=timezone.now() - timedelta(hours=3))
    refuse_product(customer, product=goods[5])
    prepare_for_regulars()
    assert holds(customer)
    shown = serve(Slot.FOR_YOU, customer=customer, limit=10).items
    assert as_told(shown) == as_told(recommended_for(customer, 10))
    assert {item.reason.code for item in shown} == {"because_view_item", "new"}
    assert goods[5] not in [item.product for item in shown]


def test_it_leaves_the_same_trace_as_a_list_made_now(prepared: Customer) -> None:
    serve(Slot.FOR_YOU, customer=prepared, limit=10)
    made_at = PreparedList.objects.get().prepared_at
    PreparedList.objects.all().delete()
    serve(Slot.FOR_YOU, customer=prepared, limit=10)
    drain_impressions()
    now, before = Impression.objects.order_by("-served_at")
    assert (prepared_at(now), prepared_at(before)) == (None, made_at)
    assert {**now.trace, "prepared_at": made_at.isoformat()} == before.trace
    assert (now.product_ids, now.propensities) == (before.product_ids, before.propensities)
    assert (now.pipeline, now.bucket, now.reason_codes) == (
        before.pipeline,
        before.bucket,
        before.reason_codes,
    )


def test_chance_has_the_same_odds(prepared: Customer) -> None:
    Pipeline.objects.update(exploration=1.0)
    prepare_for_regulars()
    served = serve(Slot.FOR_YOU, customer=prepared, limit=10)
    drain_impressions()
    shown = Impression.objects.get()
    explored, reserve = shown.trace["explored"], shown.trace["reserve"]
    assert shown.product_ids[explored] in reserve
    assert shown.propensities[explored] == pytest.approx(1 / (10 * len(reserve)))
    assert len(reserve) == len(set(reserve) - {item.product.pk for item in recommended_for(prepared, 10)})
    assert len(served.items) == 10


def test_programs_are_told_the_same(prepared: Customer, client: Client) -> None:
    _, secret = create_key("shop", scopes=["read"])

    def asked() -> list[dict[str, Any]]:
        address = f"/api/v1/recommendations?customer={prepared.external_id}&limit=10"
        found = client.get(address, headers={"X-API-Key": secret}).json()
        return [{**item, "impression_id": ""} for item in found]

    before = asked()
    PreparedList.objects.all().delete()
    assert before == asked()


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


def test_a_pin_behind_the_end_makes_a_shorter_list_another(
    shopper: Customer, goods: list[Product], pipeline: Pipeline
) -> None:
    MerchandisingRule.objects.create(name="Last", action="pin", product=goods[22], position=11)
    prepare_for_regulars()
    assert (holds(shopper, 12), holds(shopper, 10)) == (True, False)
    for limit in (10, 12):
        shown = serve(Slot.FOR_YOU, customer=shopper, limit=limit).items
        assert as_told(shown) == as_told(recommended_for(shopper, limit))


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


def test_how_often_it_may_be_shown_counts_what_was_shown_before(
    shopper: Customer, goods: list[Product]
) -> None:
    for _ in range(3):
        Impression.objects.create(
            customer=shopper,
            slot=Slot.FOR_YOU,
            bucket=0,
            product_ids=[goods[-1].pk],
            scores=[1.0],
            propensities=[1.0],
            reason_codes=["popular"],
            served_at=timezone.now() - timedelta(hours=1),
        )
    prepare_for_regulars()
    assert PreparedList.objects.get().lists_left == 1
    serve(Slot.FOR_YOU, customer=shopper, limit=10)
    drain_impressions()
    assert not holds(shopper)


def test_a_kept_list_costs_three_statements(
    prepared: Customer, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    """Who asks with their list, the products, what reasons name; what staff decide is kept for a second."""
    serve(Slot.FOR_YOU, customer=prepared, limit=10)
    with django_assert_max_num_queries(5):  # nothing is kept here: stamps, and the newest vector
        serve(Slot.FOR_YOU, customer=prepared, limit=10)


def test_only_who_was_here_of_late_is_prepared_for(goods: list[Product], pipeline: Pipeline) -> None:
    chance = np.random.default_rng(2)
    people = [make_customer() for _ in range(4)]
    for days, customer in zip((1, 5, 13, 20), people, strict=True):
        moment = timezone.now() - timedelta(days=days)
        make_event(customer=customer, product=goods[int(chance.integers(24))], occurred_at=moment)
    assert prepare_for_regulars()["prepared"] == 3
    assert not PreparedList.objects.filter(customer=people[3]).exists()
