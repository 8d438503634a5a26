from decimal import Decimal

import pytest

from ecommerce_ai.text_analysis import lexemes_of
from recommendations.ml.search.attributes import may_be_condition
from recommendations.ml.search.parsing import parse
from recommendations.ml.search.prices import price_words
from recommendations.ml.search.spelling import Candidate, best_repair, keys_of
from recommendations.ml.search.understanding import understand


@pytest.mark.parametrize(
    ("query", "language", "text"),
    [
        ("zapatillas rojas", "es", "sneaker red"),
        ("bague en cuir", "fr", "ring leather"),
        ("Gießkanne für den Balkon", "de", "watering can balcony"),
        ("给爸爸的钱包", "zh", "father wallet"),
        ("青い マグカップ", "ja", "blue mug"),
        ("腕時計", "ja", "watch"),
        ("花瓶", "zh", "vase"),
        ("Ledergürtel", "de", "leather belt"),
        ("Wandlampe", "de", "wall lamp"),
    ],
)
def test_a_foreign_query_becomes_english_words(query: str, language: str, text: str) -> None:
    draft = parse(query, expected="en")
    found = understand(draft, documents={}, products=0)
    assert (found.language, found.text) == (language, text)


def test_an_attribute_may_be_named_for_what_it_holds() -> None:
    assert may_be_condition("Farbe", {"rot": 5, "marineblau": 3, "Sonstiges": 4})
    assert may_be_condition("color", {"Sea": 5, "Oat": 3})
    assert not may_be_condition("style", {"scarf": 50, "red wine": 2})
    assert not may_be_condition("code", {"X1": 1, "X2": 1})


def test_a_word_the_shop_does_not_use_becomes_one_that_it_does() -> None:
    draft = parse("comfy settee", expected="en")
    found = understand(draft, documents={"sofa": 3}, products=10)
    assert found.text == "comfy sofa"
    assert [term.is_known for term in found.terms] == [False, True]


def test_a_merchants_synonym_acts_on_words_and_on_the_encoded_text() -> None:
    draft = parse("brolly", expected="en", synonyms=[("brolly", "rain shield")])
    assert "rain shield" in understand(draft, documents={}, products=0).text


@pytest.mark.parametrize(
    ("query", "low", "high"),
    [
        ("mug under 50", None, "50"),
        ("lamp between 20 and 40 euros", "20", "40.01"),
        ("低于50元的杯子", None, "50"),
        ("50元以下的围巾", None, "50.01"),
        ("lampe unter 30 €", None, "30"),
        ("bags over £100", "100", None),
    ],
)
def test_a_price_in_the_words_is_understood(query: str, low: str | None, high: str | None) -> None:
    found = price_words(query)
    assert found is not None
    assert (found.low, found.high) == (low and Decimal(low), high and Decimal(high))
    assert found.words in query


@pytest.mark.parametrize(
    "query", ["tent for up to 3 people", "bag under 5 kg", "levi's 501", "toys from 6 months"]
)
def test_a_measure_is_no_price(query: str) -> None:
    assert price_words(query) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("neklace", "necklace"), ("umbrela", "umbrella"), ("headfone", "headphone"), ("scraf", "scarf")],
)
def test_a_slip_is_repaired_to_the_likeliest_word(typed: str, meant: str) -> None:
    assert set(keys_of(typed)) & set(keys_of(meant))
    repair = best_repair(typed, [Candidate(meant, 3), Candidate("table", 90)])
    assert repair is not None
    assert repair.word == meant


def test_products_and_queries_are_stemmed_alike() -> None:
    assert lexemes_of("The Scarves’ chairs", "en") == lexemes_of("scarves chair", "en")
    assert lexemes_of("羊毛围巾", "zh") == ["羊毛", "毛围", "围巾"]
