"""How the confidence that ships was found: questions of articles about themselves, with and without them."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from support.ml.answering import LOOKED_AT
from support.ml.confidence import ConfidenceModel, features_of
from support.ml.evidence import ranked_sentences
from support.ml.lessons import Lesson, lessons_of
from support.ml.retrieval import Index, build_index, find
from support.ml.types import Encode, Passage

MADE = 400
# Of the questions whose article is not there, this share may be answered all the same.
TOLERATED = 0.10
Rows = npt.NDArray[np.float32]


def train_confidence(passages: Sequence[Passage], encode: Encode) -> ConfidenceModel:
    """Titles that ask, and parts of texts, as questions to the texts without their titles."""
    untitled = [replace(passage, title="") for passage in passages]
    index = build_index(untitled, encode([passage.text for passage in untitled]))
    titles = [Lesson(passage.title, place, passage.language) for place, passage in enumerate(passages)]
    lessons = [*titles, *lessons_of(untitled, MADE)]
    encode([lesson.question for lesson in lessons])
    known = [row for lesson in lessons if (row := judged(index, lesson, encode))]
    unknown = [row for lesson in lessons if (row := judged(without(index, lesson.passage), lesson, encode))]
    return fitted(known, unknown)


def judged(index: Index, lesson: Lesson, encode: Encode) -> tuple[Rows, bool] | None:
    """The features of the answer, and whether it is from the right passage; None where nothing is found."""
    vector = encode([lesson.question])[0]
    found = find(index, lesson.question, vector, language=lesson.language, limit=LOOKED_AT)
    if not found.hits or not found.hits[0].coverage:
        return None
    ranked = ranked_sentences(index, found, lesson.question, vector, encode)
    return features_of(ranked, found), ranked[0].hit.number == lesson.passage


def without(index: Index, passage: int) -> Index:
    """The same index where the passage's article cannot be found."""
    article = index.passages[passage].article
    languages = [each.language if each.article != article else "" for each in index.passages]
    return replace(index, languages=np.array(languages, dtype=np.str_))


def fitted(known: Sequence[tuple[Rows, bool]], unknown: Sequence[tuple[Rows, bool]]) -> ConfidenceModel:
    from sklearn.linear_model import LogisticRegression  # only training needs it, and it loads slowly

    rows = np.array([row for row, _ in (*known, *unknown)])
    is_right = [right for _, right in known] + [False] * len(unknown)
    fit = LogisticRegression().fit(rows, is_right)
    coefficients = tuple(round(float(value), 2) for value in fit.coef_[0])
    model = ConfidenceModel(coefficients, round(float(fit.intercept_[0]), 2), 0.0)
    chances = [model.probability(row) for row, _ in unknown]
    return replace(model, threshold=round(float(np.quantile(chances, 1 - TOLERATED)), 3))
