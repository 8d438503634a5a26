"""What holds for each page: it answers, in both languages, whatever stands in the address."""

import pytest
from django.test import Client

from tests.storefront.conftest import Shop

PAGES = [
    "/",
    "/shelves/kitchen/",
    "/shelves/kitchen/mugs/",
    "/search/",
    "/search/?q=mug",
    "/cart/",
    "/account/log-in/",
    "/account/sign-up/",
]
HOSTILE = [
    "x" * 10_000,
    "\x00",
    "mug\x00' OR 1=1 --",
    "🧣🫖 👩‍👩‍👧",
    "\u202eגוד מורנינג\u202c",
    "%s %(x)s {{ 7*7 }} {% now %}",
    "<script>alert(1)</script>",
    "-1e309",
    "NaN-Infinity",
]
PARAMETERS = ["q", "page", "brand", "colour", "price", "sort", "in_stock", "reviews", "next"]


@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
@pytest.mark.parametrize("page", PAGES)
def test_answers(client: Client, shop: Shop, page: str, prefix: str) -> None:
    response = client.get(f"{prefix}{page}")
    assert response.status_code == 200
    assert f'lang="{"zh-hans" if prefix else "en"}"' in response.content.decode()


@pytest.mark.parametrize("value", HOSTILE)
def test_stands_hostile_parameters(client: Client, shop: Shop, value: str) -> None:
    for page in ("/search/", "/search/suggestions/", "/shelves/kitchen/", f"/products/{shop.mug.pk}/"):
        response = client.get(page, dict.fromkeys(PARAMETERS, value))
        assert response.status_code == 200
        assert b"<script>alert" not in response.content


@pytest.mark.parametrize(
    "address",
    [
        "/nowhere/",
        "/shelves/no-such-shelf/",
        "/products/999999/",
        "/products/99999999999999999999999/",
        "/checkout/done/NOPE/",
        "/pictures/320/../../etc/passwd",
        "/pictures/320/%2e%2e/%2e%2e/etc/passwd.png",
        "/pictures/12345/x.png",
        "/pictures/320/a%00b.png",
    ],
)
def test_what_is_not_there_is_a_404_page(client: Client, shop: Shop, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404


@pytest.mark.parametrize("address", ["/cart/add", "/cart/change", "/account/log-out/", "/theme/"])
def test_changes_only_by_post(client: Client, shop: Shop, address: str) -> None:
    assert client.get(address).status_code == 405


@pytest.mark.parametrize(
    "address", ["/cart/add", "/cart/change", "/account/log-out/", "/theme/", "/account/log-in/"]
)
def test_refuses_forms_of_other_sites(shop: Shop, address: str) -> None:
    response = Client(enforce_csrf_checks=True).post(address, {"product": shop.mug.pk})
    assert response.status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_has_nothing_inline(client: Client, shop: Shop, page: str) -> None:
    response = client.get(page)
    html = response.content.decode()
    assert " style=" not in html
    assert "<style" not in html
    assert " onclick=" not in html
    assert "unsafe-inline" not in response["Content-Security-Policy"]
    assert all(part.lstrip().startswith("src=") for part in html.split("<script")[1:])
