from collections.abc import Callable

from django.test import Client

from ecommerce_ai.shop.models import Event
from tests.factories import make_product
from tests.storefront.conftest import Shop

Check = Callable[[Callable[[], object], Callable[[], object]], None]


def test_finds_by_title(client: Client, shop: Shop) -> None:
    response = client.get("/search/", {"q": "Harbour Mug"})
    assert response.context["listing"].cards[0].product == shop.mug


def test_finds_chinese_titles(client: Client, shop: Shop) -> None:
    response = client.get("/zh-hans/search/", {"q": "马克杯"})
    assert response.context["listing"].cards[0].product == shop.mug


def test_says_when_it_went_by_words(client: Client, shop: Shop) -> None:
    html = client.get("/zh-hans/search/", {"q": "马克杯"}).content.decode()
    assert "“马克杯”" in html


def test_finding_nothing_helps_on(client: Client, shop: Shop) -> None:
    html = client.get("/zh-hans/search/", {"q": "飞机"}).content.decode()
    assert "飞机" in html
    assert "厨房" in html  # the shelves
    assert "饭碗" not in html


def test_is_narrowed_like_a_shelf(client: Client, shop: Shop) -> None:
    listing = client.get("/search/", {"q": "Harbour Mug", "colour": "oat"}).context["listing"]
    assert shop.mug not in [card.product for card in listing.cards]


def test_remembers_a_search_but_not_its_letters(client: Client, shop: Shop) -> None:
    client.get("/search/", {"q": "mu"}, headers={"HX-Request": "true"})
    client.get("/search/", {"q": "  mug  "})
    event = Event.objects.get()
    assert (event.name, event.search_term) == ("search", "mug")


def test_suggests_shelves_and_products(client: Client, shop: Shop) -> None:
    html = client.get("/search/suggestions/", {"q": "mug"}).content.decode()
    assert "/shelves/kitchen/mugs/" in html
    assert "Harbour Mug" in html
    assert "海港马克杯" in client.get("/zh-hans/search/suggestions/", {"q": "马克"}).content.decode()


def test_suggestions_read_wildcards_as_letters(client: Client, shop: Shop) -> None:
    assert "Harbour" not in client.get("/search/suggestions/", {"q": "%%"}).content.decode()


def test_queries_do_not_grow(client: Client, shop: Shop, assert_queries_do_not_grow: Check) -> None:
    client.get("/search/", {"q": "马克杯"})
    assert_queries_do_not_grow(
        lambda: client.get("/search/", {"q": "马克杯"}),
        lambda: make_product(translations={"zh-hans": {"title": "早餐马克杯"}}),
    )
