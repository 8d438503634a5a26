"""Whether each sentence of a reply says what its quotes say: numbers, yes or no, words."""

import re
from collections.abc import Sequence

from ecommerce_ai.text_analysis import lexemes_of
from support.ml.sentences import sentence_spans
from support.ml.types import Evidence, Problem, Verdict

NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*")
NEGATION = re.compile(
    r"\b(?:no|not|never|cannot|without|none|nor|n't)\b|n['’]t\b|不|没|无|勿|未", re.IGNORECASE
)
PROMISE = re.compile(
    r"\b(?:i|we) (?:will|shall|'ll|am going to|are going to)\b|\b(?:we|i)['’]ll\b|\bguarantee\w*\b"
    r"|我们会|我会|保证",
    re.IGNORECASE,
)
SUPPORTED = 0.6


def verify(text: str, evidence: Sequence[Evidence], *, language: str = "en") -> Verdict:
    """Every sentence that must not be sent, and why."""
    quotes = [each.quote for each in evidence]
    spans = [text[slice(*span)] for span in sentence_spans(text)]
    problems = (problem_of(sentence, quotes, language) for sentence in spans)
    return Verdict(tuple(problem for problem in problems if problem))


def problem_of(sentence: str, quotes: Sequence[str], language: str) -> Problem | None:
    if any(sentence in quote for quote in quotes):
        return None
    source = " ".join(quotes)
    if set(NUMBER.findall(sentence)) - set(NUMBER.findall(source)):
        return Problem("number", sentence)
    if PROMISE.search(sentence) and not PROMISE.search(source):
        return Problem("promise", sentence)
    words = set(lexemes_of(sentence, language))
    nearest = max(quotes, key=lambda quote: len(words & set(lexemes_of(quote, language))), default="")
    if bool(NEGATION.search(sentence)) != bool(NEGATION.search(nearest)):
        return Problem("negation", sentence)
    held = len(words & set(lexemes_of(source, language))) / len(words) if words else 1.0
    return Problem("unsupported", sentence) if held < SUPPORTED else None
