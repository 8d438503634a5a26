"""Where a ranking is stored its order is what is shown: the evaluated road is the served one."""

from datetime import timedelta

import numpy as np
import pytest
from django.utils import timezone

from ecommerce_ai.inference.models import ModelRun
from ecommerce_ai.shop.models import Customer, Product
from recommendations.models import DIMENSIONS, CustomerRanking, ProductVector
from recommendations.selectors import recommended_for
from recommendations.selectors.stored import RANKER
from recommendations.services import strike_reason
from tests.factories import make_customer, make_event, make_order, make_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def goods(db: None) -> list[Product]:
    """Twenty-four products that have little to do with each other."""
    products = [make_product() for _ in range(24)]
    chance = np.random.default_rng(5)
    for product in products:
        vector = chance.standard_normal(DIMENSIONS).astype(np.float32)
        ProductVector.objects.create(
            product=product,
            embedding=vector / np.linalg.norm(vector),
            agreement=1,
            encoder="x",
            content_hash="x",
        )
    return products


def ranked(customer: Customer, products: list[Product]) -> CustomerRanking:
    given = {"sources": ["a"], "groups": ["g"]}
    run, _ = ModelRun.objects.get_or_create(name=RANKER, kind="test", parameters=given, is_live=True)
    count = len(products)
    return CustomerRanking.objects.create(
        customer=customer,
        run=run,
        product_ids=[product.pk for product in products],
        scores=[1.0 / place for place in range(1, count + 1)],
        sources=[1] * count,
        contributions=np.ones(count, np.float32).tobytes(),
        input_hash="x",
        computed_at=timezone.now(),
    )


def test_the_stored_order_is_the_shown_order(goods: list[Product]) -> None:
    """Less what was bought, for which nobody is due again."""
    chance = np.random.default_rng(1)
    for _ in range(5):
        customer = make_customer()
        order = [goods[row] for row in chance.permutation(len(goods))]
        ranked(customer, order)
        make_order(customer=customer, lines=[(order[2], 1)], placed_at=timezone.now() - timedelta(days=40))
        make_event(customer=customer, product=order[5], occurred_at=timezone.now() - timedelta(days=3))
        shown = [item.product for item in recommended_for(customer, 10)]
        assert shown == [product for product in order if product != order[2]][:10]


def test_what_is_bought_in_a_rhythm_comes_back_when_it_is_due(goods: list[Product]) -> None:
    customer, now = make_customer(), timezone.now()
    ranked(customer, goods)
    for days in (90, 60, 30):
        make_order(customer=customer, lines=[(goods[0], 1)], placed_at=now - timedelta(days=days))
    first = recommended_for(customer, 10)[0]
    assert (first.product, first.reason.code) == (goods[0], "buy_again")
    strike_reason(customer, code="buy_again", subject=str(goods[0].pk))
    assert goods[0] not in [item.product for item in recommended_for(customer, 10)]


def test_this_visit_comes_before_what_was_stored(goods: list[Product]) -> None:
    customer = make_customer()
    ranked(customer, goods[:12])
    like = ProductVector.objects.get(product=goods[20]).embedding
    ProductVector.objects.filter(product=goods[21]).update(embedding=like)
    for _ in range(3):
        make_event(customer=customer, product=goods[20], occurred_at=timezone.now())
    first = recommended_for(customer, 5)[0]
    assert (first.product, first.reason.code) == (goods[21], "because_view_item")
