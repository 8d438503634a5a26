"""Events, merges, carts and orders."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest

from ecommerce_ai.shop.models import Cart, CartLine, Customer, CustomerMerge, Event, Order
from ecommerce_ai.shop.services import (
    CartError,
    CheckoutError,
    Delivery,
    EventDetails,
    add_to_cart,
    customer_of_user,
    merge_customers,
    place_order,
    record_event,
    set_cart_quantity,
    visitor,
)
from tests.factories import NOW, make_customer, make_event, make_order, make_product, make_review, make_user

pytestmark = pytest.mark.django_db
DELIVERY = Delivery("Ann", "ann@x.example", "1 Lane", "York", "Y1", "GB")


def test_an_event_is_kept_once() -> None:
    event_id, customer = uuid.uuid4(), make_customer()
    assert record_event("view_item", customer=customer, event_id=event_id, occurred_at=NOW)
    assert not record_event("search", customer=customer, event_id=event_id)
    assert Event.objects.values_list("name", "customer", "occurred_at").get() == (
        "view_item",
        customer.pk,
        NOW,
    )


def test_an_event_keeps_what_it_is_about() -> None:
    product = make_product()
    record_event("search", customer=None, details=EventDetails(product=product, search_term="m\0ug" * 200))
    event = Event.objects.get()
    assert (event.product, event.customer) == (product, None)
    assert event.search_term == ("mug" * 200)[:300]


def test_an_event_by_an_unknown_name_is_refused() -> None:
    with pytest.raises(ValueError, match="scroll"):
        record_event("scroll", customer=None)
    assert not Event.objects.exists()


def test_a_visitor_is_one_customer() -> None:
    cookie = uuid.uuid4()
    assert visitor(cookie, language="zh-hans") == visitor(cookie)
    assert Customer.objects.get().language == "zh-hans"


def test_a_user_is_one_customer() -> None:
    user = make_user(email="ann@x.example")
    assert customer_of_user(user) == customer_of_user(user)
    assert Customer.objects.get().email == "ann@x.example"


def test_a_merge_moves_every_fact_and_is_logged() -> None:
    source, target = visitor(uuid.uuid4()), make_customer()
    make_event(customer=source)
    make_order(customer=source)
    make_review(customer=source)
    product = make_product(stock=3)
    add_to_cart(source, product=product, quantity=2)
    add_to_cart(target, product=product, quantity=2)
    merge = merge_customers(source, target=target)
    assert merge is not None
    assert merge.moved == {"events": 1, "orders": 1, "reviews": 1, "questions": 0, "cart_lines": 1}
    assert CartLine.objects.values_list("cart__customer", "quantity").get() == (target.pk, 3)
    assert source.visitor_id
    assert visitor(source.visitor_id) == target


def test_a_merge_is_done_once_and_never_takes_a_log_in() -> None:
    source, target = make_customer(), make_customer()
    merge_customers(source, target=target)
    assert merge_customers(source, target=make_customer()) is None
    assert merge_customers(target, target=target) is None
    assert merge_customers(customer_of_user(make_user()), target=target) is None
    assert CustomerMerge.objects.count() == 1


def test_a_chain_of_merges_ends_at_the_last_customer() -> None:
    first, second, third = visitor(uuid.uuid4()), visitor(uuid.uuid4()), make_customer()
    merge_customers(first, target=second)
    merge_customers(second, target=third)
    assert first.visitor_id
    assert visitor(first.visitor_id) == third


def test_a_merge_into_one_who_was_merged_goes_to_who_they_became() -> None:
    old, current, late = make_customer(), make_customer(), visitor(uuid.uuid4())
    merge_customers(old, target=current)
    make_event(customer=late)
    merge_customers(late, target=old)
    assert Event.objects.get().customer == current
    assert late.visitor_id
    assert visitor(late.visitor_id) == current


def test_a_cart_holds_what_is_for_sale() -> None:
    customer, product = make_customer(), make_product(stock=3)
    add_to_cart(customer, product=product, quantity=2)
    assert add_to_cart(customer, product=product).quantity == 3
    with pytest.raises(CartError, match="only 3"):
        add_to_cart(customer, product=product)
    for unavailable in (make_product(stock=0), make_product(is_live=False)):
        with pytest.raises(CartError, match="not available"):
            add_to_cart(customer, product=unavailable)
    with pytest.raises(CartError):
        add_to_cart(customer, product=make_product(stock=None), quantity=1000)
    assert CartLine.objects.get().quantity == 3


def test_a_quantity_of_nothing_takes_the_line_out() -> None:
    customer, product = make_customer(), make_product()
    add_to_cart(customer, product=product)
    line = set_cart_quantity(customer, product=product, quantity=4)
    assert line
    assert line.quantity == 4
    assert set_cart_quantity(customer, product=product, quantity=0) is None
    assert set_cart_quantity(customer, product=product, quantity=1) is None
    assert not CartLine.objects.exists()


def test_an_order_takes_stock_empties_the_cart_and_is_recorded() -> None:
    customer = make_customer()
    mug, gift = make_product(price=Decimal("4.50"), stock=5), make_product(price=Decimal("1.00"), stock=None)
    add_to_cart(customer, product=mug, quantity=2)
    add_to_cart(customer, product=gift)
    order = place_order(customer, delivery=DELIVERY)
    assert (order.total, order.currency, order.country) == (Decimal(10), "GBP", "GB")
    assert order.email == "ann@x.example"
    assert list(order.lines.values_list("line_number", "sku", "quantity")) == [
        (1, mug.sku, 2),
        (2, gift.sku, 1),
    ]
    mug.refresh_from_db()
    assert mug.stock == 3
    assert not Cart.objects.get().lines.exists()
    purchases = Event.objects.filter(name="purchase", properties={"transaction_id": order.number})
    assert set(purchases.values_list("value", flat=True)) == {Decimal(1), Decimal(9)}


def test_an_order_that_cannot_be_kept_changes_nothing() -> None:
    customer, product = make_customer(), make_product(stock=2)
    with pytest.raises(CheckoutError, match="empty"):
        place_order(customer, delivery=DELIVERY)
    add_to_cart(customer, product=product, quantity=2)
    product.stock = 1
    product.save()
    with pytest.raises(CheckoutError, match="no longer available"):
        place_order(customer, delivery=DELIVERY)
    euros = make_product(currency="EUR")
    set_cart_quantity(customer, product=product, quantity=1)
    add_to_cart(customer, product=euros)
    with pytest.raises(CheckoutError, match="different currencies"):
        place_order(customer, delivery=DELIVERY)
    assert not Order.objects.exists()
    assert CartLine.objects.count() == 2


def test_only_promotions_of_the_moment_run() -> None:
    from ecommerce_ai.shop.models import Promotion

    offer = {"kind": "percent", "value": 10}
    running = Promotion.objects.create(name="now", starts_at=NOW - timedelta(days=1), **offer)
    Promotion.objects.create(name="later", starts_at=NOW + timedelta(days=1), **offer)
    Promotion.objects.create(name="over", starts_at=NOW - timedelta(days=2), ends_at=NOW, **offer)
    Promotion.objects.create(name="off", starts_at=NOW - timedelta(days=1), is_live=False, **offer)
    assert list(Promotion.objects.running(NOW)) == [running]
