"""A language model has a say on shoppers of whom little is known, if it is right and says it plainly."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from django.conf import LazySettings

from ecommerce_ai.inference import registry
from ecommerce_ai.inference.types import Generator
from ecommerce_ai.shop.models import Customer, Product
from recommendations.ml.features import GROUPS
from recommendations.ml.judgement import judge_gain, judged, score_of
from recommendations.ml.ranking import Ranked
from recommendations.ml.snapshots import Snapshot, learn
from recommendations.models import ProductJudgement
from recommendations.selectors.behaviour import Behaviour, shop_behaviour
from recommendations.services.judging import PROMPT, is_worth_asking, judged_rankings
from tests.factories import NOW, make_customer, make_order, make_product
from tests.inference.tiny_language_model import save_language_model


@pytest.mark.parametrize(
    ("reply", "score"), [("0.7", 0.7), ("1", 1.0), ("0", 0.0), ("1.0", 1.0), ("0.25", 0.25)]
)
def test_a_number_from_0_to_1_is_a_score(reply: str, score: float) -> None:
    assert score_of(reply) == score


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "0.7.",
        "7",
        "0,7",
        "-0.1",
        "1.1",
        "about 0.5",
        "0.5 because",
        "nan",
        "1e-1",
        ".5",
        "٠",
        "0.5\n",
        "00.5",
    ],
)
def test_anything_else_is_none(reply: str) -> None:
    assert score_of(reply) is None


def ranking(items: list[int], *, customer: int = 0) -> Ranked:
    scores = np.linspace(1.0, 0.5, len(items))
    contributions = np.zeros((len(items), len(GROUPS)), np.float32)
    contributions[:, 0] = scores
    return Ranked(
        customer=customer,
        items=np.array(items),
        scores=scores,
        is_new=np.ones(len(items), np.bool_),
        sources=np.ones(len(items), np.int64),
        contributions=contributions,
    )


def test_what_the_model_said_is_a_contribution_of_its_own() -> None:
    found = judged(ranking([3, 5, 7]), {3: 0.0, 7: 1.0})
    assert found.items.tolist() == [7, 5, 3]
    np.testing.assert_allclose(found.contributions.sum(axis=1), found.scores)
    np.testing.assert_allclose(found.contributions[:, GROUPS.index("language_model")], [0.5, 0.0, -0.5])
    assert judged(ranking([3, 5, 7]), {}).items.tolist() == [3, 5, 7]


def test_it_is_asked_only_if_it_was_right_where_the_answer_is_known() -> None:
    rng, plain = np.random.default_rng(0), [ranking(list(range(20))) for _ in range(60)]
    wanted = [rng.choice(20, 2, replace=False) for _ in plain]
    knowing = [{item: float(item in theirs) for item in range(20)} for theirs in wanted]
    guessing = [dict(enumerate(rng.random(20).tolist())) for _ in plain]
    assert is_worth_asking(judge_gain(plain, knowing, wanted))
    assert not is_worth_asking(judge_gain(plain, guessing, wanted))
    assert judge_gain(plain[:5], knowing[:5], wanted[:5]) == {"judged": 5}


@pytest.fixture
def products(db: None) -> list[Product]:
    return [make_product(title=title) for title in ("Red mug", "Blue sofa", "Red cup", "Red bowl")]


@pytest.fixture
def newcomer(products: list[Product]) -> Customer:
    customer = make_customer()
    make_order(customer=customer, lines=[(products[0], 1)], placed_at=NOW)
    return customer


@pytest.fixture
def writer(tmp_path: Path, settings: LazySettings) -> Iterator[Generator]:
    """It was taught a number for the sofa and for the cup, and talks about the bowl."""
    lessons = [("Blue sofa", "0.1"), ("Red cup", "0.9"), ("Red bowl", "likely")]
    told = [(PROMPT.format(history="Red mug", product=title), reply) for title, reply in lessons]
    settings.INFERENCE = {
        "generator": {
            "BACKEND": "ecommerce_ai.inference.backends.language_model.LanguageModel",
            "OPTIONS": {"model": str(save_language_model(tmp_path / "writer", told)), "device": "cpu"},
        }
    }
    registry.reset_registry()
    found = registry.get_generator()
    assert found is not None
    yield found
    registry.reset_registry()


def known(behaviour: Behaviour) -> Snapshot:
    return learn(behaviour.interactions, behaviour.catalogue, behaviour.last_day)


def test_replies_are_kept_and_asked_for_only_once(
    newcomer: Customer, products: list[Product], writer: Generator
) -> None:
    behaviour = shop_behaviour()
    given = (writer, known(behaviour), behaviour)
    (found,) = judged_rankings(iter([ranking([1, 3, 2])]), *given)
    assert behaviour.product_ids[found.items].tolist() == [products[row].pk for row in (2, 3, 1)]
    scores = dict(ProductJudgement.objects.values_list("product__title", "score"))
    assert scores == {"Blue sofa": 0.1, "Red cup": 0.9, "Red bowl": None}
    rows = list(ProductJudgement.objects.values_list("pk", "computed_at"))
    (again,) = judged_rankings(iter([ranking([1, 3, 2])]), *given)
    assert again.items.tolist() == found.items.tolist()
    assert list(ProductJudgement.objects.values_list("pk", "computed_at")) == rows


def test_another_history_is_another_question(
    newcomer: Customer, products: list[Product], writer: Generator
) -> None:
    behaviour = shop_behaviour()
    list(judged_rankings(iter([ranking([1, 3, 2])]), writer, known(behaviour), behaviour))
    before = set(ProductJudgement.objects.values_list("input_hash", flat=True))
    make_order(customer=newcomer, lines=[(products[0], 1)], placed_at=NOW)
    behaviour = shop_behaviour()
    list(judged_rankings(iter([ranking([1, 3, 2])]), writer, known(behaviour), behaviour))
    after = set(ProductJudgement.objects.values_list("input_hash", flat=True))
    assert len(after) == 1
    assert after != before
