"""Why a product is among the results."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from recommendations.ml.search.understanding import Understanding
from recommendations.selectors.results import Reason

SENTENCES: dict[str, str | Promise] = {
    "search_exact": _("Exactly what you typed"),
    "search_pinned": _("Chosen by the shop for this search"),
    "search_personal": _("Fits your search and your taste"),
    "search_shelf": _("Its shelf fits your search"),
    "search_meaning": _("Close in meaning to your search"),
}
WORDS = {
    "A": _("“{words}” in the title"),
    "B": _("“{words}” names its shelf"),
    "C": _("“{words}” among its facts"),
    "D": _("“{words}” in the description"),
}


@dataclass(frozen=True)
class Found:
    """A product, how likely it answers the query, and what speaks for it."""

    product_id: int
    score: float
    matches: Mapping[str, str] = field(default_factory=dict)
    shelf_cosine: float = 0.0
    is_exact: bool = False
    is_pinned: bool = False
    is_personal: bool = False


def reason_of(hit: Found, understanding: Understanding) -> Reason:
    """The strongest reason, with the facts behind it."""
    words = matched_words(hit, understanding)
    evidence: dict[str, Any] = {"words": words, "shelf_similarity": round(hit.shelf_cosine, 3)}
    code = code_of(hit, words)
    if code == "search_words":
        best = min(words.values())
        named = ", ".join(word for word, weight in words.items() if weight == best)
        return Reason(code, format_lazy(WORDS[best], words=named), evidence)
    return Reason(code, SENTENCES[code], evidence)


def code_of(hit: Found, words: Mapping[str, str]) -> str:
    if hit.is_exact:
        return "search_exact"
    if hit.is_pinned:
        return "search_pinned"
    if hit.is_personal:
        return "search_personal"
    if words:
        return "search_words"
    return "search_shelf" if hit.shelf_cosine >= 0.45 else "search_meaning"


def matched_words(hit: Found, understanding: Understanding) -> dict[str, str]:
    """The words of the query that the product has, each with the best field (A-D) where it stands."""
    found = {}
    for term in (*understanding.terms, *understanding.goods):
        if fields := [hit.matches[lexeme] for lexeme in term.lexemes if lexeme in hit.matches]:
            found[term.words] = min(fields)
    return found
