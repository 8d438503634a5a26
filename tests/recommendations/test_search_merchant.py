from decimal import Decimal

import pytest

from ecommerce_ai.shop.models import Product
from recommendations.models import SearchPin, Synonym
from recommendations.selectors import SearchOptions, SearchResults, search_products, suggestions
from recommendations.services import count_words, index_products
from tests.factories import make_product

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("encoder_is_away")]
PREVIEW = SearchOptions(with_drafts=True)


def titles(results: SearchResults) -> list[str]:
    return [item.product.title for item in results.items]


@pytest.fixture
def mugs() -> list[Product]:
    goods = [
        make_product(title=f"{colour.title()} mug", price=Decimal(price), attributes={"colour": colour})
        for colour, price in [("red", 8), ("blue", 18), ("green", 60)]
    ]
    index_products()
    count_words()
    return goods


@pytest.mark.usefixtures("mugs")
def test_a_price_and_a_colour_in_the_words_are_conditions_that_can_be_dropped() -> None:
    results = search_products("red mug under 10")
    assert titles(results) == ["Red mug"]
    assert [(each.name, each.values) for each in results.constraints] == [
        ("price", ("-10",)),
        ("colour", ("red",)),
    ]
    dropped = frozenset(each.key for each in results.constraints)
    assert len(search_products("red mug under 10", options=SearchOptions(dropped=dropped)).items) == 3


@pytest.mark.usefixtures("mugs")
def test_a_slip_finds_what_was_meant_and_says_so() -> None:
    results = search_products("gren mugg")
    assert results.did_you_mean == "green mug"
    assert titles(results)[0] == "Green mug"
    assert search_products("gren mugg", options=SearchOptions(is_repairing=False)).did_you_mean == ""


def test_a_slip_in_a_plural_finds_the_one_thing_that_the_shop_has() -> None:
    make_product(title="Wool scarf")
    index_products()
    count_words()
    assert search_products("wool scrafs").did_you_mean == "wool scarf"


def test_a_pin_stands_at_its_place_when_it_is_live(mugs: list[Product]) -> None:
    pin = SearchPin.objects.create(query="Mug", product=mugs[2], position=1)
    assert titles(search_products("mug", options=PREVIEW))[0] == "Green mug"
    assert search_products("mug", options=PREVIEW).items[0].reason.code == "search_pinned"
    before = search_products("mug").items
    assert before[0].reason.code != "search_pinned"
    SearchPin.objects.filter(pk=pin.pk).update(is_live=True)
    assert titles(search_products("mug"))[0] == "Green mug"


@pytest.mark.usefixtures("mugs")
def test_a_synonym_acts_when_it_is_live() -> None:
    Synonym.objects.create(words="slurper", means="mug")
    assert search_products("slurper").items == ()
    assert len(search_products("slurper", options=PREVIEW).items) == 3


@pytest.mark.usefixtures("mugs")
def test_first_letters_are_completed_to_words_and_products() -> None:
    found = suggestions("blue mu", "en")
    assert found.words == ("blue mug",)
    assert [product.title for product in found.products] == ["Blue mug"]
    assert suggestions("m", "en").words == ()
