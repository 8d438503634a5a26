import random

import numpy as np
import pytest

from ecommerce_ai.text_analysis import lexemes_of
from recommendations.ml.search.blend import FEATURES, Evidence, features_of, shipped_blend
from recommendations.ml.search.fitting import fitted
from recommendations.ml.search.lessons import Goods, disturbed, lessons
from recommendations.ml.search.parsing import parse
from recommendations.ml.search.purposes import goods_for, purposes
from recommendations.ml.search.taxonomy import rows
from recommendations.ml.search.understanding import Understanding, understand

# What is made for these days goes by their names.
FESTIVALS = {"christmas", "easter", "halloween", "valentine"}
SHOP = {"scarf": 9, "glove": 9, "neck": 40, "sock": 9, "vase": 5, "flower": 20, "warm": 30}


def read(query: str, language: str = "en") -> Understanding:
    return understand(parse(query, expected=language), documents=SHOP, products=200)


@pytest.mark.parametrize(
    ("query", "language", "good"),
    [
        ("cold toes in the evening", "en", "socks"),
        ("my fingers are freezing", "en", "gloves"),
        ("手冷,想暖和一点", "zh", "gloves"),
    ],
)
def test_a_need_names_the_goods_that_serve_it(query: str, language: str, good: str) -> None:
    found = read(query, language)
    assert found.is_need
    assert good in [term.words for term in found.goods]


@pytest.mark.parametrize("query", ["wool scarf", "vase for flowers", "red gloves", "xqzzyvwk"])
def test_the_name_of_goods_is_no_need(query: str) -> None:
    found = read(query)
    assert (found.is_need, found.goods) == (False, ())


def test_a_word_that_says_what_for_does_not_outweigh_what_serves_the_need() -> None:
    query = read("keep my neck warm")
    alike = np.array([0.3, 0.3])
    evidence = Evidence(alike, alike, np.zeros(2), [{"neck": "A", "warm": "A"}, {"scarf": "A"}])
    tee, scarf = shipped_blend().probabilities(features_of(query, evidence))
    assert scarf > 2 * tee


def test_a_product_that_stands_on_a_wrong_shelf_sinks() -> None:
    evidence = Evidence(
        np.array([0.5, 0.5]), np.array([0.7, 0.7]), np.array([0.0, 0.3]), [{"scarf": "B"}, {"scarf": "B"}]
    )
    right, wrong = shipped_blend().probabilities(features_of(read("scarf"), evidence))
    assert right > wrong


def test_no_evidence_ever_speaks_against_a_product() -> None:
    assert (shipped_blend().weights >= 0).all()
    chance = np.random.default_rng(0)
    features = chance.normal(size=(60, len(FEATURES)))
    labels = (features[:, 0] - features[:, 1] > 0).astype(np.float64)
    weights = fitted([(features, labels)]).weights
    assert weights[0] > 0.5
    assert weights[1] == 0.0


def test_every_purpose_names_something_said_and_some_goods() -> None:
    assert len(purposes()) > 100
    assert all(purpose.about for purpose in purposes())
    assert goods_for({"neck"}) == ()


def test_the_goods_that_serve_are_named_as_the_taxonomy_names_goods() -> None:
    """A word that is a thing only sometimes (a wrap, a board) would bring other things."""
    named = {
        tuple(lexemes_of(name, "en"))
        for row in rows()
        if row["kind"] == "good"
        for name in row["en"].replace("/", ";").split(";")
    }
    told = {good for purpose in purposes() for good in purpose.goods} - FESTIVALS
    assert {good for good in told if tuple(lexemes_of(good, "en")) not in named} == set()


def test_all_that_was_made_of_one_query_is_learned_from_or_judges() -> None:
    shelves = ("Scarves", "Candles", "Vases", "Lamps")
    goods = [
        Goods(pk, f"Fine thing {random.Random(pk).choice('abcdef')}", shelves[pk % 4], {}, f"told {pk}")
        for pk in range(40)
    ]
    made = lessons(goods)
    assert made == lessons(goods)
    sides: dict[str, set[bool]] = {}
    for lesson in made:
        sides.setdefault(lesson.source, set()).add(lesson.is_judging)
    assert {len(side) for side in sides.values()} == {1}
    assert {True, False} <= {lesson.is_judging for lesson in made}
    assert 2 < len(disturbed(goods)) < 25
