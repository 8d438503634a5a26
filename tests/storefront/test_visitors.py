"""Who is looking, and when that becomes a row."""

from django.contrib.auth import get_user_model
from django.test import Client

from ecommerce_ai.accounts.models import User
from ecommerce_ai.shop.models import CartLine, Customer, CustomerMerge, Event
from tests.storefront.conftest import Shop


def see(client: Client, shop: Shop) -> None:
    client.get(f"/products/{shop.mug.pk}/")


def test_looking_at_the_front_page_makes_no_customer(client: Client, shop: Shop) -> None:
    response = client.get("/")
    assert Customer.objects.count() == 0
    assert response.cookies["visitor"]["httponly"]


def test_a_viewed_product_makes_one_customer_with_one_event(client: Client, shop: Shop) -> None:
    see(client, shop)
    event = Event.objects.get()
    assert (event.name, event.product, event.customer) == ("view_item", shop.mug, Customer.objects.get())


def test_the_cookie_keeps_the_customer(client: Client, shop: Shop) -> None:
    see(client, shop)
    see(client, shop)
    assert Customer.objects.count() == 1
    assert Event.objects.count() == 2


def test_robots_and_guessing_browsers_leave_no_trace(shop: Shop) -> None:
    Client(headers={"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}).get(f"/products/{shop.mug.pk}/")
    Client(headers={"sec-purpose": "prefetch"}).get(f"/products/{shop.mug.pk}/")
    assert Customer.objects.count() == 0
    assert Event.objects.count() == 0


def test_a_forged_cookie_names_nobody(client: Client, shop: Shop) -> None:
    see(client, shop)
    victim = Customer.objects.get()
    forger = Client()
    forger.cookies["visitor"] = f"{victim.visitor_id}:forged"
    see(forger, shop)
    assert Customer.objects.count() == 2


def test_what_the_visitor_did_is_theirs_after_log_in(client: Client, shop: Shop, alice: User) -> None:
    client.post("/cart/add", {"product": shop.mug.pk, "quantity": 2})
    client.post("/account/log-in/", {"username": alice.email, "password": "correct horse 1"})
    line = CartLine.objects.get()
    assert (line.cart.customer.user, line.quantity) == (alice, 2)
    assert CustomerMerge.objects.get().target.user == alice
    assert "Harbour Mug" in client.get("/cart/").content.decode()


def test_after_log_out_the_browser_is_somebody_new(client: Client, shop: Shop, alice: User) -> None:
    client.post("/cart/add", {"product": shop.mug.pk})
    before = client.cookies["visitor"].value
    client.post("/account/log-in/", {"username": alice.email, "password": "correct horse 1"})
    client.post("/account/log-out/")
    assert client.cookies["visitor"].value != before
    assert "Harbour Mug" not in client.get("/cart/").content.decode()


def test_signing_up_makes_an_account_and_logs_in(client: Client, shop: Shop) -> None:
    see(client, shop)
    given = {"name": "Mei", "email": "Mei@Shop.Example", "password": "seven herons fly"}
    response = client.post("/account/sign-up/", given)
    user = get_user_model().objects.get()
    assert response.status_code == 302
    assert (user.email, user.first_name) == ("mei@shop.example", "Mei")
    assert Event.objects.filter(customer__user=user).count() == 2  # the look before, and the sign-up
