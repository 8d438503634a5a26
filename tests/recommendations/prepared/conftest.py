"""A shopper with a history, and the list that was prepared for them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ecommerce_ai.shop.models import Customer, Product
from recommendations.models import (
    CustomerRanking,
    Pipeline,
)
from recommendations.services import (
    ensure_pipeline,
    prepare_for_regulars,
    refuse_product,
)
from tests.factories import make_customer, make_event, make_interest, make_order
from tests.recommendations.prepared.lists import holds
from tests.recommendations.rankings import ranked


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
    return customer


@pytest.fixture
def prepared(shopper: Customer) -> Customer:
    assert prepare_for_regulars() == {"prepared": 1, "current": 0, "removed": 0}
    assert holds(shopper)
    return shopper
