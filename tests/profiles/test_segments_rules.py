"""Rules as JSON and as a tree, and random shares."""

from typing import Any

import pytest

from profiles.ml.segments.buckets import STEPS, place
from profiles.ml.segments.rules import (
    Group,
    Performed,
    RuleError,
    Rules,
    Share,
    Trait,
    parse_rules,
    rules_as_json,
)


def one(**condition: Any) -> dict[str, Any]:
    return {"groups": [{"conditions": [condition]}]}


def test_rules_survive_the_way_through_json() -> None:
    rules = Rules(
        "any",
        (
            Group("all", (Performed("view_item", at_least=3, within_days=30, category="mugs"),)),
            Group("any", (Trait("country", "is", "GB"), Share("draw", 10, 20))),
        ),
    )
    assert parse_rules(rules_as_json(rules)) == rules


@pytest.mark.parametrize(
    ("json", "words"),
    [
        ({}, "rules: expected a list of groups"),
        ({"groups": []}, "rules: expected 1 to 10 groups"),
        ({"groups": [{"conditions": []}]}, "groups[0]: expected 1 to 10 conditions"),
        (one(kind="wish"), "groups[0].conditions[0]: expected a condition of kind"),
        (one(kind="performed"), "groups[0].conditions[0]: fields are missing"),
        (one(kind="performed", action="view_item", at_least="3"), "fields are missing, unknown or of the"),
        (one(kind="performed", action="view_item", category="a", sku="b"), "a shelf or a product, not both"),
        (one(kind="trait", name="password", operator="is", value="x"), "a trait that customers have"),
        (one(kind="trait", name="age", operator="is", value=3), "at_least or at_most"),
        (one(kind="share", salt="x", from_percent=50, to_percent=50), "percentages in order"),
        (one(kind="measure", name="orders", operator="at_least", value=float("nan")), "a plausible number"),
    ],
)
def test_wrong_rules_name_the_place_and_what_was_expected(json: Any, words: str) -> None:
    with pytest.raises(RuleError) as caught:
        parse_rules(json)
    assert words in str(caught.value)


def test_a_random_share_is_even_and_another_salt_draws_others() -> None:
    chosen = {pk for pk in range(4000) if place("spring", pk) < STEPS // 4}
    others = {pk for pk in range(4000) if place("autumn", pk) < STEPS // 4}
    assert 900 < len(chosen) < 1100
    assert 180 < len(chosen & others) < 320
    assert all(place("spring", pk) == place("spring", pk) < STEPS for pk in range(100))
