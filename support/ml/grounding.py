"""Whether each sentence of a reply says what its quotes say. No model: what cannot be shown is not sent."""

import re
from collections.abc import Sequence
from functools import lru_cache

from ecommerce_ai.text_analysis import lexeme_of, lexemes_of
from support.ml.claims import claims_of
from support.ml.cues import NAME
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
# A sentence with this share of its source's words says it again, and has to say it with its restrictions.
SAID_AGAIN = 0.7
# What may be said around a quote without a source.
LEAD = re.compile(
    r"^(?:(?:yes|sure|certainly|hello|hi|dear customer|of course|please note(?: that)?|good news"
    r"|(?:according to|under|as per) (?:our|the shop's) (?:policy|policies|rules|terms|help pages?)"
    r"|thanks?(?: you)?(?: for (?:asking|your (?:question|message|patience)))?)\b[\s,.:;!]*)+"
    r"|^(?:(?:您好|你好|好的|是的|当然|请注意|感谢(?:您的)?(?:咨询|提问)|谢谢(?:您的)?(?:咨询|提问)?"
    r"|(?:根据|按照)(?:我们的|本店的?)?(?:政策|规定|条款|说明))[，。：！,.:!\s]*)+",
    re.IGNORECASE,
)
COURTESY_WORDS = """help answer information currently understand good question great regarding about you your
    our we us 您 你 我们"""
COURTESY = frozenset(lexeme_of(word, "en") for word in COURTESY_WORDS.split())


def verify(text: str, evidence: Sequence[Evidence], *, language: str = "en") -> Verdict:
    """Every sentence that must not be sent, and why."""
    source = [quote.quote[slice(*span)] for quote in evidence for span in sentence_spans(quote.quote)]
    sentences = [text[slice(*span)] for span in sentence_spans(text)]
    problems = (problem_of(sentence, source, language) for sentence in sentences)
    return Verdict(tuple(problem for problem in problems if problem))


def problem_of(sentence: str, source: Sequence[str], language: str) -> Problem | None:
    said = LEAD.sub("", sentence)
    if not squeezed(said):
        return None
    if holding := [quote for quote in source if squeezed(said) in squeezed(quote)]:
        return None if any(says_all(said, quote) for quote in holding) else Problem("policy", sentence)
    if PROMISE.search(said) and not any(PROMISE.search(quote) for quote in source):
        return Problem("promise", sentence)
    return compared(sentence, said, source, language)


def compared(sentence: str, said: str, source: Sequence[str], language: str) -> Problem | None:
    """A sentence in other words, with the quotes that are nearest to it."""
    words = content_of(said, language)
    if not words:
        return None
    near = nearest(words, source, language)
    known = frozenset[str]().union(*(content_of(quote, language) for quote in near))
    if len(words & known) < SUPPORTED * len(words) or strangers(said, source):
        return Problem("unsupported", sentence)
    is_again = len(words & known) >= SAID_AGAIN * len(known)
    return changed(sentence, said, near, is_again=is_again)


def strangers(said: str, source: Sequence[str]) -> set[str]:
    """Names (words written large, not at the start) that no quote holds in any spelling."""
    everything = " ".join(source).lower()
    return {name.group() for name in NAME.finditer(said) if name.group().lower() not in everything}


def says_all(said: str, quote: str) -> bool:
    """Whether a part of a quote leaves out no word that turns it round and none that makes it narrower."""
    part, whole = claims_of(said), claims_of(quote)
    return part.negations == whole.negations and part.restrictions == whole.restrictions


def nearest(words: frozenset[str], source: Sequence[str], language: str) -> tuple[str, ...]:
    """The sentence that holds most of the words; with the next best where it alone does not hold enough."""
    ranked = sorted(source, key=lambda quote: len(words & content_of(quote, language)), reverse=True)
    missing = words - content_of(ranked[0], language) if ranked else words
    if len(ranked) < 2 or len(missing) <= (1 - SUPPORTED) * len(words):
        return tuple(ranked[:1])
    return ranked[0], max(ranked[1:], key=lambda quote: len(missing & content_of(quote, language)))


def changed(sentence: str, said: str, near: Sequence[str], *, is_again: bool) -> Problem | None:
    """What is said and not known, or restricted and said without it; the plainest first."""
    mine, theirs, best = claims_of(said), claims_of(" ".join(near)), claims_of(near[0])
    if mine.dates - theirs.dates:
        return Problem("date", sentence)
    if mine.numbers - theirs.numbers or mine.amounts - theirs.amounts:
        return Problem("number", sentence)
    if mine.negations % 2 not in (best.negations % 2, theirs.negations % 2):
        return Problem("negation", sentence)
    is_wider = is_again and bool(theirs.restrictions - mine.restrictions)
    return Problem("policy", sentence) if is_wider or mine.conditions - theirs.conditions else None


@lru_cache(maxsize=4_096)
def content_of(sentence: str, language: str) -> frozenset[str]:
    return frozenset(lexemes_of(sentence.replace("n't", " not"), language)) - COURTESY


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().rstrip(".。!！").lower()
