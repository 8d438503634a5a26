"""The script for pages of other shops, and what it asks for."""

import gzip
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from ecommerce_ai.shop.models import Product
from tests.factories import make_category, make_customer, make_event, make_product

pytestmark = pytest.mark.django_db

FOLDER = Path(settings.BASE_DIR) / "static" / "widgets"


@pytest.fixture
def shop() -> list[Product]:
    shelf = make_category(name="Cups")
    chinese = {"zh-hans": {"title": "茶杯"}}
    return [make_product(category=shelf, title="Tea cup", translations=chinese) for _ in range(5)]


def test_the_script_is_under_three_kilobytes_and_sets_no_cookie() -> None:
    script = (FOLDER / "recommend.js").read_bytes()
    assert len(gzip.compress(script)) < 3000
    assert b"cookie =" not in script
    assert b'credentials: "omit"' in script


def test_a_page_of_another_shop_gets_a_list_without_cookies(client: Client, shop: list[Product]) -> None:
    query: dict[str, Any] = {"sku": shop[0].sku, "limit": 3, "language": "zh"}
    answer = client.get("/widgets/similar", query)
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies
    items = answer.json()["items"]
    assert len(items) == 3
    assert shop[0].sku not in [item["sku"] for item in items]
    assert items[0]["title"] == "茶杯"
    assert items[0]["url"].startswith("http://testserver/zh-hans/products/")


def test_only_who_is_remembered_gets_a_list_of_their_own(client: Client, shop: list[Product]) -> None:
    visitor = uuid.uuid4()
    make_event(customer=make_customer(visitor_id=visitor), product=shop[0])
    for session in ("", "somebody else", "\x00"):
        reasons = [
            item["reason"] for item in client.get("/widgets/for_you", {"session": session}).json()["items"]
        ]
        assert set(reasons) == {"New in the shop"}
    assert client.get("/widgets/for_you", {"session": str(visitor)}).status_code == 200


@pytest.mark.parametrize("address", ["/widgets/email", "/widgets/nothing", "/widgets/for_you/more"])
def test_other_places_do_not_exist(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("limit", ["0", "-1", "x", "9" * 30, "٣"])
def test_a_strange_limit_breaks_nothing(client: Client, shop: list[Product], limit: str) -> None:
    assert client.get("/widgets/trending", {"limit": limit}).status_code == 200
