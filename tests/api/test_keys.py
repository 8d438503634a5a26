"""Who gets into the API, and how it refuses."""

from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from django_ratelimit.exceptions import Ratelimited

from ecommerce_ai.api.keys import count_call
from ecommerce_ai.api.models import ApiKey
from ecommerce_ai.api.services import create_key, key_of, revoke_key
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def problem(response: Any) -> dict[str, Any]:
    assert response["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body["status"] == response.status_code
    return body


def test_a_key_is_kept_as_a_hash_and_opens_until_it_is_withdrawn() -> None:
    key, secret = create_key("till", scopes=["read"])
    assert secret not in [str(value) for value in vars(key).values()]
    assert key_of(secret) == key
    assert key_of(secret[:-1]) is None
    revoke_key(key)
    assert key_of(secret) is None


def test_the_office_shows_a_new_key_once(client: Client) -> None:
    client.force_login(make_user(role="merchant"))
    form = {"name": "till", "scopes": ["write"]}
    page = client.post(reverse("admin:api_apikey_add"), form, follow=True).content.decode()
    key = ApiKey.objects.get()
    secret = page[page.index("eai_") :].partition("<")[0].strip()
    assert key_of(secret) == key
    assert secret not in client.get(reverse("admin:api_apikey_changelist")).content.decode()
    assert client.get(reverse("admin:api_apikey_change", args=[key.pk])).status_code == 200
    data = {"action": "revoke", "_selected_action": [key.pk]}
    client.post(reverse("admin:api_apikey_changelist"), data)
    assert key_of(secret) is None


@pytest.mark.parametrize("headers", [{}, {"X-API-Key": "eai_guessed"}])
def test_without_a_valid_key_it_answers_401(client: Client, headers: dict[str, str]) -> None:
    response = client.post("/api/v1/events", {}, content_type="application/json", headers=headers)
    assert problem(response)["title"] == "No valid key"
    assert response.status_code == 401


def test_a_key_without_the_scope_is_refused(client: Client) -> None:
    _, secret = create_key("reader", scopes=["read"])
    response = client.post(
        "/api/v1/events", {}, content_type="application/json", headers={"X-API-Key": secret}
    )
    assert "write" in problem(response)["detail"]
    assert response.status_code == 403


@override_settings(API_RATE="2/m")
def test_a_key_that_asks_too_often_waits(client: Client) -> None:
    _, secret = create_key("busy", scopes=["admin"])
    answers = [
        client.post("/api/v1/events", [], content_type="application/json", headers={"X-API-Key": secret})
        for _ in range(3)
    ]
    assert [answer.status_code for answer in answers][2] == 429
    assert answers[2]["Retry-After"] == "60"


@override_settings(API_RATE="250/d")
def test_calls_are_granted_in_shares_and_in_all_as_many_as_the_rate_says() -> None:
    key, _ = create_key("busy", scopes=["read"])
    for _ in range(250):
        count_call(key)
    with pytest.raises(Ratelimited):
        count_call(key)


@override_settings(KEPT_S=60.0)
def test_a_key_is_asked_for_once_in_a_while_and_withdrawn_at_once(django_assert_num_queries: Any) -> None:
    key, secret = create_key("till", scopes=["read"])
    assert key_of(secret) == key
    with django_assert_num_queries(0):
        assert key_of(secret) == key
    revoke_key(key)
    assert key_of(secret) is None


def test_an_address_that_leads_nowhere_is_a_problem_document(client: Client) -> None:
    assert problem(client.get("/api/v1/nowhere"))["detail"] == "There is nothing at /api/v1/nowhere."


def test_the_reference_names_every_operation(client: Client) -> None:
    schema = client.get("/api/v1/openapi.json").json()
    assert schema["openapi"].startswith("3.")
    response = client.get("/api/v1/docs")
    assert all(path in response.content.decode() for path in schema["paths"])
    assert "unsafe" not in response["Content-Security-Policy"]
