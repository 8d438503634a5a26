"""Which candidates carry what the shopper's profile says they like, and what they said they do not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from profiles.models import Trait
from profiles.selectors.interests import trait_label
from recommendations.selectors.facts import Facts


@dataclass(frozen=True)
class Tag:
    """`weight`: 0 to 1, relative to the shopper's strongest. `is_removed`: the shopper took it away."""

    kind: str
    key: str
    label: str | Promise
    weight: float
    is_removed: bool

    @property
    def subject(self) -> str:
        return f"{self.kind}:{self.key}"


@dataclass(frozen=True)
class TagMatch:
    """A product that carries a tag."""

    product_id: int
    tag: Tag


def tags_of(facts: Facts) -> dict[int, Tag]:
    """The strongest interests and what was taken away, by the key of the trait."""
    most = max((strength for *_, strength, _ in facts.traits if strength is not None), default=1.0)
    return {
        trait: Tag(
            kind,
            key,
            trait_label(Trait(kind=kind, key=key, label=label, translations=translations)),
            (most if strength is None else strength) / most,
            is_removed,
        )
        for trait, kind, key, label, translations, strength, is_removed in facts.traits
    }


def matches_of(tags: Mapping[int, Tag], pairs: Iterable[tuple[int, int]]) -> list[TagMatch]:
    """From (product, trait)."""
    return [TagMatch(product, tags[trait]) for product, trait in pairs]
