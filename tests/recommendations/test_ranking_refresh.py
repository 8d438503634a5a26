from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from django.conf import LazySettings
from django.utils import timezone

from ecommerce_ai.inference.selectors import live_run
from ecommerce_ai.privacy.selectors import Purpose
from ecommerce_ai.privacy.services import change_consent
from ecommerce_ai.shop.models import Customer, Order, OrderLine, Product
from recommendations.ml.lessons import train
from recommendations.ml.ranking import rank
from recommendations.ml.snapshots import learn
from recommendations.models import DIMENSIONS, CustomerRanking, ItemNeighbours, ProductVector
from recommendations.selectors import neighbours, recommended_for, stored_ranking
from recommendations.selectors.behaviour import shop_behaviour
from recommendations.selectors.planning import unwanted
from recommendations.selectors.shopper import willing_shopper
from recommendations.services import refresh_ranking
from tests.factories import NOW, make_customer, make_event, make_order, make_product
from tests.recommendations.two_tastes import ITEMS, LAST_DAY, interactions

BUYERS = 24

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("artefacts")]


@pytest.fixture
def artefacts(settings: LazySettings, tmp_path: Path) -> None:
    settings.ARTEFACTS_ROOT = tmp_path


@pytest.fixture
def customers() -> list[Customer]:
    """Half buy even products, half odd ones, every ten days until NOW; products have random vectors."""
    people = [make_customer() for _ in range(BUYERS)]
    products = [make_product() for _ in range(ITEMS)]
    vectors = np.random.default_rng(0).normal(size=(ITEMS, DIMENSIONS))
    ProductVector.objects.bulk_create(
        ProductVector(product=product, embedding=vector.tolist(), encoder="random", content_hash="")
        for product, vector in zip(products, vectors, strict=True)
    )
    rows = interactions()
    rows = rows.where(rows.customers < BUYERS)
    orders = {
        int(basket): Order(
            number=f"B{basket}",
            customer=people[customer],
            currency="GBP",
            total=10,
            placed_at=NOW - timedelta(days=LAST_DAY - day),
        )
        for basket, customer, day in zip(rows.baskets, rows.customers, rows.days, strict=True)
    }
    Order.objects.bulk_create(orders.values())
    OrderLine.objects.bulk_create(
        OrderLine(
            order=orders[int(basket)],
            line_number=line,
            product=products[item],
            sku=products[item].sku,
            quantity=1,
            unit_price=10,
        )
        for line, (basket, item) in enumerate(zip(rows.baskets, rows.items, strict=True), start=1)
    )
    return people


def test_what_is_stored_and_served_is_what_is_evaluated(customers: list[Customer]) -> None:
    refresh_ranking()
    behaviour = shop_behaviour()
    known = (behaviour.interactions, behaviour.catalogue, behaviour.last_day)
    for ranked in rank(learn(*known), train(*known), np.arange(BUYERS)):
        customer = Customer.objects.get(pk=behaviour.customer_ids[ranked.customer])
        evaluated = behaviour.product_ids[ranked.items].tolist()
        assert_stored(customer, evaluated, scores=ranked.scores.tolist())
        assert_served(customer, evaluated)


def assert_stored(customer: Customer, evaluated: list[int], *, scores: list[float]) -> None:
    stored = stored_ranking(customer)
    assert stored is not None
    assert [each.product_id for each in stored.items] == evaluated
    assert [each.score for each in stored.items] == pytest.approx(scores)
    assert all(each.sources for each in stored.items)
    for each in stored.items:
        assert sum(each.contributions.values()) == pytest.approx(each.score, abs=1e-4)


def assert_served(customer: Customer, evaluated: list[int]) -> None:
    """Through the pages' own road: the evaluated order, without what they have and do not need again yet."""
    shopper = willing_shopper(customer)
    assert shopper is not None
    had = unwanted(shopper, now=timezone.now())
    shown = [item.product.pk for item in recommended_for(customer, 10)]
    assert shown == [key for key in evaluated if key not in had][:10]


def test_it_redoes_only_what_changed(customers: list[Customer]) -> None:
    first = refresh_ranking()
    assert (first["status"], first["ranked"]) == ("refreshed", BUYERS)
    assert refresh_ranking() == {"status": "current", "ranked": 0}
    run, product = live_run("ranker"), Product.objects.order_by("pk")[0]
    make_order(customer=customers[1], lines=[(product, 1)], placed_at=NOW)
    second = refresh_ranking()
    assert (second["ranked"], second["current"]) == (1, BUYERS - 1)
    assert live_run("ranker") == run


def test_whoever_withdraws_is_not_learned_from_and_has_no_ranking(customers: list[Customer]) -> None:
    refresh_ranking()
    change_consent(customers[0], purpose=Purpose.TRAINING, is_granted=False, source="shopper")
    change_consent(customers[1], purpose=Purpose.PERSONALISATION, is_granted=False, source="shopper")
    assert refresh_ranking()["removed"] == 2
    assert not CustomerRanking.objects.filter(customer__in=customers[:2]).exists()
    assert customers[0].pk not in shop_behaviour().customer_ids
    assert customers[1].pk in shop_behaviour().customer_ids


def test_neighbours_are_of_the_kind_that_shares_baskets(customers: list[Customer]) -> None:
    refresh_ranking()
    products = list(Product.objects.order_by("pk"))
    kinds = {product.pk: number % 2 for number, product in enumerate(products)}
    found = neighbours([products[3].pk], ItemNeighbours.Kind.TOGETHER_RELAXED)[products[3].pk]
    assert {kinds[each.product_id] for each in found} == {1}
    assert all(each.support >= 2 for each in found)


def test_a_shop_with_too_little_behaviour_says_so() -> None:
    make_event(customer=make_customer(), product=make_product())
    found = refresh_ranking()
    assert found["status"] == "insufficient_data"
    assert found["have"] < found["need"]
    assert stored_ranking(Customer.objects.get()) is None
