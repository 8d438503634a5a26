"""Which traits a product has: read from its fields; from the words of its title where nobody filled them."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

COLOUR_ATTRIBUTES = {"colour", "color"}
THEME_ATTRIBUTES = {"occasion", "recipient", "season", "style", "theme", "use", "for", "gender", "age"}
SILENT_ATTRIBUTES = {"care", "dimensions", "size", "pieces", "gtin", "mpn", "barcode"}
COLOURS = (
    "black", "white", "cream", "ivory", "grey", "gray", "silver", "gold", "brown", "beige", "red", "pink",
    "rose", "orange", "yellow", "green", "mint", "blue", "navy", "turquoise", "purple", "lilac",
)  # fmt: skip
STOP_WORDS = {
    "a", "an", "and", "are", "as", "at", "by", "for", "from", "in", "into", "is", "it", "of", "on",
    "or", "set", "the", "to", "with", "assorted", "asstd", "asst", "colour", "colours", "design",
    "designs", "small", "large", "medium", "big", "mini", "new", "pack", "piece", "pieces", "box",
    "each",
}  # fmt: skip
BANDS = ("low", "middle", "high")
LEAST_ON_SHELF = 9
WORD_LEAST, PHRASE_LEAST, WORD_MOST_SHARE = 15, 8, 0.06
THEMES_PER_PRODUCT = 3


@dataclass(frozen=True, order=True)
class TraitKey:
    """Kind and key name a trait for good; the label is what it was called where it was first met."""

    kind: str
    key: str
    label: str = field(compare=False)
    translations: Mapping[str, Any] = field(compare=False, default_factory=dict, hash=False)


@dataclass(frozen=True)
class Goods:
    """What is read of a product. `shelves`: (path, name, translations) from the root down."""

    pk: int
    title: str
    brand: str
    price: float
    shelves: Sequence[tuple[str, str, Mapping[str, Any]]]
    attributes: Mapping[str, Any]
    translations: Mapping[str, Any]


def traits_of_products(products: Sequence[Goods]) -> dict[int, list[TraitKey]]:
    """The traits of each product, by its key. A catalogue without shelves gets themes from its titles."""
    bands = price_bands(products)
    themes = title_themes([product for product in products if not product.shelves])
    return {
        product.pk: [
            *shelf_traits(product),
            *([TraitKey("brand", product.brand.casefold()[:200], product.brand)] if product.brand else []),
            *attribute_traits(product),
            TraitKey("price_band", bands[product.pk], bands[product.pk]),
            *themes.get(product.pk, []),
        ]
        for product in products
    }


def shelf_traits(product: Goods) -> Iterable[TraitKey]:
    for path, name, translations in product.shelves:
        local = {code: {"label": words["name"]} for code, words in translations.items() if words.get("name")}
        yield TraitKey("category", path, name, local)


def attribute_traits(product: Goods) -> Iterable[TraitKey]:
    """Attributes that say something in words; numbers and sizes are facts, not tastes."""
    told = set()
    for name, value in product.attributes.items():
        if name in SILENT_ATTRIBUTES:
            continue
        for position, word in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(word, str) and 1 < len(word) <= 60 and not any(c.isdigit() for c in word):
                trait = attribute_trait(product, name, word, position)
                told.add(trait.kind)
                yield trait
    if "colour" not in told and (colour := colour_in(product.title)):
        yield TraitKey("colour", colour, colour)


def attribute_trait(product: Goods, name: str, word: str, position: int) -> TraitKey:
    local = {
        code: {"label": told}
        for code, words in product.translations.items()
        if (told := local_value(words.get("attributes"), name, position))
    }
    key = word.casefold()
    if name in COLOUR_ATTRIBUTES:
        return TraitKey("colour", key, word, local)
    kind = "theme" if name in THEME_ATTRIBUTES else "attribute"
    return TraitKey(kind, f"{name}:{key}", word, local)


def local_value(attributes: Any, name: str, position: int) -> str:
    told = attributes.get(name) if isinstance(attributes, Mapping) else None
    if isinstance(told, list):
        told = told[position] if position < len(told) else None
    return told if isinstance(told, str) else ""


def colour_in(title: str) -> str:
    words = set(re.findall(r"[a-z]+", title.casefold()))
    return next((colour for colour in COLOURS if colour in words), "")


def price_bands(products: Sequence[Goods]) -> dict[int, str]:
    """Thirds of the prices on each product's shelf, or of all where a shelf holds only a few."""
    shelves: dict[str, list[Goods]] = defaultdict(list)
    for product in products:
        shelves[product.shelves[-1][0] if product.shelves else ""].append(product)
    everything = thirds(products)
    limits = {
        path: thirds(members) if len(members) >= LEAST_ON_SHELF else everything
        for path, members in shelves.items()
    }
    return {
        product.pk: BANDS[int(np.searchsorted(limits[path], product.price, side="left"))]
        for path, members in shelves.items()
        for product in members
    }


def thirds(products: Sequence[Goods]) -> Sequence[float]:
    prices = [product.price for product in products]
    return [float(limit) for limit in np.quantile(prices, (1 / 3, 2 / 3))] if prices else []


def title_themes(products: Sequence[Goods]) -> dict[int, list[TraitKey]]:
    """The rarer of the words and pairs of words that several titles share."""
    terms = {product.pk: title_terms(product.title) for product in products}
    met = Counter(term for found in terms.values() for term in found)
    most = max(PHRASE_LEAST, int(len(products) * WORD_MOST_SHARE))
    shared = {
        term: count
        for term, count in met.items()
        if (PHRASE_LEAST if " " in term else WORD_LEAST) <= count <= most
    }
    return {pk: [theme(term) for term in best_terms(found, shared)] for pk, found in terms.items()}


def theme(term: str) -> TraitKey:
    return TraitKey("theme", f"word:{term}", term.capitalize())


def title_terms(title: str) -> list[str]:
    words = re.findall(r"[^\W\d_]+", title.casefold())
    told = [word for word in words if len(word) > 2 and word not in STOP_WORDS and word not in COLOURS]
    pairs = [f"{first} {second}" for first, second in pairwise(words) if first in told and second in told]
    return list(dict.fromkeys([*pairs, *told]))


def best_terms(found: Sequence[str], shared: Mapping[str, int]) -> list[str]:
    """Pairs before words, rarer before common; a word inside a chosen pair says nothing more."""
    chosen: list[str] = []
    for term in sorted((t for t in found if t in shared), key=lambda t: (" " not in t, shared[t], t)):
        if len(chosen) < THEMES_PER_PRODUCT and not any(term in other.split() for other in chosen):
            chosen.append(term)
    return chosen
