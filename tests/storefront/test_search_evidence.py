from ecommerce_ai.storefront.evidence import evidence_lines
from recommendations.selectors import Reason


def test_says_where_the_words_stand_the_title_first() -> None:
    words = {"warm": "D", "scarf": "A", "wool": "A"}
    reason = Reason("search_words", "x", {"words": words, "shelf_similarity": 0.5})
    assert evidence_lines(reason) == [
        "“scarf, wool” stands in its title.",
        "“warm” stands in its description.",
    ]


def test_says_when_taste_or_the_shop_had_a_say() -> None:
    assert evidence_lines(Reason("search_personal", "x", {"words": {"mug": "A"}})) == [
        "What you looked at and bought moved it up.",
        "“mug” stands in its title.",
    ]
    assert evidence_lines(Reason("search_pinned", "x")) == ["The shop put it here for this search."]


def test_says_when_it_was_meaning_alone() -> None:
    assert evidence_lines(Reason("search_meaning", "x", {"words": {}})) == [
        "No word of your search stands in it; its meaning comes close."
    ]
