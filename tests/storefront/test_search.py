import os
from collections.abc import Callable
from decimal import Decimal
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, given, settings

from ecommerce_ai.shop.models import Event
from recommendations.models import Synonym
from recommendations.selectors import SearchSettings, search_version
from recommendations.services import count_words, index_products
from tests.factories import make_product
from tests.storefront.conftest import Shop
from tests.typed import TYPED

Check = Callable[[Callable[[], object], Callable[[], object]], None]


@pytest.fixture
def shop(shop: Shop) -> Shop:
    """The small shop, with its words indexed."""
    index_products()
    count_words()
    return shop


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
    client.get("/search/", {"q": "mu"}, headers={"HX-Request": "true", "HX-Target": "found"})
    client.get("/search/", {"q": "  mug  "})
    event = Event.objects.get()
    assert (event.name, event.search_term) == ("search", "mug")


def test_words_typed_one_by_one_are_a_search_once_they_stay(client: Client, shop: Shop) -> None:
    typing = {"HX-Request": "true", "HX-Target": "found"}
    page = client.get("/search/", {"q": "mug"}, headers=typing)
    client.post("/search/settled/", {"seal": page.context["seal"] + "x"})  # forged
    assert not Event.objects.exists()
    client.post("/search/settled/", {"seal": page.context["seal"]})
    event = Event.objects.get()
    assert (event.name, event.search_term, event.properties["shown"]) == ("search", "mug", [shop.mug.pk])


def test_a_second_look_at_the_results_is_no_new_search(client: Client, shop: Shop) -> None:
    for query in ({}, {"colour": "sea"}, {"page": "2"}, {"drop": "price:-20"}):
        client.get("/search/", {"q": "mug", **query})
    assert list(Event.objects.order_by("id").values_list("name", flat=True)) == [
        "search",
        "view_search_results",
        "view_search_results",
        "view_search_results",
    ]


def test_a_search_is_remembered_with_what_decided_it_and_the_shoppers_bucket(
    client: Client, shop: Shop
) -> None:
    client.get("/")  # the first page makes them a visitor
    client.get(f"/products/{shop.mug.pk}/")
    Event.objects.all().delete()
    for query in ("mug", "bowl"):
        client.get("/search/", {"q": query})
    Synonym.objects.create(words="beaker", means="mug", is_live=True)
    client.get("/search/", {"q": "beaker"})
    told = list(Event.objects.order_by("id").values_list("properties__settings", "properties__bucket"))
    assert told[0] == told[1]
    assert told[2] == (search_version(), told[0][1])
    assert told[0][0] != told[2][0] != search_version(SearchSettings(taste=0.0))


def test_an_address_that_names_no_attribute_narrows_nothing(client: Client, shop: Shop) -> None:
    for strange in ("utm_source", "from", "a b", "size"):
        page = client.get("/search/", {"q": "mug", strange: "mail"})
        assert [card.product for card in page.context["listing"].cards] == [shop.mug]
    assert set(Event.objects.values_list("name", flat=True)) == {"search"}


def test_suggests_shelves_and_products(client: Client, shop: Shop) -> None:
    html = client.get("/search/suggestions/", {"q": "mug"}).content.decode()
    assert "/shelves/kitchen/mugs/" in html
    assert "Harbour <mark>Mug</mark>" in html
    assert (
        "海港<mark>马克</mark>杯"
        in client.get("/zh-hans/search/suggestions/", {"q": "马克"}).content.decode()
    )


def test_suggestions_read_wildcards_as_letters(client: Client, shop: Shop) -> None:
    assert "Harbour" not in client.get("/search/suggestions/", {"q": "%%"}).content.decode()


def test_queries_do_not_grow(client: Client, shop: Shop, assert_queries_do_not_grow: Check) -> None:
    client.get("/search/", {"q": "马克杯"})
    assert_queries_do_not_grow(
        lambda: client.get("/search/", {"q": "马克杯"}),
        lambda: make_product(translations={"zh-hans": {"title": "早餐马克杯"}}),
    )


def test_a_repaired_word_can_be_taken_as_it_was_typed(client: Client, shop: Shop) -> None:
    make_product(title="Candle")
    index_products()
    count_words()
    page = client.get("/search/", {"q": "candel"})
    assert page.context["listing"].cards[0].product.title == "Candle"
    assert "?q=candel&amp;as_typed=1" in page.content.decode()
    assert client.get("/search/", {"q": "candel", "as_typed": "1"}).context["page"].results.did_you_mean == ""


def test_narrowing_keeps_what_else_the_address_says(client: Client, shop: Shop) -> None:
    address = {"q": "mug", "as_typed": "1", "personal": "off", "colour": "sea"}
    html = client.get("/search/", address).content.decode()
    assert '<input type="hidden" name="as_typed" value="1">' in html
    assert "?q=mug&amp;as_typed=1&amp;personal=off" in html  # the way back to everything


def test_a_condition_in_the_words_is_a_chip_that_can_be_taken_away(client: Client, shop: Shop) -> None:
    make_product(title="Small Bowl", price=Decimal("9.00"))
    index_products()
    page = client.get("/search/", {"q": "bowl under 20"})
    assert shop.bowl not in [card.product for card in page.context["listing"].cards]
    assert "Under £20" in page.content.decode()
    assert "?q=bowl+under+20&amp;drop=price%3A-20" in page.content.decode()
    page = client.get("/search/", {"q": "bowl under 20", "drop": "price:-20"})
    assert shop.bowl in [card.product for card in page.context["listing"].cards]
    assert "Under £20" not in page.content.decode()


def test_says_which_conditions_nothing_met(client: Client, shop: Shop) -> None:
    page = client.get("/search/", {"q": "mug under 2"})
    assert [card.product for card in page.context["listing"].cards] == [shop.mug]
    assert "These are shown without:" in page.content.decode()
    assert "<strong>Under £2</strong>" in page.content.decode()


HOSTILE = [
    "x" * 10_000,
    "\x00\x01\x1b[31m\r\n",
    "'; DROP TABLE shop_product; --",
    "a & | ! <-> (b:*",
    "🧣🔥" * 40,
    "\u202eكوب\u202c עברית",
    "the and of to",
    "%_\\%",
    "<script>alert(1)</script>",
    "{{ 7|add:7 }}",
    "\ud83d",
]


# HOSTILE_QUERIES=1000 asks as many in one go, and each within a second.
ASKED = int(os.environ.get("HOSTILE_QUERIES", "20"))


@settings(
    max_examples=ASKED,
    deadline=1000 if ASKED >= 1000 else None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(TYPED)
def test_every_page_of_results_is_an_answer(client: Client, shop: Shop, query: str) -> None:
    cache.clear()  # nobody types this much in a minute
    page = client.get("/search/", {"q": query})
    assert page.status_code in (200, 400)
    if page.status_code == 400:
        assert page.content


@pytest.mark.parametrize("path", ["/search/", "/search/suggestions/"])
def test_answers_whatever_is_typed(client: Client, shop: Shop, path: str) -> None:
    for query in HOSTILE:
        raw = quote(query.encode("utf-8", "surrogatepass"))
        response = client.get(f"{path}?q={raw}&page={raw[:100]}&price={raw[:100]}&drop={raw}&colour={raw}")
        assert response.status_code == 200
        assert b"<script>alert" not in response.content
