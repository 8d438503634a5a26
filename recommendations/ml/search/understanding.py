"""A query taken apart: language, words with what they may also be called, slips repaired, text to encode.

In two steps, because the shop's own vocabulary lies in the database: `parse` says which words to look up,
`understand` decides with what was found.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log

from recommendations.ml.search.analysis import (
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
from recommendations.ml.search.taxonomy import SPACELESS, SYNONYM, Meaning, Taxonomy, taxonomy

MAX_WORDS = 24
MAX_NAMES = 4
SYNONYM_WEIGHT = 0.7
GLOSS_WEIGHT = 0.95
MERCHANT_WEIGHT = 1.0
# Kinds of which a shop may keep an attribute: their names are looked up among its values.
ATTRIBUTE_KINDS = frozenset({"colour", "material", "pattern", "size", "recipient", "occasion", "season"})
# Kinds that tell what a thing is for or how it is, and name no goods: many titles say them of something else.
DESCRIBING_KINDS = frozenset({"action", "body", "thing", "quality"})
MAX_GOODS_TOLD = 3
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


@dataclass(frozen=True)
class Term:
    """One thing that was asked for, and every lexeme that would be it, each with how surely (0-1).

    `documents`: in how many products the most common of them stands.
    """

    words: str
    lexemes: Mapping[str, float]
    importance: float
    documents: int
    is_describing: bool = False

    @property
    def is_known(self) -> bool:
        return self.documents > 0


@dataclass(frozen=True)
class Understanding:
    """What a query asks. `text` goes to the encoder; `repaired` is the query without its slips, or "".

    `is_need`: it tells a need; `goods`, each a term, are what usually serves it.
    """

    query: str
    language: str
    text: str
    terms: tuple[Term, ...]
    repaired: str = ""
    kinds: frozenset[str] = field(default_factory=frozenset)
    is_need: bool = False
    goods: tuple[Term, ...] = ()

    @property
    def known_share(self) -> float:
        """How much of what was asked the shop's words could answer; 0-1."""
        total = sum(term.importance for term in self.terms)
        return sum(term.importance for term in self.terms if term.is_known) / total if total else 0.0


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
            parts.append(Part((words[place],)))
        place = gloss.end if gloss else place + 1
    return parts


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


def understand(
    draft: Draft, *, documents: Mapping[str, int], products: int, repaired: str = ""
) -> Understanding:
    """Decide with the shop's vocabulary: `documents` says in how many of the `products` a lexeme stands."""
    terms = [term_of(part, draft, documents=documents, products=products) for part in draft.parts]
    texts = [text_of(part, draft, documents) for part in draft.parts]
    return Understanding(
        query=draft.query,
        language=draft.language,
        text=" ".join([encoder_text(draft, texts), *goods_in_shop(draft.goods, documents)[:MAX_GOODS_TOLD]]),
        terms=tuple(term for term in terms if term.lexemes),
        repaired=repaired,
        kinds=frozenset(meaning.kind for part in draft.parts for meaning in part.meanings),
        is_need=draft.is_need,
        goods=goods_terms(draft.goods, documents),
    )


def goods_in_shop(goods: Sequence[str], documents: Mapping[str, int]) -> list[str]:
    return [name for name in goods if is_in_shop(name, documents)]


def goods_terms(goods: Sequence[str], documents: Mapping[str, int]) -> tuple[Term, ...]:
    """Those that one word of the shop names."""
    named = [(name, lexemes_of(name, "en")) for name in goods_in_shop(goods, documents)]
    return tuple(
        Term(name, {lexemes[0]: 1.0}, 1.0, documents[lexemes[0]])
        for name, lexemes in named
        if len(lexemes) == 1
    )


def term_of(part: Part, draft: Draft, *, documents: Mapping[str, int], products: int) -> Term:
    """Every lexeme of the part: its own and its other names'."""
    weights: dict[str, float] = dict.fromkeys(own_lexemes(part, draft.language), 1.0)
    usual = GLOSS_WEIGHT if draft.is_foreign else SYNONYM_WEIGHT
    for meaning in part.meanings:
        weight = MERCHANT_WEIGHT if meaning.kind == SYNONYM else usual
        for name in meaning.names[:MAX_NAMES]:
            if len(lexemes := lexemes_of(name, "en")) == 1:
                weights[lexemes[0]] = max(weight, weights.get(lexemes[0], 0.0))
    known = {lexeme: weight for lexeme, weight in weights.items() if lexeme in documents}
    most = max((documents[lexeme] for lexeme in known), default=0)
    return Term(part.text, known or weights, rarity(most, products), most, part.is_describing)


def rarity(documents: int, products: int) -> float:
    """Inverse document frequency (BM25's), never negative; an unknown word counts like a rare one."""
    return log(1.0 + (products - documents + 0.5) / (documents + 0.5)) if products else 1.0


def text_of(part: Part, draft: Draft, documents: Mapping[str, int]) -> str:
    """The part in English, in words of the shop where it has any for it."""
    if not part.meanings:
        return "" if is_without_spaces(part.text) else part.text
    if synonyms := [name for each in part.meanings if each.kind == SYNONYM for name in each.names]:
        return " ".join([part.text, *synonyms])
    in_shop = [name for name in names_of(part) if is_in_shop(name, documents)]
    if draft.is_foreign:
        chosen = [
            next((name for name in meaning.names if name in in_shop), meaning.names[0])
            for meaning in part.meanings[:2]
        ]
        return " ".join(dict.fromkeys(chosen))
    if is_in_shop(part.text, documents) or not in_shop:
        return part.text
    return in_shop[0]


def is_in_shop(name: str, documents: Mapping[str, int]) -> bool:
    lexemes = lexemes_of(name, "en")
    return bool(lexemes) and all(lexeme in documents for lexeme in lexemes)


def encoder_text(draft: Draft, texts: Sequence[str]) -> str:
    """The translated parts, or the English query with strange words exchanged; a sentence as it stands."""
    if draft.is_foreign:
        return " ".join(text for text in texts if text) or draft.query
    if draft.is_need:
        return draft.query
    text = f" {' '.join(words_of(draft.query))} "
    for part, said in zip(draft.parts, texts, strict=True):
        if said and said != part.text:
            text = text.replace(f" {part.text} ", f" {said} ", 1)
    return text.strip() or draft.query


def repaired_query(query: str, repairs: Mapping[str, Repair]) -> str:
    """The query with its slips mended."""
    return " ".join(repairs[word].word if word in repairs else word for word in words_of(query))
