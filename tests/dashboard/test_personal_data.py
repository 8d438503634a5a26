"""Who a customer is stays with those who may see customers."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ecommerce_ai.shop.models import Order
from tests.factories import (
    make_customer,
    make_event,
    make_order,
    make_product,
    make_question,
    make_review,
    make_user,
)

pytestmark = pytest.mark.django_db

TELLING = [
    "Ada Lovelace",
    "ada@shop.example",
    "12 Analytical Row",
    "Turin",
    "10121",
    "ada-the-reviewer",
    "CUST-7",
]


@pytest.fixture
def facts() -> dict[str, Any]:
    ada = make_customer(name="Ada Lovelace", email="ada@shop.example", external_id="CUST-7")
    product = make_product()
    order = make_order(
        lines=[(product, 1)],
        customer=ada,
        email="ada@shop.example",
        shipping_name="Ada Lovelace",
        shipping_address="12 Analytical Row",
        shipping_city="Turin",
        shipping_postcode="10121",
    )
    return {
        "order": order,
        "event": make_event(customer=ada, product=product),
        "review": make_review(product=product, customer=ada, author_name="ada-the-reviewer"),
        "question": make_question(product=product, customer=ada),
    }


@pytest.fixture
def analyst(client: Client) -> Client:
    client.force_login(make_user(role="analyst"))
    return client


@pytest.mark.parametrize("model", ["order", "event", "review", "question"])
@pytest.mark.parametrize("page", ["changelist", "change"])
def test_an_analyst_sees_what_happened_and_not_to_whom(
    analyst: Client, facts: dict[str, Any], model: str, page: str
) -> None:
    arguments = [facts[model].pk] if page == "change" else []
    response = analyst.get(reverse(f"admin:shop_{model}_{page}", args=arguments))
    assert response.status_code == 200
    assert [word for word in TELLING if word in response.content.decode()] == []


def test_a_support_agent_sees_who_ordered(client: Client, facts: dict[str, Any]) -> None:
    client.force_login(make_user(role="support agent"))
    page = client.get(reverse("admin:shop_order_change", args=[facts["order"].pk])).content.decode()
    assert [word for word in TELLING[:5] if word not in page] == []


@pytest.mark.parametrize(
    "query",
    [
        "email=ada@shop.example",
        "email__startswith=a",
        "customer__id__exact=1",
        "customer__email__startswith=a",
        "shipping_postcode__startswith=1",
    ],
)
def test_an_analyst_cannot_ask_by_filters_in_the_address(
    analyst: Client, facts: dict[str, Any], query: str
) -> None:
    assert analyst.get(f"{reverse('admin:shop_order_changelist')}?{query}").status_code == 400


def test_an_analyst_searching_for_an_address_finds_nothing(analyst: Client, facts: dict[str, Any]) -> None:
    page = analyst.get(reverse("admin:shop_order_changelist"), {"q": "ada@shop.example"})
    assert list(page.context["cl"].result_list) == []
    by_number = analyst.get(reverse("admin:shop_order_changelist"), {"q": facts["order"].number})
    assert list(by_number.context["cl"].result_list) == [facts["order"]]


def test_an_analyst_exports_orders_without_buyers(analyst: Client, facts: dict[str, Any]) -> None:
    text = exported(analyst, facts["order"])
    assert facts["order"].number in text
    assert [word for word in TELLING if word in text] == []


def test_a_merchant_exports_orders_with_buyers(client: Client, facts: dict[str, Any]) -> None:
    client.force_login(make_user(role="merchant"))
    assert "CUST-7,ada@shop.example" in exported(client, facts["order"])


def test_an_analyst_cannot_look_customers_up_through_a_form(analyst: Client, facts: dict[str, Any]) -> None:
    query = {"app_label": "shop", "model_name": "order", "field_name": "customer", "term": "a"}
    assert analyst.get(reverse("admin:autocomplete"), query).status_code == 403


def exported(client: Client, order: Order) -> str:
    data = {"action": "export_csv", "_selected_action": [order.pk]}
    response = client.post(reverse("admin:shop_order_changelist"), data)
    return b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
