"""Which candidates carry what the shopper's profile says they like, and what they said they do not."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from profiles.models import Trait
from profiles.selectors.interests import trait_label
from recommendations.selectors.facts import Facts


class Tag(NamedTuple):
    """`weight`: 0 to 1, relative to the shopper's strongest. `is_removed`: the shopper took it away."""

    name: "TagName"
    weight: float
    is_removed: bool


class TagName(NamedTuple):
    """What a tag is called: as the shop gave it, and by language."""

    kind: str
    key: str
    label: str
    translations: Mapping[str, Any]

    @property
    def subject(self) -> str:
        return f"{self.kind}:{self.key}"

    @property
    def local_label(self) -> str:
        """In the reader's language."""
        return trait_label(Trait(**self._asdict()))


def tags_of(facts: Facts) -> dict[int, Tag]:
    """The strongest interests and what was taken away, by the key of the trait."""
    most = max((strength for *_, strength, _ in facts.traits if strength is not None), default=1.0)
    return {
        trait: Tag(
            TagName(kind, key, label, translations),
            (most if strength is None else strength) / most,
            is_removed,
        )
        for trait, kind, key, label, translations, strength, is_removed in facts.traits
    }


def carriers_of(tags: Mapping[int, Tag], pairs: Iterable[tuple[int, int]]) -> list[tuple[Tag, list[int]]]:
    """Each tag with the products that carry it, from (product, trait)."""
    products: dict[int, list[int]] = defaultdict(list)
    for product, trait in pairs:
        products[trait].append(product)
    return [(tags[trait], carrying) for trait, carrying in products.items()]
