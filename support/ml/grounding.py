"""Whether each sentence of a reply says what its quotes say. No model: what cannot be shown is not sent."""

import re
from collections.abc import Sequence
from functools import lru_cache

from ecommerce_ai.text_analysis import lexemes_of
from support.ml.claims import Claims, claims_of
from support.ml.sentences import sentence_spans
from support.ml.types import Evidence, Problem, Verdict

PROMISE = re.compile(
    r"\b(?:i|we|our (?:team|staff|agents?)|someone|a colleague) "
    r"(?:will|shall|am going to|are going to|promise)\b"
    r"|\b(?:i|we)['’]ll\b|\bas soon as possible\b|\bget back to you\b"
    r"|(?:我们?|客服|同事)(?:会|将|马上|稍后|保证|承诺)|尽快(?:为您|给您|处理)",
    re.IGNORECASE,
)
# The share of a sentence's words that its source has to hold; the rest joins them.
SUPPORTED = 0.7
# What may be said around a quote without a source.
COURTESY_WORDS = """yes sure hello thank thanks sorry please note according policy article help answer here
    information currently understand good question great regarding about you your our we us
    您 你 好的 您好 请 根据 我们"""
COURTESY = frozenset(COURTESY_WORDS.split())


def verify(text: str, evidence: Sequence[Evidence], *, language: str = "en") -> Verdict:
    """Every sentence that must not be sent, and why."""
    source = [quote.quote[slice(*span)] for quote in evidence for span in sentence_spans(quote.quote)]
    sentences = [text[slice(*span)] for span in sentence_spans(text)]
    problems = (problem_of(sentence, source, language) for sentence in sentences)
    return Verdict(tuple(problem for problem in problems if problem))


def problem_of(sentence: str, source: Sequence[str], language: str) -> Problem | None:
    if any(squeezed(sentence) in squeezed(quote) for quote in source) and says_all(sentence, source):
        return None
    if PROMISE.search(sentence) and not any(PROMISE.search(quote) for quote in source):
        return Problem("promise", sentence)
    words = content_of(sentence, language)
    near = nearest(words, source, language)
    if words and len(words & content_of(near, language)) < SUPPORTED * len(words):
        return Problem("unsupported", sentence)
    return changed(sentence, claims_of(sentence), claims_of(near)) if words else None


def says_all(sentence: str, source: Sequence[str]) -> bool:
    """A part of a sentence may leave out the word that turns it: it counts only where no negation is lost."""
    holding = [quote for quote in source if squeezed(sentence) in squeezed(quote)]
    said = claims_of(sentence).negations
    return any(claims_of(quote).negations == said for quote in holding)


def nearest(words: frozenset[str], source: Sequence[str], language: str) -> str:
    """The sentence that holds most of the words, with the next best where that adds some."""
    ranked = sorted(source, key=lambda quote: len(words & content_of(quote, language)), reverse=True)
    if not ranked:
        return ""
    best, *others = ranked
    missing = words - content_of(best, language)
    added = next((quote for quote in others if len(missing & content_of(quote, language)) > 1), "")
    return f"{best} {added}".strip()


def changed(sentence: str, said: Claims, known: Claims) -> Problem | None:
    """What is said and not known, the plainest first."""
    if said.dates - known.dates:
        return Problem("date", sentence)
    if said.numbers - known.numbers:
        return Problem("number", sentence)
    if said.negations % 2 != known.negations % 2:
        return Problem("negation", sentence)
    return Problem("policy", sentence) if said.conditions - known.conditions else None


@lru_cache(maxsize=4_096)
def content_of(sentence: str, language: str) -> frozenset[str]:
    return frozenset(lexemes_of(sentence.replace("n't", " not"), language)) - COURTESY


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().rstrip(".。!！").lower()
