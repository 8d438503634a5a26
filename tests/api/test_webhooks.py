"""Signed requests of another shop system, in Shopify's shape."""

import base64
import hashlib
import hmac
import json
from typing import Any

import pytest
from django.test import Client

from ecommerce_ai.privacy import tasks as tasks  # registers them: jobs run at once
from ecommerce_ai.privacy.models import ErasureRequest, ExportRequest
from ecommerce_ai.shop.models import Customer, Order
from tests.factories import make_customer, make_order, make_user

pytestmark = pytest.mark.django_db
SECRET = "hush"


@pytest.fixture(autouse=True)
def secret(settings: Any) -> None:
    settings.PRIVACY_WEBHOOK_SECRET = SECRET
    settings.PRIVACY_SHOP_DOMAIN = "larkmere.example"


def sign(body: str, secret: str = SECRET) -> str:
    return base64.b64encode(hmac.new(secret.encode(), body.encode(), hashlib.sha256).digest()).decode()


def send(client: Client, topic: str, content: Any, *, signature: str | None = None) -> Any:
    body = json.dumps(content)
    headers = {"X-Shopify-Hmac-Sha256": sign(body) if signature is None else signature}
    return client.post(f"/api/v1/webhooks/{topic}", body, content_type="application/json", headers=headers)


def about(customer: Customer) -> dict[str, Any]:
    return {"shop_domain": "larkmere.example", "customer": {"id": customer.external_id, "email": ""}}


@pytest.mark.parametrize("signature", ["", "AAAA", "ünicode"])
def test_without_the_right_signature_nothing_happens(client: Client, signature: str) -> None:
    customer = make_customer()
    assert send(client, "customers/redact", about(customer), signature=signature).status_code == 401
    other = sign(json.dumps(about(customer)), "another secret")
    assert send(client, "customers/redact", about(customer), signature=other).status_code == 401
    assert not ErasureRequest.objects.exists()


def test_a_signature_fits_one_body(client: Client) -> None:
    victim, customer = make_customer(), make_customer()
    taken = sign(json.dumps(about(customer)))
    assert send(client, "customers/redact", about(victim), signature=taken).status_code == 401
    assert not ErasureRequest.objects.exists()


def test_without_a_secret_nobody_is_believed(client: Client, settings: Any) -> None:
    settings.PRIVACY_WEBHOOK_SECRET = ""
    body = about(make_customer())
    assert send(client, "customers/redact", body, signature=sign(json.dumps(body), "")).status_code == 401


def test_a_customer_is_redacted_once_and_the_books_stay(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    customer, _bystander = make_customer(name="Ada Lovelace"), make_customer()
    order = make_order(customer=customer, shipping_name="Ada Lovelace")
    content = about(customer)
    with django_capture_on_commit_callbacks():
        assert send(client, "customers/redact", content).json() == {"is_new": True}
    request = ErasureRequest.objects.get()
    assert (request.customer, request.proved_by, request.status) == (customer, "signature", "confirmed")
    assert send(client, "customers/redact", content).json() == {"is_new": False}
    assert ErasureRequest.objects.count() == 1
    assert (Order.objects.get(), Customer.objects.count()) == (order, 2)


def test_a_copy_is_made_for_whom_the_address_names(client: Client) -> None:
    customer = make_customer(email="ada@shop.example")
    content = {"customer": {"id": 99, "email": "Ada@Shop.example"}, "data_request": {"id": 7}}
    assert send(client, "customers/data_request", content).status_code == 200
    assert ExportRequest.objects.get().customer == customer


def test_staff_is_not_redacted_by_another_system(client: Client) -> None:
    content = about(make_customer(user=make_user(role="merchant")))
    assert send(client, "customers/redact", content).status_code == 409
    assert not ErasureRequest.objects.exists()


def test_a_shop_is_redacted_only_by_its_own_name(client: Client) -> None:
    assert send(client, "shop/redact", {"shop_domain": "other.example"}).status_code == 422
    assert send(client, "shop/redact", {"shop_domain": "larkmere.example"}).status_code == 200


@pytest.mark.parametrize("content", [[], 3, {"customer": [1]}, {"customer": None}])
def test_strange_contents_redact_nobody(client: Client, content: Any) -> None:
    assert send(client, "customers/redact", content).status_code in (200, 400)
    assert not ErasureRequest.objects.exists()
    assert send(client, "customers/unknown", {}).status_code == 404
