"""Whether two questions ask the same, by the words that say what they are about."""

from ecommerce_ai.text_analysis import is_without_spaces, lexemes_of
from support.ml.terms import CHARACTER, PAIR, terms_of

# Characters with which Chinese asks for anything: they say nothing of what is asked for.
ASKING = frozenset("可以能有没会要想你我们您吗呢请问一下个不怎样么支持提供帮给用")
# Of their content; pairs of questions written for this parted best there (README, Quality).
ALIKE_CHARACTERS, ALIKE_WORDS = 0.25, 0.5


def are_alike(first: str, second: str, language: str) -> bool:
    """By the Dice coefficient of their content: characters and pairs, or stems where words are parted."""
    enough = ALIKE_CHARACTERS if is_without_spaces(first + second) else ALIKE_WORDS
    return likeness(first, second, language) >= enough


def likeness(first: str, second: str, language: str) -> float:
    """From 0 to 1."""
    mine, others = content_of(first, language), content_of(second, language)
    return 2 * len(mine & others) / max(len(mine) + len(others), 1)


def content_of(text: str, language: str) -> frozenset[str]:
    if not is_without_spaces(text):
        return frozenset(lexemes_of(text, language))
    terms = (term for term in terms_of(text, language) if term[0] in (CHARACTER, PAIR))
    return frozenset(term for term in terms if ASKING.isdisjoint(term[1:]))
