"""Which language a query is in: by its script, then by the words that only one language knows."""

import re
from collections.abc import Sequence

from ecommerce_ai.text_analysis import FUNCTION_WORDS_OF
from recommendations.ml.search.taxonomy import Taxonomy

KANA = re.compile(r"[\u3040-\u30ff]")
IDEOGRAPHS = re.compile(r"[\u3400-\u9fff]")
SPACED = ("en", "es", "fr", "de")


def language_of(query: str, words: Sequence[str], known: Taxonomy, *, expected: str) -> str:
    """A code of two letters. `expected` (the reader's) decides ties, English those that it is no part of.

    Words of no language (names, numbers, slips) speak for none.
    """
    if KANA.search(query):
        return "ja"
    if IDEOGRAPHS.search(query):
        return of_ideographs([letter for word in words for letter in word], known, expected=expected)
    shares = {language: words_known(words, known, language) for language in SPACED}
    best = max(shares.values())
    if not best:
        return "en"
    leaders = [language for language in SPACED if shares[language] == best]
    return expected if expected in leaders else leaders[0]


def of_ideographs(letters: Sequence[str], known: Taxonomy, *, expected: str) -> str:
    """Chinese, unless the reader reads Japanese or only Japanese accounts for more of it."""
    shares = {language: words_known(letters, known, language) for language in ("zh", "ja")}
    if shares.get(expected):
        return expected
    if shares["zh"] == shares["ja"]:
        return "ja" if expected == "ja" else "zh"
    return max(shares, key=shares.__getitem__)


def words_known(words: Sequence[str], known: Taxonomy, language: str) -> int:
    """How many of the words the language accounts for."""
    covered = {place for gloss in known.glosses(words, language) for place in range(gloss.start, gloss.end)}
    function_words = FUNCTION_WORDS_OF[language]
    return sum(
        place in covered or word in function_words or bool(known.halves(word, language))
        for place, word in enumerate(words)
    )
