"""What the database itself refuses, whoever asks."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from ecommerce_ai.shop.models import (
    Category,
    Customer,
    Event,
    Order,
    OrderLine,
    PriceChange,
    Product,
    Shipment,
)
from tests.factories import (
    NOW,
    make_category,
    make_customer,
    make_event,
    make_order,
    make_product,
    make_question,
    make_review,
)

pytestmark = pytest.mark.django_db


def order_line(**fields: Any) -> OrderLine:
    line = {"order": make_order(), "line_number": 1, "sku": "A", "quantity": 1, "unit_price": 1}
    return OrderLine.objects.create(**{**line, **fields})


@pytest.mark.parametrize(
    "make",
    [
        lambda: make_product(price=Decimal("-0.01")),
        lambda: make_product(currency="gbp"),
        lambda: make_product(currency=""),
        lambda: make_product(stock=-1),
        lambda: make_product(sku=""),
        lambda: make_product(title=""),
        lambda: [make_product(sku="A"), make_product(sku="A")],
        lambda: make_customer(country="Germany"[:2].lower()),
        lambda: make_customer(birth_year=1066),
        lambda: make_order(currency="£"),
        lambda: make_order(total=-1),
        lambda: make_order(kind="cancellation", total=1),
        lambda: order_line(quantity=0),
        lambda: order_line(unit_price=-1),
        lambda: make_review(rating=0),
        lambda: make_review(rating=6),
        lambda: make_question(answer="Yes", answered_at=None),
        lambda: make_event(currency="euro"),
    ],
)
def test_it_refuses_what_cannot_be(make: Callable[[], object]) -> None:
    with pytest.raises(Exception, match=r"constraint|too long|duplicate"), transaction.atomic():
        make()


def test_it_refuses_a_customer_merged_into_itself() -> None:
    customer = make_customer()
    with pytest.raises(IntegrityError), transaction.atomic():
        Customer.objects.filter(pk=customer.pk).update(merged_into=customer)


def test_it_refuses_two_lines_in_one_place() -> None:
    line = order_line()
    with pytest.raises(IntegrityError), transaction.atomic():
        order_line(order=line.order)


def test_it_keeps_the_words_of_a_line_whose_product_goes() -> None:
    product = make_product(title="Mug")
    order = make_order(lines=[(product, 2)])
    product.delete()
    line = OrderLine.objects.get(order=order)
    assert (line.product, line.title) == (None, "Mug")


def test_it_keeps_a_shelf_that_holds_products() -> None:
    shelf = make_category()
    make_product(category=shelf)
    with pytest.raises(ProtectedError):
        shelf.delete()


def test_it_moves_a_whole_subtree_with_its_shelf() -> None:
    kitchen, home = make_category(slug="kitchen"), make_category(slug="home")
    mugs = make_category(slug="mugs", parent=kitchen)
    small = make_category(slug="small", parent=mugs)
    other = make_category(slug="kitchenware")
    kitchen.parent = home
    kitchen.save()
    paths = dict(Category.objects.values_list("pk", "path"))
    assert (paths[mugs.pk], paths[small.pk], paths[other.pk]) == (
        "home/kitchen/mugs",
        "home/kitchen/mugs/small",
        "kitchenware",
    )
    assert set(Category.objects.under(Category.objects.get(pk=mugs.pk))) == {mugs, small}


def test_it_lets_no_shipment_arrive_before_it_left() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Shipment.objects.create(
            order=make_order(), carrier="x", shipped_at=NOW, delivered_at=NOW.replace(year=2020)
        )


def test_it_keeps_every_change_of_a_price() -> None:
    product = make_product(price=Decimal("10.00"))
    Product.objects.filter(pk=product.pk).update(price=Decimal("8.00"))
    Product.objects.filter(pk=product.pk).update(title="Renamed", price=Decimal("8.00"))
    Product.objects.filter(pk=product.pk).update(currency="EUR")
    changes = PriceChange.objects.order_by("pk").values_list("previous_price", "price", "currency")
    ten, eight = Decimal(10), Decimal(8)
    assert list(changes) == [(None, ten, "GBP"), (ten, eight, "GBP"), (eight, eight, "EUR")]


def test_it_knows_no_event_that_ga4_does_not() -> None:
    assert len(Event.Name.values) == len(set(Event.Name.values))
    assert {"view_item", "add_to_cart", "purchase", "search", "view_search_results", "select_item"} <= set(
        Event.Name.values
    )


def test_it_counts_only_sales_as_sales() -> None:
    sale, cancelled = make_order(), make_order(status="cancelled")
    make_order(kind="cancellation")
    assert set(Order.objects.sales()) == {sale, cancelled}
    assert set(Order.objects.not_cancelled()) == {sale}
