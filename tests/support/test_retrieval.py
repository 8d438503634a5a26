"""What a question and a passage have in common counts as much as it says, and no more."""

import numpy as np
import pytest

from support.ml.novelty import new_shares
from support.ml.retrieval import Index, build_index, find
from support.ml.types import Passage


def index_of(*texts: str, language: str = "zh") -> Index:
    passages = [Passage(number, 1, language, "", text) for number, text in enumerate(texts)]
    return build_index(passages, np.zeros((len(texts), 3), np.float32))


def found(index: Index, question: str, *, language: str = "zh") -> list[int]:
    hits = find(index, question, np.zeros(3, np.float32), language=language, limit=5).hits
    return [hit.number for hit in hits]


def test_characters_that_always_follow_say_nothing_new() -> None:
    index = index_of("超级碗在二月举行。", "超级碗由两队争夺。", "面包房八点开门。")
    assert new_shares("超级碗", index.rarity_of) == pytest.approx({"2超级": 1.0, "2级碗": 0.0}, abs=1e-6)


def test_characters_that_could_have_been_others_do() -> None:
    index = index_of("超级碗在二月举行。", "超级市场八点开门。", "面包房九点开门。")
    shares = new_shares("超级碗", index.rarity_of)
    assert 0.2 < shares["2级碗"] < 0.9


def test_a_long_name_does_not_outweigh_two_short_words() -> None:
    """One passage holds the name alone, the other what is asked about it."""
    index = index_of(
        "超级碗中场秀由超级碗组委会办。", "谁唱国歌由赛会手语决定。", "超级碗门票很贵。", "面包八点出炉。"
    )
    assert found(index, "超级碗手语国歌")[0] == 1


def test_equals_come_in_their_order_and_only_the_best() -> None:
    index = index_of(*["Tea is kept dry."] * 7, "Cups are washed by hand.", language="en")
    assert found(index, "Is tea kept dry?", language="en") == [0, 1, 2, 3, 4]
    assert found(index, "How are cups washed?", language="en")[0] == 7
