"""What a page's own script tells."""

import json
import uuid
from typing import Any

import pytest
from django.test import Client, override_settings

from ecommerce_ai.privacy.services import change_consent
from ecommerce_ai.shop.models import Customer, Event
from ecommerce_ai.shop.selectors import live_actions
from tests.storefront.conftest import Shop

OTHER_SHOP = "https://other.example"


def tell(client: Client, events: Any, *, origin: str = "http://testserver", **head: Any) -> Any:
    body = json.dumps({"events": events, **head})
    return client.post("/collect", body, content_type="text/plain", headers={"origin": origin})


def look(shop: Shop, **fields: Any) -> dict[str, Any]:
    return {"event_id": str(uuid.uuid4()), "name": "view_item", "sku": shop.mug.sku, **fields}


def test_it_is_kept_once_under_the_cookie_whatever_the_page_says_who_it_is(shop: Shop) -> None:
    client, event = Client(enforce_csrf_checks=True), look(shop)
    client.get("/")
    answers = [tell(client, [event], visitor_id=str(uuid.uuid4())) for _ in "ab"]
    assert [answer.status_code for answer in answers] == [204, 204]
    kept = Event.objects.get()
    assert kept.customer
    visitor = client.cookies["visitor"].value.partition(":")[0]
    assert (kept.product, str(kept.customer.visitor_id)) == (shop.mug, visitor)
    assert [action.product_id for action in live_actions(kept.customer)] == [shop.mug.pk]


def test_a_page_cannot_say_that_somebody_bought(client: Client, shop: Shop) -> None:
    assert tell(client, [look(shop, name="purchase", value="9000", currency="GBP")]).status_code == 204
    assert not Event.objects.exists()


def test_who_refused_it_leaves_no_trace(client: Client, shop: Shop) -> None:
    client.get(f"/products/{shop.mug.pk}/")
    change_consent(Customer.objects.get(), purpose="analytics", is_granted=False, source="notice")
    tell(client, [look(shop)])
    client.get(f"/products/{shop.mug.pk}/")
    assert Event.objects.count() == 1


def test_robots_leave_no_trace(shop: Shop) -> None:
    tell(Client(headers={"user-agent": "Googlebot/2.1"}), [look(shop)])
    assert not Event.objects.exists()


def test_another_site_is_refused_unless_the_shop_named_it(client: Client, shop: Shop) -> None:
    assert tell(client, [look(shop)], origin=OTHER_SHOP).status_code == 403
    assert not Event.objects.exists()


@override_settings(COLLECT_ORIGINS=[OTHER_SHOP])
def test_a_named_shop_tells_of_visitors_who_agreed_and_namelessly_of_others(
    client: Client, shop: Shop
) -> None:
    visitor = uuid.uuid4()
    tell(client, [look(shop)], origin=OTHER_SHOP, visitor_id=str(visitor))
    response = tell(client, [look(shop)], origin=OTHER_SHOP, visitor_id="")
    assert response["Access-Control-Allow-Origin"] == OTHER_SHOP
    assert {each.customer and each.customer.visitor_id for each in Event.objects.all()} == {visitor, None}


@pytest.mark.parametrize("body", [b"", b"{", b"[3]" * 9, b"\xff", b"[" * 2000, b'["' + b"x" * 70_000 + b'"]'])
def test_hostile_beacons_get_a_clear_refusal(client: Client, shop: Shop, body: bytes) -> None:
    response = client.post("/collect", body, content_type="text/plain")
    assert response.status_code == 400
    assert tell(client, [look(shop)] * 51).status_code == 400
    assert not Event.objects.exists()
