"""What is said about a product to the encoder, and how the parts become one vector."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

# Attributes that name the kind of thing, as feeds and shops call them.
KIND_ATTRIBUTES = ("product_type", "type", "style")


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
    shelf = plain(" ".join(dict.fromkeys([*facts.shelves, *kinds])))
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


def product_vectors(documents: Vectors, shelves: Vectors, *, has_shelf: Sequence[bool]) -> Vectors:
    """Unit rows halfway between what a product says and what its shelf is.

    The shelf says in two words what a description circles around; weighed like the whole text it lifts
    search more than any mixture with word matching (README: Quality).
    """
    mixed = documents + shelves * np.asarray(has_shelf, np.float32)[:, None]
    norms = np.linalg.norm(mixed, axis=1, keepdims=True)
    unit: Vectors = (mixed / np.maximum(norms, 1e-12)).astype(np.float32)
    return unit
