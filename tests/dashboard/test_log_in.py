from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from ecommerce_ai.visitors_address import visitors_address
from tests.factories import make_user

pytestmark = pytest.mark.django_db
URL = "/admin/login/"


def attempt(client: Client, name: str, password: str = "guess", address: str = "192.0.2.1") -> int:
    data = {"username": name, "password": password}
    return client.post(URL, data, REMOTE_ADDR=address).status_code


@pytest.mark.parametrize("role", ["merchant", "support agent", "analyst"])
def test_staff_logs_in_by_e_mail(client: Client, role: str) -> None:
    make_user(role=role, email="staff@shop.example")
    response = client.post(URL, {"username": "Staff@shop.example", "password": "correct horse 1"})
    assert (response.status_code, response["Location"]) == (302, "/admin/")
    assert client.get("/admin/").status_code == 200


def test_a_shopper_does_not_get_in(client: Client) -> None:
    make_user(email="shopper@shop.example")
    assert attempt(client, "shopper@shop.example", "correct horse 1") == 200
    assert client.get("/admin/").status_code == 302


def test_tries_at_one_name_end_after_ten_wherever_they_come_from(client: Client) -> None:
    make_user(role="merchant", email="staff@shop.example")
    answers = [attempt(client, "staff@shop.example", address=f"192.0.2.{number}") for number in range(11)]
    assert answers == [200] * 10 + [429]
    assert attempt(client, "STAFF@shop.example", "correct horse 1", "192.0.2.99") == 429


def test_tries_from_one_address_end_after_twenty_whatever_the_name(client: Client) -> None:
    answers = [attempt(client, f"staff{number}@shop.example") for number in range(21)]
    assert answers == [200] * 20 + [429]
    assert attempt(client, "staff@shop.example", address="192.0.2.2") == 200


def test_the_refusal_says_what_to_do(client: Client) -> None:
    for number in range(20):
        attempt(client, f"staff{number}@shop.example")
    response = client.post(URL, {"username": "a", "password": "b"}, REMOTE_ADDR="192.0.2.1")
    assert "Wait five minutes" in response.content.decode()


def test_the_form_itself_stays_readable(client: Client) -> None:
    for number in range(21):
        attempt(client, f"staff{number}@shop.example")
    assert client.get(URL, REMOTE_ADDR="192.0.2.1").status_code == 200


def test_the_admin_s_own_log_in_is_this_one(client: Client) -> None:
    assert reverse("admin:login") == URL == reverse("dashboard:log_in")
    match = client.get(URL).resolver_match
    assert match.view_name == "dashboard:log_in"


def test_somebody_sent_to_the_log_in_goes_on_where_they_were(client: Client) -> None:
    make_user(role="merchant", email="staff@shop.example")
    data = {"username": "staff@shop.example", "password": "correct horse 1"}
    assert client.post(f"{URL}?next=/admin/jobs/", data)["Location"] == "/admin/jobs/"
    client.logout()
    assert client.post(f"{URL}?next=https://evil.example/", data)["Location"] != "https://evil.example/"


@pytest.mark.parametrize(
    ("behind_proxy", "forwarded", "address"),
    [
        (False, "198.51.100.9", "192.0.2.1"),
        (True, "198.51.100.9", "198.51.100.9"),
        (True, "10.0.0.1, 198.51.100.9", "198.51.100.9"),
        (True, "", "192.0.2.1"),
    ],
)
def test_tries_count_for_whom_the_trusted_proxy_saw(
    settings: Any, behind_proxy: bool, forwarded: str, address: str
) -> None:
    settings.BEHIND_PROXY = behind_proxy
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert visitors_address(request) == address
