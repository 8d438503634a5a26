"""What was shown is remembered with its odds, and what came of it finds its list."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from ecommerce_ai.privacy.models import ConsentChange, Purpose
from ecommerce_ai.privacy.services import change_consent
from ecommerce_ai.shop.models import Customer, Product
from recommendations.models import Impression, Outcome, Slot
from recommendations.services import attribute_outcomes, drain_impressions, ensure_pipeline, serve
from recommendations.services.impression_rows import bucket_of
from recommendations.services.impressions import QUEUE, store
from tests.factories import make_customer, make_event, make_impression, make_order, make_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> list[Product]:
    return [make_product() for _ in range(6)]


@pytest.fixture
def customer(db: None) -> Customer:
    return make_customer()


def test_a_list_is_kept_once_with_pipeline_bucket_and_odds(shop: list[Product], customer: Customer) -> None:
    pipeline = ensure_pipeline()
    served = serve(Slot.FOR_YOU, customer=customer, limit=4)
    waiting = store().lrange(QUEUE, 0, -1)
    assert drain_impressions() == [served.impression_id]
    store().rpush(QUEUE, *waiting)
    drain_impressions()
    kept = Impression.objects.get()
    assert kept.pk == served.impression_id
    assert kept.product_ids == [item.product.pk for item in served.items]
    assert kept.propensities == [1.0] * 4
    assert (kept.pipeline, kept.bucket) == (pipeline, bucket_of(customer))
    assert store().llen(QUEUE) == 0


def test_a_list_that_is_not_counted_leaves_nothing(shop: list[Product]) -> None:
    serve(Slot.FOR_YOU, customer=None, limit=4, is_counted=False)
    assert drain_impressions() == []


def test_who_is_gone_is_forgotten_and_who_is_not_to_be_counted_is_nameless(
    shop: list[Product], customer: Customer
) -> None:
    gone = make_customer()
    change_consent(customer, purpose=Purpose.ANALYTICS, is_granted=False, source=ConsentChange.Source.SHOPPER)
    serve(Slot.FOR_YOU, customer=gone, limit=2)
    serve(Slot.FOR_YOU, customer=customer, limit=2)
    gone.delete()
    drain_impressions()
    kept = Impression.objects.get()
    assert (kept.customer, kept.trace) == (None, {})


def shown_to(customer: Customer, products: list[Product], *, minutes_ago: int = 60) -> Impression:
    served_at = timezone.now() - timedelta(minutes=minutes_ago)
    return make_impression(products, customer=customer, served_at=served_at)


def test_click_cart_and_purchase_find_their_list(shop: list[Product], customer: Customer) -> None:
    impression, now = shown_to(customer, shop[:3]), timezone.now()
    clicked = {"customer": customer, "properties": {"impression_id": str(impression.pk)}}
    make_event(product=shop[1], occurred_at=now - timedelta(minutes=50), **clicked)
    make_event(
        product=shop[1], name="add_to_cart", customer=customer, occurred_at=now - timedelta(minutes=40)
    )
    make_event(product=shop[2], name="add_to_cart", customer=customer, occurred_at=now)
    make_order(customer=customer, lines=[(shop[1], 1), (shop[2], 1)], placed_at=now - timedelta(minutes=30))
    assert attribute_outcomes() == {"clicks": 1, "carts": 1, "purchases": 1}
    assert attribute_outcomes() == {"clicks": 0, "carts": 0, "purchases": 0}
    found = Outcome.objects.values_list("impression", "product", "position", "kind")
    assert set(found) == {(impression.pk, shop[1].pk, 2, kind) for kind in ("click", "cart", "purchase")}


def test_clicks_on_anything_else_are_nobodys(shop: list[Product], customer: Customer) -> None:
    impression, eve = shown_to(customer, shop[:3]), make_customer()
    for who, product, key in (
        (eve, shop[0], str(impression.pk)),
        (customer, shop[5], str(impression.pk)),
        (customer, shop[0], str(uuid4())),
        (customer, shop[0], "' OR 1=1 --"),
        (customer, shop[0], ["a list"]),
    ):
        make_event(
            customer=who, product=product, properties={"impression_id": key}, occurred_at=timezone.now()
        )
    assert attribute_outcomes()["clicks"] == 0


def test_a_bucket_stays_the_same_and_buckets_are_even() -> None:
    assert bucket_of(Customer(pk=7)) == bucket_of(Customer(pk=7))
    thirds = [bucket_of(Customer(pk=pk)) * 3 // 1000 for pk in range(3000)]
    assert all(900 < thirds.count(third) < 1100 for third in range(3))
