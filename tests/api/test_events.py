"""What other programs tell about shoppers."""

import json
import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ecommerce_ai.api.services import create_key
from ecommerce_ai.privacy.services import change_consent
from ecommerce_ai.shop.models import Customer, Event
from ecommerce_ai.shop.selectors import live_actions
from tests.factories import make_customer, make_product

pytestmark = pytest.mark.django_db
VISITOR = "8b1f0a52-2f64-4b7e-9d0f-3d6f0c1f7a11"


@pytest.fixture
def send(client: Client) -> Any:
    _, secret = create_key("till", scopes=["write"])

    def post(body: Any) -> Any:
        data = body if isinstance(body, str | bytes) else json.dumps(body)
        return client.post(
            "/api/v1/events", data, content_type="application/json", headers={"X-API-Key": secret}
        )

    return post


def view(sku: str, **fields: Any) -> dict[str, Any]:
    return {"event_id": str(uuid.uuid4()), "name": "view_item", "sku": sku, "visitor_id": VISITOR, **fields}


def test_a_thousand_events_are_kept_once(send: Any) -> None:
    mug = make_product()
    batch = [view(mug.sku, visitor_id=f"v{number % 40}") for number in range(1000)]
    assert send(batch).json() == {
        "received": 1000, "created": 1000, "known": 0, "withheld": 0, "rejected": []
    }  # fmt: skip
    assert send(batch).json()["known"] == 1000
    assert (Event.objects.count(), Customer.objects.count()) == (1000, 40)


def test_one_event_more_is_refused_and_nothing_is_kept(send: Any) -> None:
    response = send([view("x")] * 1001)
    assert (response.status_code, Event.objects.count()) == (413, 0)


def test_the_next_page_of_the_visitor_knows(send: Any, client: Client) -> None:
    mug = make_product(title="Harbour Mug")
    visitor = client.get("/").cookies["visitor"].value.partition(":")[0]
    send(view(mug.sku, visitor_id=visitor))
    recent = client.get("/").context["page"].recent
    assert [card.product for card in recent] == [mug]
    event = Event.objects.get()
    assert [action.product_id for action in live_actions(event.customer)] == [mug.pk]
    assert event.session_id


def test_good_events_are_kept_beside_bad_ones_that_are_named(send: Any) -> None:
    body = [view("x"), {"name": "horoscope"}, view("x", value="-3"), "text", view("x", occurred_at="when")]
    answer = send(body).json()
    assert (answer["created"], [each["index"] for each in answer["rejected"]]) == (1, [1, 2, 3, 4])
    assert [each["field"] for each in answer["rejected"]] == ["name", "value", "", "occurred_at"]
    response = send([{"name": "horoscope"}])
    assert (response.status_code, response.json()["errors"][0]["field"]) == (422, "name")


def test_a_body_of_ga4_becomes_an_event_for_each_item(send: Any) -> None:
    items = [{"item_id": "A", "price": 5, "quantity": 2}, {"item_id": "B", "price": 1}]
    event = {"name": "purchase", "params": {"currency": "EUR", "items": items}}
    assert send({"client_id": "v-1", "user_id": "C7", "events": [event]}).json()["created"] == 2
    assert sorted(str(each.value) for each in Event.objects.all()) == ["1.00", "10.00"]
    assert Customer.objects.get(external_id="C7").events.count() == 2


def test_who_does_not_want_visits_to_be_kept_leaves_none(send: Any) -> None:
    shy = make_customer(external_id="C1", visitor_id=VISITOR)
    change_consent(shy, purpose="analytics", is_granted=False, source="shopper")
    answer = send([view("x"), view("x", customer_id="C1", visitor_id=""), view("x", visitor_id="other")])
    assert (answer.json()["withheld"], answer.json()["created"]) == (2, 1)
    assert not shy.events.exists()
    assert live_actions(shy) == []


@pytest.mark.parametrize(
    "body",
    [
        "", "null", "3", '"x"', "{", "[[[]]]", '{"events": 3}', "[" * 3000, '{"name": NaN}',
        '{"events": [{"name": "search", "params": 5}]}', '{"events": [null]}', b"\xff\xfe",
        '{"name": "view_item", "sku": {"a": 1e400}, "occurred_at": "9999-12-31"}',
    ],
)  # fmt: skip
def test_hostile_bodies_get_a_clear_refusal(send: Any, body: str | bytes) -> None:
    response = send(body)
    assert (response.status_code in (400, 422), Event.objects.count()) == (True, 0)
    assert response["Content-Type"] == "application/problem+json"


def test_letters_that_no_database_holds_are_left_out(send: Any) -> None:
    text = "a\\u0000b\\ud800c"
    body = f'{{"name": "search", "search_term": "{text}", "properties": {{"{text}": ["{text}"]}}}}'
    assert send(body).json()["created"] == 1
    event = Event.objects.get()
    assert (event.search_term, event.properties) == ("abc", {"abc": ["abc"]})


def test_a_clock_that_is_ahead_is_put_right(send: Any) -> None:
    send(view("x", occurred_at="2099-01-01T00:00:00Z"))
    event = Event.objects.get()
    assert event.occurred_at <= timezone.now()
