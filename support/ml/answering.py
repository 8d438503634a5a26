"""A question to quoted sentences, or to the admission that nothing known answers it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from support.ml.confidence import SHIPPED, ConfidenceModel, features_of
from support.ml.evidence import Sentence, ranked_sentences
from support.ml.retrieval import Found, Index, find
from support.ml.types import Encode, Evidence, Reply

LOOKED_AT = 4  # passages whose sentences are compared
QUOTED = 3  # sentences at most
AS_GOOD = 0.6  # the share of the best sentence's score that another one of its passage needs to be quoted
FEW_TERMS, NEARLY = 6, 0.97  # a question this short may mean several articles that match as well


@dataclass(frozen=True)
class Judged:
    """The sentences found, best first, and the chance that the first one answers."""

    sentences: tuple[Sentence, ...]
    found: Found
    chance: float


def answer(
    question: str, index: Index, *, language: str, encode: Encode, confidence: ConfidenceModel = SHIPPED
) -> Reply:
    """Hybrid retrieval, then the sentences that hold most of the question, verbatim."""
    judged = judge(question, index, language=language, encode=encode, confidence=confidence)
    if judged.chance < confidence.threshold:
        return Reply("abstain", language, judged.chance)
    if choices := as_near(judged):
        return Reply("clarify", language, judged.chance, choices=choices)
    evidence = quotes(index, judged.sentences)
    return Reply("answered", language, judged.chance, text=joined(evidence, language), evidence=evidence)


def judge(
    question: str, index: Index, *, language: str, encode: Encode, confidence: ConfidenceModel = SHIPPED
) -> Judged:
    """What would be answered, and how sure that is; nothing where no passage holds a word of the question."""
    vector = np.asarray(encode([question])[0], np.float32)
    found = find(index, question, vector, language=language, limit=LOOKED_AT)
    if not found.hits or not found.hits[0].coverage:
        return Judged((), found, 0.0)
    ranked = ranked_sentences(index, found, question, vector, encode)
    return Judged(tuple(ranked), found, confidence.probability(features_of(ranked, found)))


def as_near(judged: Judged) -> tuple[str, ...]:
    """Titles of several articles that a question of a word or two could mean; none where one stands out."""
    words = sum(kind in "=2" for kind in judged.found.asked.kinds)
    if words > 1 or len(judged.found.asked.kinds) > FEW_TERMS:
        return ()
    best = judged.found.hits[0].score
    near = [hit.passage.title for hit in judged.found.hits if hit.score >= NEARLY * best]
    titles = tuple(dict.fromkeys(near))
    return titles[:QUOTED] if len(titles) > 1 else ()


def quotes(index: Index, ranked: Sequence[Sentence]) -> tuple[Evidence, ...]:
    """The best sentence and those of its passage that are nearly as good, in their order."""
    best = ranked[0]
    near = [
        each for each in ranked if each.hit.number == best.hit.number and each.score >= AS_GOOD * best.score
    ]
    return tuple(evidence_of(index, each) for each in sorted(near[:QUOTED], key=lambda each: each.number))


def evidence_of(index: Index, sentence: Sentence) -> Evidence:
    passage = sentence.hit.passage
    start, end = index.spans[sentence.number]
    return Evidence(
        passage.article, passage.version, passage.start + start, passage.start + end, sentence.text
    )


def joined(evidence: Sequence[Evidence], language: str) -> str:
    return ("" if language in ("zh", "ja") else " ").join(each.quote for each in evidence)
