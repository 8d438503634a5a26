"""A query taken apart: its language, its parts, what each may also be called.

The shop's own vocabulary lies in the database: a draft says which words to look up there, and
`understanding.understand` decides with what was found.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ecommerce_ai.text_analysis import (
    FUNCTION_WORDS_OF,
    is_without_spaces,
    lexeme_of,
    lexemes_of,
    pieces_of,
    words_of,
)
from recommendations.ml.search.language import language_of
from recommendations.ml.search.purposes import goods_for
from recommendations.ml.search.spelling import Repair
from recommendations.ml.search.taxonomy import SPACELESS, Meaning, Taxonomy, taxonomy

MAX_WORDS = 24
MAX_NAMES = 4
# Kinds that tell what a thing is for or how it is, and name no goods: many titles say them of something else.
DESCRIBING_KINDS = frozenset({"action", "body", "thing", "quality"})
LEAST_SENTENCE, LEAST_TOLD = 3, 5


@dataclass(frozen=True)
class Part:
    """One word, or one phrase that the taxonomy knows, of a query."""

    words: tuple[str, ...]
    meanings: tuple[Meaning, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(meaning.kind for meaning in self.meanings)

    @property
    def is_describing(self) -> bool:
        return bool(self.kinds) and self.kinds <= DESCRIBING_KINDS


@dataclass(frozen=True)
class Draft:
    """A query taken apart without the shop's vocabulary."""

    query: str
    language: str
    parts: tuple[Part, ...]

    @property
    def is_foreign(self) -> bool:
        """Not in English, which the taxonomy translates to."""
        return self.language != "en"

    @property
    def is_need(self) -> bool:
        """Whether it says what is needed rather than what it is called: a sentence, or words of no goods."""
        if self.language not in SPACELESS and not self.is_sentence:
            return False
        does_something = any(part.is_describing and part.kinds & {"action", "body"} for part in self.parts)
        return does_something or not any("good" in part.kinds for part in self.parts)

    @property
    def is_told(self) -> bool:
        """Whether a need is told in enough words to be read as it stands: a rare word in it is no slip."""
        return self.is_need and len(words_of(self.query)) >= LEAST_TOLD

    @property
    def is_sentence(self) -> bool:
        words, function_words = words_of(self.query), FUNCTION_WORDS_OF.get(self.language, frozenset())
        return len(words) >= LEAST_SENTENCE and any(word in function_words for word in words)

    @property
    def goods(self) -> tuple[str, ...]:
        """English names of what serves the need that it tells."""
        if not self.is_need:
            return ()
        said = {lexeme for part in self.parts for lexeme in own_lexemes(part, self.language)}
        meant = {
            lexeme
            for part in self.parts
            for meaning in part.meanings
            for lexeme in lexemes_of(meaning.names[0], "en")
        }
        return goods_for(said | meant if self.is_foreign else said)

    def lexemes(self) -> set[str]:
        """All that has to be looked up: of the words themselves and of all their names."""
        own = {lexeme for part in self.parts for lexeme in own_lexemes(part, self.language)}
        names = [*self.goods, *(name for part in self.parts for name in names_of(part))]
        return own | {lexeme for name in names for lexeme in lexemes_of(name, "en")}

    def unknown_words(self, documents: Mapping[str, int]) -> list[str]:
        """Words that neither the taxonomy nor the shop knows: they may be slips."""
        return [
            part.words[0]
            for part in self.parts
            if not part.meanings
            and not is_without_spaces(part.text)
            and not any(lexeme in documents for lexeme in own_lexemes(part, self.language))
        ]


def parse(query: str, *, expected: str, synonyms: Iterable[tuple[str, str]] = ()) -> Draft:
    """Take a query apart; `expected` is the language of whoever typed it, `synonyms` are the merchant's."""
    words = words_of(query)[:MAX_WORDS]
    language = language_of(query, words, taxonomy(), expected=expected)
    known = taxonomy().with_synonyms(synonyms, language)
    if language in SPACELESS:
        parts = [part for word in words for part in parts_of_run(word, language, known)]
    else:
        parts = parts_of_words(words, language, known)
    return Draft(query, language, tuple(parts[:MAX_WORDS]))


def parts_of_words(words: Sequence[str], language: str, known: Taxonomy) -> list[Part]:
    """Known phrases, and each other word that says something."""
    function_words = FUNCTION_WORDS_OF.get(language, frozenset())
    glosses = {gloss.start: gloss for gloss in known.glosses(words, language)}
    parts, place = [], 0
    while place < len(words):
        gloss = glosses.get(place)
        if gloss:
            parts.append(Part(tuple(words[place : gloss.end]), gloss.meanings))
        elif words[place] not in function_words:
            parts += parts_of_unknown(words[place], language, known)
        place = gloss.end if gloss else place + 1
    return parts


def parts_of_unknown(word: str, language: str, known: Taxonomy) -> list[Part]:
    """The halves of a compound, of which the last says what it is; else the word as it stands."""
    if not (halves := known.halves(word, language)):
        return [Part((word,))]
    first, last = halves
    return [Part((first.words,), first.meanings), Part((word,), last.meanings)]


def parts_of_run(run: str, language: str, known: Taxonomy) -> list[Part]:
    """Known words of a script without spaces; other scripts between them are words of their own."""
    if not is_without_spaces(run):
        return parts_of_words([run], "en", known)
    glosses = known.glosses(list(run), language)
    named = [Part((gloss.words,), gloss.meanings) for gloss in glosses]
    covered = {place for gloss in glosses for place in range(gloss.start, gloss.end)}
    rest = "".join(letter if place not in covered else " " for place, letter in enumerate(run)).split()
    function_words = FUNCTION_WORDS_OF[language]
    return named + [Part((each,)) for each in rest if len(each) > 1 and each not in function_words]


def own_lexemes(part: Part, language: str) -> list[str]:
    """The stems of the words themselves, in their language and in English."""
    found: list[str] = []
    for word in part.words:
        if is_without_spaces(word):
            found += pieces_of(word)
        elif word not in FUNCTION_WORDS_OF.get(language, frozenset()):
            found += [lexeme_of(word, "en"), lexeme_of(word, language)]
    return list(dict.fromkeys(found))


def names_of(part: Part) -> list[str]:
    """What else it may be called, in English, the usual names first; of each meaning about as many."""
    names = [name for meaning in part.meanings for name in meaning.names[:MAX_NAMES]]
    return list(dict.fromkeys(names))[: 2 * MAX_NAMES]


def repaired_query(query: str, repairs: Mapping[str, Repair]) -> str:
    """The query with its slips mended."""
    return " ".join(repairs[word].word if word in repairs else word for word in words_of(query))
