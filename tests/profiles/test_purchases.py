"""Who buys soon: features that never look ahead, and the same answer about one customer as about all."""

from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from ecommerce_ai.shop.models import Customer, Order, OrderLine
from profiles.ml.buyer_features import buyer_features
from profiles.ml.orders import Orders
from profiles.models import Label
from profiles.services import refresh_profiles
from profiles.services.lessons import Lesson, PurchaseLessons, stock_of
from tests.factories import NOW, make_customer, make_product

SECONDS_A_DAY = 86_400


def orders(*, later_amount: float = 20.0, later_product: int = 2) -> Orders:
    """Two buyers; one takes something back, the other comes again on day 50."""
    heads = pd.DataFrame(
        [(1, 7, 10, 30.0), (2, 7, 30, 10.0), (3, 8, 20, 40.0), (4, 8, 25, -5.0), (5, 8, 50, later_amount)],
        columns=["order", "customer", "at", "amount"],
    )
    lines = pd.DataFrame(
        [(1, 1, 3, 10.0), (2, 1, 1, 10.0), (3, 1, 2, 10.0), (3, 2, 1, 20.0), (5, later_product, 1, 20.0)],
        columns=["order", "product", "quantity", "price"],
    )
    return Orders.of(heads.assign(at=pd.to_datetime(heads["at"], unit="D", utc=True)), lines)


def test_it_knows_what_a_person_would_know() -> None:
    found = buyer_features(orders(), 40.0)
    assert found["recency"].to_dict() == {7: 10, 8: 20}
    assert found["spent"].to_dict() == {7: 40, 8: 40}
    assert found["products"].to_dict() == {7: 1, 8: 2}
    assert found["products_30"].to_dict() == {7: 1, 8: 2}
    assert found["again"].to_dict() == {7: 2, 8: 1}
    assert found["pieces"].to_dict() == {7: 2, 8: 1.5}
    assert found["since_contact"].to_dict() == {7: 10, 8: 15}
    assert found["cancelled_share"].to_dict() == {7: 0, 8: 1}


def test_it_never_looks_ahead() -> None:
    known, changed = (buyer_features(each, 40.0) for each in (orders(), orders(later_amount=9e9)))
    pd.testing.assert_frame_equal(known, changed)
    pd.testing.assert_frame_equal(known, buyer_features(orders(later_product=9), 40.0))
    pd.testing.assert_frame_equal(known, buyer_features(orders().before(40.0), 40.0))


@pytest.fixture
def buyers(db: None) -> list[Customer]:
    """A hundred and thirty customers of four months, each with a rhythm and favourites."""
    draw, goods = np.random.default_rng(1), [make_product() for _number in range(6)]
    people = [make_customer() for _number in range(130)]
    made = [
        Order(customer=person, number=f"{person.pk}-{turn}", placed_at=NOW - timedelta(days=float(day)),
            total=10 * (1 + turn), currency="GBP", status="placed", kind="sale")
        for person in people
        for turn, day in enumerate(np.arange(draw.uniform(0, 40), 120, draw.uniform(12, 60)))
    ]  # fmt: skip
    lines = [
        OrderLine(order=order, line_number=1, product=goods[int(draw.integers(6))], sku="x", quantity=2,
            unit_price=5, kind="goods")
        for order in Order.objects.bulk_create(made)
    ]  # fmt: skip
    OrderLine.objects.bulk_create(lines)
    refresh_profiles()
    return people


def test_it_says_of_one_customer_what_it_says_of_all(buyers: list[Customer]) -> None:
    label, cut = Label(kind=Label.Kind.BUYS_SOON), NOW.timestamp() / SECONDS_A_DAY
    lesson = PurchaseLessons().learn(label, cut)
    assert isinstance(lesson, Lesson)
    everybody = PurchaseLessons().tell(label, lesson, cut, None)
    assert len(everybody) == len(buyers)
    asked = [buyers[3].pk, buyers[40].pk]
    alone = PurchaseLessons().tell(label, lesson, cut, asked)
    assert {pk: np.round(told[:3], 9).tolist() for pk, told in alone.items()} == {
        pk: np.round(everybody[pk][:3], 9).tolist() for pk in asked
    }
    assert not stock_of("", cut).empty
