"""`manage.py evaluate answers`: the answers that serve, on questions whose words in a paragraph are known.

Each language is answered from its own paragraphs, without titles. An answer is right when what is quoted
is of the question's paragraph and holds an accepted answer.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ecommerce_ai.inference.registry import get_encoder
from ecommerce_ai.inference.types import Vectors
from ecommerce_ai.measurement import Evaluation, Metric, evaluation
from support.evaluations.baselines import bm25_ranks, encoder_ranks, encoder_sentences
from support.evaluations.intervals import mean_metric, plain
from support.ml.answering import Judged, judge, quotes
from support.ml.confidence import SHIPPED
from support.ml.confidence_training import without
from support.ml.reading import normal_text, overlap
from support.ml.retrieval import Index, build_index
from support.ml.types import Passage

SHARES = (0.5, 0.7, 0.9)


@dataclass(frozen=True)
class Question:
    text: str
    paragraph: int
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """One language of a data set."""

    language: str
    passages: list[Passage]
    questions: list[Question]

    @cached_property
    def paragraph_vectors(self) -> Vectors:
        return get_encoder().encode_documents([passage.text for passage in self.passages])

    @cached_property
    def question_vectors(self) -> dict[str, Vectors]:
        texts = [question.text for question in self.questions]
        return dict(zip(texts, get_encoder().encode_queries(texts), strict=True))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Questions were read together; sentences are read when they are met."""
        if all(text in self.question_vectors for text in texts):
            return np.stack([self.question_vectors[text] for text in texts])
        return get_encoder().encode_queries(texts)


@dataclass(frozen=True)
class Outcome:
    """How one question went; `chance_without`: how sure the answer was where its article was not there."""

    is_found: bool
    is_in_sentence: bool
    is_own_sentence: bool
    is_in_quote: bool
    span_f1: float
    is_exact: bool
    chance: float
    chance_without: float


@evaluation("answers")
def answers(folder: Path, options: dict[str, str]) -> Evaluation:
    """Every `LANG.json` of the folder, in the layout of SQuAD 1.1."""
    metrics: dict[str, Metric] = {}
    baselines: dict[str, dict[str, float]] = {"bm25": {}, "encoder": {}}
    count = 0
    for path in sorted(folder.glob("*.json")):
        data = read(path)
        count += len(data.questions)
        metrics |= {f"{data.language}/{name}": value for name, value in measured(outcomes(data)).items()}
        for name, values in baseline_metrics(data).items():
            baselines[name] |= values
    if not count:
        raise FileNotFoundError(f"{folder} holds no LANG.json.")
    return Evaluation(dataset=folder.name, n=count, metrics=metrics, baselines=baselines)


def read(path: Path) -> Reading:
    passages: list[Passage] = []
    questions: list[Question] = []
    for number, article in enumerate(json.loads(path.read_text(encoding="utf-8"))["data"]):
        for paragraph in article["paragraphs"]:
            for asked in paragraph["qas"]:
                texts = tuple(answer["text"].strip() for answer in asked["answers"])
                questions.append(Question(asked["question"], len(passages), texts))
            passages.append(Passage(number, 1, path.stem[:2], "", paragraph["context"]))
    return Reading(path.stem[:2], passages, questions)


def outcomes(data: Reading) -> list[Outcome]:
    index = build_index(data.passages, data.paragraph_vectors)
    return list(asked(data, index))


def asked(data: Reading, index: Index) -> Iterator[Outcome]:
    hidden = {passage.article: without(index, place) for place, passage in enumerate(data.passages)}
    for question in data.questions:
        told = judge(question.text, index, language=data.language, encode=data.encode)
        article = data.passages[question.paragraph].article
        blind = judge(question.text, hidden[article], language=data.language, encode=data.encode)
        yield outcome(index, question, told, blind.chance)


def outcome(index: Index, question: Question, told: Judged, chance_without: float) -> Outcome:
    if not told.sentences:
        return Outcome(
            is_found=False, is_in_sentence=False, is_own_sentence=False, is_in_quote=False,
            span_f1=0.0, is_exact=False, chance=told.chance, chance_without=chance_without,
        )  # fmt: skip
    best = told.sentences[0]
    is_own = best.hit.number == question.paragraph
    quoted = [evidence.quote for evidence in quotes(index, told.sentences)]
    own = next((each for each in told.sentences if each.hit.number == question.paragraph), None)
    return Outcome(
        is_found=told.found.hits[0].number == question.paragraph,
        is_in_sentence=is_own and holds(best.text, question),
        is_own_sentence=own is not None and holds(own.text, question),
        is_in_quote=is_own and any(holds(quote, question) for quote in quoted),
        span_f1=max(overlap(best.text, answer) for answer in question.answers),
        is_exact=any(normal_text(best.text) == normal_text(answer) for answer in question.answers),
        chance=told.chance,
        chance_without=chance_without,
    )


def holds(text: str, question: Question) -> bool:
    return any(answer in text for answer in question.answers)


def measured(found: Sequence[Outcome]) -> dict[str, Metric]:
    chances = np.array([each.chance for each in found])
    right = np.array([each.is_in_quote for each in found])
    is_answered = chances >= SHIPPED.threshold
    refused = np.array([each.chance_without < SHIPPED.threshold for each in found])
    metrics = {
        "recall@1": mean_metric([each.is_found for each in found]),
        "evidence_sentence": mean_metric([each.is_own_sentence for each in found]),
        "sentence_of_all": mean_metric([each.is_in_sentence for each in found]),
        "span_f1": mean_metric([each.span_f1 for each in found]),
        "span_em": mean_metric([each.is_exact for each in found]),
        "answered": mean_metric(is_answered),
        "refused_without_article": mean_metric(refused),
    }
    if is_answered.any():
        in_sentence = np.array([each.is_in_sentence for each in found])
        metrics["accuracy_answered"] = mean_metric(right[is_answered])
        metrics["sentence_accuracy_answered"] = mean_metric(in_sentence[is_answered])
    return metrics | risk_coverage(chances, right)


def risk_coverage(chances: npt.NDArray[np.float64], right: npt.NDArray[np.bool_]) -> dict[str, Metric]:
    """Accuracy on the surest share of the questions."""
    order = np.argsort(-chances, kind="stable")
    return {
        f"accuracy_at_{int(share * 100)}%": mean_metric(right[order[: max(round(share * len(order)), 1)]])
        for share in SHARES
    } | {"accuracy_at_100%": plain(float(right.mean()))}


def baseline_metrics(data: Reading) -> dict[str, dict[str, float]]:
    paragraphs = np.array([question.paragraph for question in data.questions])
    texts = [question.text for question in data.questions]
    vectors = np.stack([data.question_vectors[text] for text in texts])
    bm25 = bm25_ranks(data.passages, texts, data.language)
    alone = encoder_ranks(data.paragraph_vectors, vectors)
    own = [data.passages[place] for place in paragraphs]
    sentences = encoder_sentences(own, vectors)
    in_own = [holds(sentence, question) for sentence, question in zip(sentences, data.questions, strict=True)]
    language = data.language
    return {
        "bm25": {f"{language}/recall@1": float((bm25 == paragraphs).mean())},
        "encoder": {
            f"{language}/recall@1": float((alone == paragraphs).mean()),
            f"{language}/evidence_sentence": float(np.mean(in_own)),
        },
    }
