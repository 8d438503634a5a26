from collections.abc import Callable

import pytest
from django.test import Client

from ecommerce_ai.shop.models import CartLine, Event, Product
from tests.factories import make_product
from tests.storefront.conftest import Shop

Check = Callable[[Callable[[], object], Callable[[], object]], None]


def add(client: Client, product: Product, quantity: object = 1) -> str:
    response = client.post("/cart/add", {"product": product.pk, "quantity": quantity}, follow=True)
    return response.content.decode()


def lines() -> dict[str, int]:
    return {line.product.title: line.quantity for line in CartLine.objects.select_related("product")}


def test_an_empty_cart_says_what_to_do(client: Client, shop: Shop) -> None:
    assert "Your cart is empty" in client.get("/cart/").content.decode()


def test_adds_and_says_so(client: Client, shop: Shop) -> None:
    assert "“Harbour Mug” is in your cart." in add(client, shop.mug, 2)
    assert lines() == {"Harbour Mug": 2}
    html = client.get("/cart/").content.decode()
    assert "£36.00" in html


def test_htmx_gets_the_answer_and_the_new_count(client: Client, shop: Shop) -> None:
    response = client.post("/cart/add", {"product": shop.mug.pk}, headers={"HX-Request": "true"})
    html = response.content.decode()
    assert response.status_code == 200
    assert 'id="cart-count"' in html
    assert "<html" not in html


@pytest.mark.parametrize("quantity", [11, 0, 100_000])
def test_never_holds_more_than_there_is(client: Client, shop: Shop, quantity: int) -> None:
    add(client, shop.mug, quantity)
    assert lines() == {}


@pytest.mark.parametrize("quantity", ["-1", "x", "", "1e3", "²", "9" * 40])
def test_takes_nonsense_for_one(client: Client, shop: Shop, quantity: str) -> None:
    add(client, shop.mug, quantity)
    assert lines() == {"Harbour Mug": 1}


def test_refuses_what_is_sold_out(client: Client, shop: Shop) -> None:
    assert "not available" in add(client, shop.sold_out)
    assert lines() == {}


@pytest.mark.parametrize("product", ["0", "999999", "", "x", "1; DROP TABLE"])
def test_an_unknown_product_is_a_404(client: Client, shop: Shop, product: str) -> None:
    assert client.post("/cart/add", {"product": product}).status_code == 404


def test_changes_and_takes_out(client: Client, shop: Shop) -> None:
    add(client, shop.mug)
    client.post("/cart/change", {"product": shop.mug.pk, "quantity": 3})
    assert lines() == {"Harbour Mug": 3}
    client.post("/cart/change", {"product": shop.mug.pk, "quantity": 0})
    assert lines() == {}
    assert Event.objects.filter(name="remove_from_cart", product=shop.mug).count() == 1


def test_is_nobody_elses(client: Client, shop: Shop) -> None:
    add(client, shop.mug)
    other = Client()
    other.post("/cart/change", {"product": shop.mug.pk, "quantity": 0})
    assert lines() == {"Harbour Mug": 1}
    assert "Harbour Mug" not in other.get("/cart/").content.decode()


def test_an_address_elsewhere_is_not_followed(client: Client, shop: Shop) -> None:
    for there in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        response = client.post("/cart/add", {"product": shop.mug.pk, "next": there})
        assert response["Location"].startswith("/products/")


def test_says_when_something_ran_out_meanwhile(client: Client, shop: Shop) -> None:
    add(client, shop.mug, 5)
    Product.objects.filter(pk=shop.mug.pk).update(stock=2)
    html = client.get("/cart/").content.decode()
    assert "Not available in this quantity" in html
    assert "To checkout" not in html


def test_two_currencies_are_two_orders(client: Client, shop: Shop) -> None:
    add(client, shop.mug)
    add(client, make_product(currency="USD"))
    html = client.get("/cart/").content.decode()
    assert "different currencies" in html
    assert "To checkout" not in html


def test_queries_do_not_grow(client: Client, shop: Shop, assert_queries_do_not_grow: Check) -> None:
    add(client, shop.mug)
    headers = {"HX-Request": "true"}  # without the event that a whole page records
    assert_queries_do_not_grow(
        lambda: client.get("/cart/", headers=headers), lambda: add(client, make_product())
    )
