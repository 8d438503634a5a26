from collections.abc import Callable

import pytest
from django.test import Client

from ecommerce_ai.accounts.models import User
from ecommerce_ai.shop.models import Customer, Order, Shipment
from ecommerce_ai.shop.services import customer_of_user
from tests.factories import NOW, make_order, make_product
from tests.storefront.conftest import Shop

Check = Callable[[Callable[[], object], Callable[[], object]], None]


@pytest.fixture
def customer(alice: User) -> Customer:
    return customer_of_user(alice)


@pytest.fixture
def order(customer: Customer, shop: Shop) -> Order:
    return make_order(customer=customer, lines=[(shop.mug, 2)], number="ALICE1")


@pytest.mark.parametrize("page", ["", "orders/", "orders/ALICE1/", "password/"])
def test_asks_strangers_to_log_in(client: Client, order: Order, page: str) -> None:
    response = client.get(f"/account/{page}")
    assert response["Location"] == f"/account/log-in/?next=/account/{page}"


def test_shows_orders_with_lines_and_parcels(as_alice: Client, order: Order) -> None:
    Shipment.objects.create(order=order, carrier="Heron Post", tracking_number="HP1", shipped_at=NOW)
    assert "ALICE1" in as_alice.get("/account/").content.decode()
    assert "ALICE1" in as_alice.get("/account/orders/").content.decode()
    html = as_alice.get("/account/orders/ALICE1/").content.decode()
    for fact in ("Harbour Mug", "£36.00", "Heron Post", "HP1"):
        assert fact in html


def test_another_customers_order_does_not_exist(as_eve: Client, order: Order) -> None:
    assert as_eve.get("/account/orders/ALICE1/").status_code == 404
    assert "ALICE1" not in as_eve.get("/account/orders/").content.decode()


def test_an_order_of_nobody_does_not_exist_either(as_eve: Client, shop: Shop) -> None:
    make_order(number="GUEST1", lines=[(shop.mug, 1)])
    assert as_eve.get("/account/orders/GUEST1/").status_code == 404


def test_no_orders_is_a_page_that_helps(as_eve: Client, shop: Shop) -> None:
    assert "You have not ordered anything yet" in as_eve.get("/account/orders/").content.decode()


def test_the_password_changes_with_the_old_one_only(as_alice: Client, alice: User) -> None:
    new = {"new_password1": "seven herons fly", "new_password2": "seven herons fly"}
    assert as_alice.post("/account/password/", {"old_password": "wrong", **new}).status_code == 422
    assert as_alice.post("/account/password/", {"old_password": "correct horse 1", **new}).status_code == 302
    alice.refresh_from_db()
    assert alice.check_password("seven herons fly")
    assert as_alice.get("/account/").status_code == 200  # still logged in


def test_queries_do_not_grow(
    as_alice: Client, customer: Customer, order: Order, assert_queries_do_not_grow: Check
) -> None:
    def grow() -> None:
        make_order(customer=customer, lines=[(make_product(), 1), (make_product(), 2)])

    assert_queries_do_not_grow(lambda: as_alice.get("/account/orders/"), grow)
