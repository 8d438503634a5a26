"""Lists over HTTP: the shape that other programs rely on."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from ecommerce_ai.api.services import create_key
from ecommerce_ai.shop.models import Customer, Product
from recommendations.models import Refusal
from recommendations.services import drain_impressions
from tests.factories import make_customer, make_event, make_product

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/recommendations"
Ask = Callable[..., Any]


@pytest.fixture
def client() -> Client:
    _, secret = create_key("A shop", scopes=["read", "write"])
    return Client(headers={"X-API-Key": secret})


@pytest.fixture
def shop() -> list[Product]:
    return [make_product() for _ in range(5)]


@pytest.fixture
def customer(shop: list[Product]) -> Customer:
    customer = make_customer()
    make_event(customer=customer, product=shop[0])
    return customer


def test_each_item_has_sku_score_reasons_and_the_impression(client: Client, customer: Customer) -> None:
    query: dict[str, Any] = {"customer": customer.external_id, "limit": 3}
    answer = client.get(ADDRESS, query)
    items = answer.json()
    assert [set(item) for item in items] == [{"sku", "score", "reasons", "impression_id"}] * 3
    assert set(items[0]["reasons"][0]) == {"code", "text", "evidence", "subject"}
    assert len({item["impression_id"] for item in items}) == 1
    assert [str(key) for key in drain_impressions()] == [items[0]["impression_id"]]


@pytest.mark.parametrize(
    "slot", ["for_you", "trending", "email", "RELATED", "COMPLEMENTARY", "complete_basket"]
)
def test_every_place_has_a_list_for_everybody(client: Client, shop: list[Product], slot: str) -> None:
    for who in ({}, {"customer": "nobody"}, {"session": "a new visitor"}):
        query: dict[str, Any] = {"slot": slot, "sku": shop[0].sku, "limit": 4, **who}
        answer = client.get(ADDRESS, query)
        assert answer.status_code == 200
        assert len(answer.json()) == 4


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"slot": "RELATED"}, 422),
        ({"slot": "RELATED", "sku": "missing"}, 404),
        ({"slot": "nowhere"}, 422),
        ({"limit": 0}, 422),
        ({"limit": 1000}, 422),
    ],
)
def test_what_cannot_be_answered_is_a_problem_document(
    client: Client, query: dict[str, Any], status: int
) -> None:
    answer = client.get(ADDRESS, query)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")


def test_without_a_key_nothing_is_told(shop: list[Product]) -> None:
    assert Client().get(ADDRESS).status_code == 401


def test_a_refusal_by_program_holds_with_the_next_list(
    client: Client, customer: Customer, shop: list[Product]
) -> None:
    who = {"customer": str(customer.external_id)}
    body = {**who, "sku": shop[3].sku}
    assert client.post(f"{ADDRESS}/refusals", body, content_type="application/json").status_code == 204
    assert shop[3].sku not in [item["sku"] for item in client.get(ADDRESS, who).json()]
    wrong = {**who, "code": "popular"}
    assert client.post(f"{ADDRESS}/refusals", wrong, content_type="application/json").status_code == 422
    assert Refusal.objects.count() == 1
