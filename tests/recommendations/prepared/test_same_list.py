"""A list that was made before anybody asked is what would be made now."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from ecommerce_ai.api.services import create_key
from ecommerce_ai.shop.models import Customer, Product
from recommendations.models import (
    Impression,
    MerchandisingRule,
    Pipeline,
    PreparedList,
    ProductVector,
    Slot,
)
from recommendations.selectors import recommended_for
from recommendations.selectors.traces import prepared_at
from recommendations.services import (
    drain_impressions,
    prepare_for_regulars,
    refuse_product,
    serve,
)
from tests.factories import make_customer, make_event
from tests.recommendations.prepared.lists import as_told, holds

pytestmark = pytest.mark.django_db


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


def test_a_pin_behind_the_end_makes_a_shorter_list_another(
    shopper: Customer, goods: list[Product], pipeline: Pipeline
) -> None:
    MerchandisingRule.objects.create(name="Last", action="pin", product=goods[22], position=11)
    prepare_for_regulars()
    assert (holds(shopper, 12), holds(shopper, 10)) == (True, False)
    for limit in (10, 12):
        shown = serve(Slot.FOR_YOU, customer=shopper, limit=limit).items
        assert as_told(shown) == as_told(recommended_for(shopper, limit))


def test_a_kept_list_costs_three_statements(
    prepared: Customer, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    """Who asks with their list, the products, what reasons name; what staff decide is kept for a second."""
    serve(Slot.FOR_YOU, customer=prepared, limit=10)
    with django_assert_max_num_queries(5):  # nothing is kept here: stamps, and the newest vector
        serve(Slot.FOR_YOU, customer=prepared, limit=10)


def test_so_does_one_behind_the_end_of_a_list_that_is_short(goods: list[Product], pipeline: Pipeline) -> None:
    """Nothing stands at its place, and yet it was kept from the others."""
    customer = make_customer()
    vector = ProductVector.objects.get(product=goods[0]).embedding
    ProductVector.objects.filter(product__in=goods[1:5]).update(embedding=vector)
    ProductVector.objects.filter(product__in=goods[5:]).delete()
    MerchandisingRule.objects.create(name="Last", action="pin", product=goods[3], position=12)
    make_event(customer=customer, product=goods[0], occurred_at=timezone.now() - timedelta(hours=3))
    prepare_for_regulars()
    assert (holds(customer, 12), holds(customer, 10)) == (True, False)
    shown = serve(Slot.FOR_YOU, customer=customer, limit=10).items
    assert as_told(shown) == as_told(recommended_for(customer, 10))


def test_a_pin_is_shown_though_its_brand_is_hidden(shopper: Customer, goods: list[Product]) -> None:
    Product.objects.filter(pk=goods[2].pk).update(brand="Forbidden")
    MerchandisingRule.objects.create(name="Not now", action="hide", brand="Forbidden")
    MerchandisingRule.objects.create(name="But this", action="pin", product=goods[2], position=1)
    prepare_for_regulars()
    assert holds(shopper)
    shown = serve(Slot.FOR_YOU, customer=shopper, limit=10).items
    assert shown[0].product == goods[2]
    assert as_told(shown) == as_told(recommended_for(shopper, 10))
