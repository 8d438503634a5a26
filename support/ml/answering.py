"""A question to quoted sentences, or to the admission that nothing known answers it."""

import math
from collections.abc import Sequence

from ecommerce_ai.text_analysis import lexemes_of
from support.ml.retrieval import Hit, Index, find
from support.ml.sentences import sentence_spans
from support.ml.types import Encode, Evidence, Passage, Reply

LOOKED_AT, QUOTED = 8, 3  # passages; sentences of the best one
THRESHOLD, NEARLY = 0.5, 0.97
# From the share of the question's words that are there and from the cosine to the chance to be right.
WORDS_WEIGHT, MEANING_WEIGHT, BIAS = 5.2, 4.6, -3.9


def answer(question: str, index: Index, *, language: str, encode: Encode) -> Reply:
    """Hybrid retrieval, then the sentences that hold most of the question, verbatim."""
    words = lexemes_of(question, language)
    hits = find(index, words, encode([question])[0], language=language, limit=LOOKED_AT)
    if not hits or not words:
        return Reply("abstain", language, 0.0)
    best = max(hits, key=chance)
    score = chance(best)
    if score < THRESHOLD:
        return Reply("abstain", language, score)
    if choices := as_near(best, hits, words):
        return Reply("clarify", language, score, choices=choices)
    evidence = quotes(best.passage, words)
    return Reply("answered", language, score, text=joined(evidence, language), evidence=evidence)


def chance(hit: Hit) -> float:
    """Where no word is shared there is nothing to quote for, however near the meaning seems."""
    if not hit.coverage:
        return 0.0
    return 1 / (1 + math.exp(-(WORDS_WEIGHT * hit.coverage + MEANING_WEIGHT * max(hit.cosine, 0.0) + BIAS)))


def as_near(best: Hit, hits: Sequence[Hit], words: Sequence[str]) -> tuple[str, ...]:
    """Titles of several articles that a question of one word could mean; none where one stands out."""
    if len(set(words)) > 1:
        return ()
    near = [hit for hit in hits if chance(hit) >= THRESHOLD and hit.score >= NEARLY * best.score]
    titles = tuple(dict.fromkeys(hit.passage.title for hit in near))
    return titles[:QUOTED] if len(titles) > 1 else ()


def quotes(passage: Passage, words: Sequence[str]) -> tuple[Evidence, ...]:
    """The sentences that hold most of the words, in their order; all of a short passage."""
    spans = sentence_spans(passage.text)
    asked = set(words)

    def held(span: tuple[int, int]) -> int:
        return len(asked & set(lexemes_of(passage.text[slice(*span)], passage.language)))

    chosen = sorted(sorted(spans, key=held, reverse=True)[:QUOTED]) if len(spans) > QUOTED else spans
    return tuple(
        Evidence(
            passage.article,
            passage.version,
            passage.start + start,
            passage.start + end,
            passage.text[start:end],
        )
        for start, end in chosen
    )


def joined(evidence: Sequence[Evidence], language: str) -> str:
    return ("" if language in ("zh", "ja") else " ").join(each.quote for each in evidence)
