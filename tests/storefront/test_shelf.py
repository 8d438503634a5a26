from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from ecommerce_ai.shop.models import Event
from tests.factories import make_category, make_product, make_review
from tests.storefront.conftest import Shop

Check = Callable[[Callable[[], object], Callable[[], object]], None]


def titles(client: Client, query: str = "", shelf: str = "kitchen") -> list[str]:
    page = client.get(f"/shelves/{shelf}/{query}").context["listing"]
    return [card.product.title for card in page.cards]


def facet(client: Client, name: str, query: str = "", prefix: str = "") -> dict[str, int]:
    listing = client.get(f"{prefix}/shelves/kitchen/{query}").context["listing"]
    found = [facet for facet in listing.facets if facet.name == name]
    return {value.label: value.count for facet in found for value in facet.values}


def test_holds_its_goods_and_those_of_the_shelves_below(client: Client, shop: Shop) -> None:
    assert set(titles(client)) == {"Harbour Mug", "Rice Bowl", "Tea Bowl"}
    assert set(titles(client, shelf="kitchen/mugs")) == {"Harbour Mug", "Tea Bowl"}


def test_does_not_hold_what_is_not_for_sale(client: Client, shop: Shop) -> None:
    make_product(title="Secret", category=shop.kitchen, is_live=False)
    assert "Secret" not in titles(client)


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("?brand=Tidewater", {"Harbour Mug"}),
        ("?brand=Tidewater&brand=Ashdown", {"Harbour Mug", "Rice Bowl"}),
        ("?colour=oat", {"Rice Bowl"}),
        ("?colour=oat&brand=Tidewater", set()),
        ("?price=20-30", {"Rice Bowl"}),
        ("?price=-20", {"Harbour Mug"}),
        ("?price=24.50-", {"Rice Bowl", "Tea Bowl"}),
        ("?in_stock=1", {"Harbour Mug", "Rice Bowl"}),
        ("?price=cheap&in_stock=yes&sort=sideways", {"Harbour Mug", "Rice Bowl", "Tea Bowl"}),
    ],
)
def test_is_narrowed_by_its_address(client: Client, shop: Shop, query: str, left: set[str]) -> None:
    assert set(titles(client, query)) == left


def test_is_sorted_by_its_address(client: Client, shop: Shop) -> None:
    assert titles(client, "?sort=price") == ["Harbour Mug", "Rice Bowl", "Tea Bowl"]
    assert titles(client, "?sort=-price") == ["Tea Bowl", "Rice Bowl", "Harbour Mug"]


def test_a_facet_counts_under_the_other_choices(client: Client, shop: Shop) -> None:
    assert facet(client, "colour") == {"Oat": 1, "Sea": 1}
    assert facet(client, "brand", "?colour=oat") == {}  # one brand left: nothing to choose
    assert facet(client, "colour", "?colour=oat") == {"Oat": 1, "Sea": 1}


def test_facets_speak_the_readers_language(client: Client, shop: Shop) -> None:
    assert facet(client, "colour", prefix="/zh-hans") == {"Oat": 1, "海蓝": 1}


def test_price_bands_are_round_and_hold_everything(client: Client, shop: Shop) -> None:
    for price in ("5", "9", "48", "52", "130"):
        make_product(category=shop.kitchen, price=Decimal(price))
    bands = facet(client, "price")
    assert sum(bands.values()) == 8
    assert next(iter(bands)).startswith("Under £")


def test_pages_hold_24_and_keep_the_choices(client: Client, shop: Shop) -> None:
    for _ in range(30):
        make_product(category=shop.kitchen, brand="Ashdown")
    assert len(titles(client, "?brand=Ashdown")) == 24
    assert len(titles(client, "?brand=Ashdown&page=2")) == 7
    assert len(titles(client, "?brand=Ashdown&page=999")) == 7
    assert "?brand=Ashdown&amp;page=2" in client.get("/shelves/kitchen/?brand=Ashdown").content.decode()


def test_an_empty_shelf_says_where_to_go(client: Client, shop: Shop) -> None:
    make_category(name="Bare", slug="bare")
    assert "This shelf is empty at the moment" in client.get("/shelves/bare/").content.decode()


def test_choices_that_leave_nothing_offer_the_way_back(client: Client, shop: Shop) -> None:
    html = client.get("/shelves/kitchen/?colour=oat&brand=Tidewater").content.decode()
    assert "Nothing is left" in html
    assert "?colour=oat" in html  # the chip that takes the brand away


def test_is_remembered_as_looked_at(client: Client, shop: Shop) -> None:
    client.get("/shelves/kitchen/mugs/")
    event = Event.objects.get()
    assert (event.name, event.properties) == ("view_item_list", {"item_list_id": "kitchen/mugs"})


def test_strange_attributes_do_no_harm(client: Client, shop: Shop) -> None:
    make_product(category=shop.kitchen, attributes=["a", "list"])
    make_product(category=shop.kitchen, attributes={"colour": ["red", "blue"], "size": None})
    assert client.get("/shelves/kitchen/").status_code == 200


def test_queries_do_not_grow(client: Client, shop: Shop, assert_queries_do_not_grow: Check) -> None:
    def grow() -> None:
        make_review(product=make_product(category=shop.mugs, brand="New", attributes={"colour": "rust"}))

    client.get("/shelves/kitchen/")
    assert_queries_do_not_grow(lambda: client.get("/shelves/kitchen/"), grow)


def test_a_list_of_values_counts_and_narrows_by_each(client: Client, shop: Shop) -> None:
    make_product(
        title="Two-tone Jug",
        category=shop.kitchen,
        attributes={"colour": ["sea", "rust"], "size": []},
        translations={"zh-hans": {"attributes": {"colour": ["海蓝", "锈红"]}}},
    )
    assert facet(client, "colour") == {"Oat": 1, "Rust": 1, "Sea": 2}
    assert facet(client, "colour", prefix="/zh-hans") == {"Oat": 1, "海蓝": 2, "锈红": 1}
    assert set(titles(client, "?colour=rust&colour=oat")) == {"Rice Bowl", "Two-tone Jug"}


def test_facets_are_the_attributes_that_tell_these_goods_apart(client: Client, shop: Shop) -> None:
    for number in range(20):
        told = {"finish": ["matt", "glossy"][number % 2], "code": f"X{number}", "origin": "Wales"}
        make_product(category=shop.kitchen, attributes=told | ({"rare": "yes"} if number == 3 else {}))
    names = [facet.name for facet in client.get("/shelves/kitchen/").context["listing"].facets]
    assert "finish" in names
    assert not {"code", "origin", "rare"} & set(names)  # all differ, all agree, only one has it
    assert facet(client, "finish", "?origin=Wales") == {"Glossy": 10, "Matt": 10}
    assert len(titles(client, "?finish=matt")) == 10
