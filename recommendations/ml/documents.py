"""What is said about a product to the encoder, and how the parts become one vector."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

# Attributes that name the kind of thing, as feeds and shops call them.
KIND_ATTRIBUTES = ("product_type", "type", "style")
MAX_SHELF = 1000


@dataclass(frozen=True)
class ProductText:
    """The whole text of a product, and the words of its shelf alone."""

    document: str
    shelf: str


@dataclass(frozen=True)
class ProductFacts:
    """What is known of a product; `shelves` from the root down."""

    title: str
    brand: str
    shelves: Sequence[str]
    description: str
    attributes: Mapping[str, Any]


def product_text(facts: ProductFacts) -> ProductText:
    """Title, brand, shelf, description, attributes, in that order: a model reads the first 256 tokens."""
    kinds = [
        facts.attributes[name] for name in KIND_ATTRIBUTES if isinstance(facts.attributes.get(name), str)
    ]
    shelf = plain(" ".join(dict.fromkeys([*facts.shelves, *kinds])))[:MAX_SHELF]
    parts = [facts.title, facts.brand, shelf, facts.description, attribute_text(facts.attributes)]
    return ProductText(
        document=". ".join(part.strip(" .") for part in parts if part.strip(" .")), shelf=shelf
    )


def plain(words: str) -> str:
    """Slugs and codes as words."""
    return " ".join(words.replace("-", " ").replace("_", " ").replace("/", " ").split())


def attribute_text(attributes: Mapping[str, Any]) -> str:
    """Attributes that say something in words: a number without its meaning only blurs a vector."""
    named = {name: value for name, value in attributes.items() if name not in KIND_ATTRIBUTES}
    return ", ".join(
        f"{plain(name)} {value}"
        for name, value in sorted(named.items())
        if isinstance(value, str) and len(value) > 1
    )


@dataclass(frozen=True)
class EncodedProducts:
    """Unit rows of products and of their shelves (zeros without one), in the order of `shelves`.

    `agreements` are the cosines of what a product says with what its shelf is.
    """

    vectors: Vectors
    shelf_vectors: Vectors
    agreements: Vectors
    shelves: Sequence[str]


def encoded_products(
    documents: Vectors, shelf_vectors: Vectors, *, shelves: Sequence[str]
) -> EncodedProducts:
    """Unit rows halfway between what a product says and what its shelf is.

    The shelf says in two words what a description circles around.
    """
    own_shelves = shelf_vectors * np.array([bool(text) for text in shelves], np.float32)[:, None]
    mixed = documents + own_shelves
    norms = np.linalg.norm(mixed, axis=1, keepdims=True)
    unit: Vectors = (mixed / np.maximum(norms, 1e-12)).astype(np.float32)
    agreements: Vectors = (documents * own_shelves).sum(axis=1)
    return EncodedProducts(unit, own_shelves, agreements, shelves)
