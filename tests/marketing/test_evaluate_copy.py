"""The truth set holds what it says, and the evaluation reports it."""

import random
from decimal import Decimal
from pathlib import Path

from marketing.evaluations import copy
from marketing.evaluations.changes import ABILITIES
from marketing.evaluations.truth_set import cases
from marketing.ml.facts import ProductFacts

CHAIR = ProductFacts(
    "Navy Velvet Chair",
    "A navy velvet chair with four oak legs.",
    "furniture",
    price=Decimal(90),
    currency="USD",
)
SHELVES = [("kitchen", "mug"), ("home", "lamp"), ("home", "chair"), ("garden", "plant"), ("shoes", "boot")]


def test_what_was_changed_stands_where_it_says() -> None:
    found = [case for case in cases(CHAIR, random.Random(0), ABILITIES) if not case.is_true]
    assert {case.kind for case in found} == {
        "colour",
        "material",
        "number",
        "price",
        "capability",
        "superlative",
    }
    assert {case.language for case in found} == {"en", "zh"}
    own = f"{CHAIR.title} {CHAIR.description}".lower()
    assert not [case for case in found if case.text[case.start : case.end].lower() in own]


def test_it_reports_both_languages(tmp_path: Path) -> None:
    rows = [
        f"{n},Red {style.title()} {n},A red {style} with two handles. Perfect for quiet evenings.,"
        f"{shelf},{style},9.99,USD,4"
        for n in range(4)
        for shelf, style in SHELVES
    ]
    (tmp_path / "products.csv").write_text(
        "sku,title,description,category,style,price,currency,stock\n" + "\n".join(rows)
    )
    found = copy.copy(tmp_path, {})
    assert found.samples.keys() == {"en", "zh"}
    for language in ("en", "zh"):
        assert found.metrics[f"{language}/caught"].value > 0.9
        assert found.metrics[f"{language}/flagged"].value < 0.1
        assert found.metrics[f"{language}/required_facts"].value == 1
        assert found.metrics[f"{language}/limits_held"].value == 1
        assert found.metrics[f"{language}/unsupported_claims"].value == 0
