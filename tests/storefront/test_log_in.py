import pytest
from django.core.cache import cache
from django.test import Client

from ecommerce_ai.accounts.models import User
from ecommerce_ai.shop.models import Event

RIGHT = {"username": "alice@shop.example", "password": "correct horse 1"}


def test_lets_in_by_e_mail_in_any_case(client: Client, alice: User) -> None:
    response = client.post("/account/log-in/", {**RIGHT, "username": "ALICE@shop.example"})
    assert response["Location"] == "/account/"
    assert Event.objects.get().name == "login"


def test_does_not_tell_which_half_was_wrong(client: Client, alice: User) -> None:
    answers = []
    for username in (RIGHT["username"], "nobody@shop.example"):
        response = client.post("/account/log-in/", {"username": username, "password": "wrong"})
        assert response.status_code == 422
        answers.append("do not go together" in response.content.decode())
    assert answers == [True, True]


@pytest.mark.parametrize(
    "there", ["https://evil.example/", "//evil.example/x", "/\\evil.example", "javascript:alert(1)"]
)
def test_goes_on_only_within_the_shop(client: Client, alice: User, there: str) -> None:
    assert client.post("/account/log-in/", {**RIGHT, "next": there})["Location"] == "/account/"


def test_goes_on_to_where_one_wanted(client: Client, alice: User) -> None:
    response = client.post("/account/log-in/", {**RIGHT, "next": "/account/orders/"})
    assert response["Location"] == "/account/orders/"


def test_guessing_ends_with_429(client: Client, alice: User) -> None:
    statuses = [
        client.post("/account/log-in/", {**RIGHT, "password": "guess"}).status_code for _ in range(11)
    ]
    assert statuses == [422] * 10 + [429]
    response = client.post("/account/log-in/", RIGHT)
    assert (response.status_code, response["Retry-After"]) == (429, "60")
    cache.clear()
    assert client.post("/account/log-in/", RIGHT).status_code == 302


def test_sign_up_refuses_a_known_address_and_a_weak_password(client: Client, alice: User) -> None:
    given = {"name": "A", "email": "Alice@shop.example", "password": "seven herons fly"}
    assert client.post("/account/sign-up/", given).status_code == 422
    assert (
        client.post(
            "/account/sign-up/", {**given, "email": "b@shop.example", "password": "12345678"}
        ).status_code
        == 422
    )
    assert User.objects.count() == 1


def test_log_out_ends_the_session(as_alice: Client) -> None:
    as_alice.post("/account/log-out/")
    assert as_alice.get("/account/").status_code == 302
