"""Where a ranking is stored its order is what is shown: the evaluated road is the served one."""

from datetime import timedelta

import numpy as np
import pytest
from django.utils import timezone

from ecommerce_ai.shop.models import Product
from recommendations.models import ProductVector
from recommendations.selectors import recommended_for
from recommendations.services import strike_reason
from tests.factories import make_customer, make_event, make_order
from tests.recommendations.rankings import ranked

pytestmark = pytest.mark.django_db


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
