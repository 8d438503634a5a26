import pytest
from django.test import Client

from ecommerce_ai.shop.models import CartLine, Customer, Event, Order, Product
from tests.storefront.conftest import Shop

PARCEL = {
    "email": "ann@shop.example",
    "name": "Ann Reed",
    "address": "4 Mill Lane",
    "postcode": "LA1 1AA",
    "city": "Lancaster",
    "country": "GB",
}


@pytest.fixture
def shopper(client: Client, shop: Shop) -> Client:
    client.post("/cart/add", {"product": shop.mug.pk, "quantity": 2})
    return client


def test_an_empty_cart_leads_back(client: Client, shop: Shop) -> None:
    assert client.get("/checkout/")["Location"] == "/cart/"


def test_places_the_order_once(shopper: Client, shop: Shop) -> None:
    response = shopper.post("/checkout/", PARCEL, follow=True)
    order = Order.objects.get()
    assert response.redirect_chain == [(f"/checkout/done/{order.number}/", 302)]
    assert (str(order.total), order.shipping_name, order.country) == ("36.00", "Ann Reed", "GB")
    assert order.number in response.content.decode()
    assert CartLine.objects.count() == 0
    assert Product.objects.get(pk=shop.mug.pk).stock == 8
    assert Event.objects.filter(name="purchase").count() == 1
    shopper.post("/checkout/", PARCEL)
    assert Order.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", "nobody"), ("name", ""), ("address", "x" * 501), ("country", "XX"), ("city", "a\x00b")],
)
def test_says_what_is_wrong_and_orders_nothing(shopper: Client, field: str, value: str) -> None:
    response = shopper.post("/checkout/", {**PARCEL, field: value})
    assert response.status_code == 422
    assert "field-error" in response.content.decode()
    assert Order.objects.count() == 0


def test_what_ran_out_meanwhile_is_not_ordered(shopper: Client, shop: Shop) -> None:
    Product.objects.filter(pk=shop.mug.pk).update(stock=1)
    assert shopper.post("/checkout/", PARCEL)["Location"] == "/cart/"
    assert Order.objects.count() == 0


def test_nobody_else_sees_the_confirmation(shopper: Client, shop: Shop) -> None:
    shopper.post("/checkout/", PARCEL)
    number = Order.objects.get().number
    assert shopper.get(f"/checkout/done/{number}/").status_code == 200
    assert Client().get(f"/checkout/done/{number}/").status_code == 404


def test_the_next_parcel_goes_to_the_same_address(shopper: Client, shop: Shop) -> None:
    shopper.post("/checkout/", PARCEL)
    shopper.post("/cart/add", {"product": shop.mug.pk})
    form = shopper.get("/checkout/").context["form"]
    assert form.initial == PARCEL
    assert Customer.objects.count() == 1


def test_fields_tell_the_browser_what_they_are(shopper: Client) -> None:
    html = shopper.get("/checkout/").content.decode()
    for purpose in ("email", "name", "street-address", "postal-code", "address-level2", "country"):
        assert f'autocomplete="{purpose}"' in html


def test_countries_are_named_in_the_readers_language(shopper: Client) -> None:
    assert "英国" in shopper.get("/zh-hans/checkout/").content.decode()
