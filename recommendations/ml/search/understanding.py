"""What a query asks, decided with the shop's own vocabulary: terms with their weights, text to encode."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log

from ecommerce_ai.text_analysis import is_without_spaces, lexemes_of, words_of
from recommendations.ml.search.parsing import MAX_NAMES, Draft, Part, names_of, own_lexemes
from recommendations.ml.search.taxonomy import SYNONYM

SYNONYM_WEIGHT = 0.7
GLOSS_WEIGHT = 0.95
MERCHANT_WEIGHT = 1.0
MAX_GOODS_TOLD = 3


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
