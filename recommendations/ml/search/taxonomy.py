"""What shops sell and how shoppers call it, in six languages: written by hand, for any general shop.

A row is a kind of thing with its names in each language, parted by ";". In English a ";" parts names of the
same thing, a "/" parts things of one family, told by the same order in the other languages.
"""

import csv
from collections import ChainMap, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ecommerce_ai.text_analysis import FUNCTION_WORDS_OF, lexeme_of, words_of

LANGUAGES = ("en", "zh", "es", "fr", "de", "ja")
SYNONYM = "synonym"
SPACELESS = ("zh", "ja")
# Languages that write two words as one, and what may stand between them.
COMPOUNDING, LINKS, LEAST_HALF = ("de",), ("", "s", "n", "en", "es"), 4
MAX_PHRASE, MAX_CHARACTERS = 4, 12
AS_WRITTEN = "="
Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Meaning:
    """What a phrase stands for: its kind ("good", "colour", …) and its English names, the usual one first."""

    kind: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Gloss:
    """Words of a text, `text[start:end]` counted in words (or characters), and what they mean."""

    start: int
    end: int
    words: str
    meanings: tuple[Meaning, ...]


@dataclass(frozen=True)
class Taxonomy:
    """`phrases[language]` maps stems (or, without spaces, the characters themselves) to meanings."""

    phrases: Mapping[str, Mapping[Phrase, tuple[Meaning, ...]]]

    def with_synonyms(self, synonyms: Iterable[tuple[str, str]], language: str) -> "Taxonomy":
        """The same, where a merchant's words also mean what the merchant says."""
        told: dict[Phrase, tuple[Meaning, ...]] = {}
        known = self.phrases.get(language, {})
        for words, means in synonyms:
            for phrase in phrases_of(words_in(words, language), language):
                told[phrase] = (Meaning(SYNONYM, (means,)), *told.get(phrase, known.get(phrase, ())))
        return Taxonomy({**self.phrases, language: ChainMap(told, dict(known))}) if told else self

    def glosses(self, words: Sequence[str], language: str) -> list[Gloss]:
        """The longest known phrases from left to right; what is between them is not known."""
        found, start = [], 0
        while start < len(words):
            end, meanings = self.longest(words, start, language)
            if meanings:
                joiner = "" if language in SPACELESS else " "
                found.append(Gloss(start, end, joiner.join(words[start:end]), meanings))
            start = end
        return found

    def halves(self, word: str, language: str) -> tuple[Gloss, ...]:
        """The two known words that a compound is made of, the first one perhaps with a linking letter."""
        if language not in COMPOUNDING:
            return ()
        for place in range(LEAST_HALF, len(word) - LEAST_HALF + 1):
            head, tail = word[:place], word[place:]
            for link in LINKS:
                _end, first = self.longest([head.removesuffix(link)], 0, language)
                _end, second = self.longest([tail], 0, language)
                if head.endswith(link) and first and second:
                    return Gloss(0, 1, head, first), Gloss(0, 1, tail, second)
        return ()

    def longest(self, words: Sequence[str], start: int, language: str) -> tuple[int, tuple[Meaning, ...]]:
        """The end of the longest phrase that begins here and its meanings; else the next word, and none."""
        known, function_words = self.phrases.get(language, {}), FUNCTION_WORDS_OF.get(language, frozenset())
        reach = MAX_CHARACTERS if language in SPACELESS else MAX_PHRASE
        for end in range(min(start + reach, len(words)), start, -1):
            if end == start + 1 and words[start] in function_words:
                break
            for phrase in phrases_of(words[start:end], language):
                if phrase in known:
                    return end, known[phrase]
        return start + 1, ()


@cache
def taxonomy() -> Taxonomy:
    """All written rows, read once."""
    phrases: dict[str, dict[Phrase, list[Meaning]]] = {language: defaultdict(list) for language in LANGUAGES}
    for row in rows():
        for language in LANGUAGES:
            for name, meaning in named(row, language):
                for phrase in phrases_of(words_in(name, language), language):
                    if meaning not in phrases[language][phrase]:
                        phrases[language][phrase].append(meaning)
    return Taxonomy(
        {
            language: {phrase: tuple(meanings) for phrase, meanings in known.items()}
            for language, known in phrases.items()
        }
    )


def rows() -> Iterator[dict[str, str]]:
    folder = files("recommendations.ml.search") / "taxonomy"
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.name.endswith(".csv"):
            yield from csv.DictReader(file.read_text(encoding="utf-8").splitlines())


def named(row: Mapping[str, str], language: str) -> Iterator[tuple[str, Meaning]]:
    """Each name of the row in this language, with what it means."""
    is_family = "/" in row["en"]
    english = tuple(row["en"].split("/" if is_family else ";"))
    names = english if language == "en" else tuple(row[language].split(";"))
    for place, name in enumerate(names):
        members = english if not is_family else member(english, names, place)
        yield name, Meaning(row["kind"], members)


def member(english: tuple[str, ...], names: tuple[str, ...], place: int) -> tuple[str, ...]:
    """The one of a family that is meant, where both are told in the same order; else the whole family."""
    return (english[place],) if len(english) == len(names) else english[:3]


def phrases_of(words: Sequence[str], language: str) -> list[Phrase]:
    """Keys of a phrase: as it is written, then by its stems: cuir is not cuire, chaises are a chaise."""
    if language in SPACELESS:
        return [tuple(words)]
    return [(AS_WRITTEN, *words), tuple(lexeme_of(word, language) for word in words)]


def words_in(name: str, language: str) -> Sequence[str]:
    return name.lower() if language in SPACELESS else words_of(name)
