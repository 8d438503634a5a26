"""What a search asks and what it says."""

from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise

from ecommerce_ai.shop.models import Category, Customer, Product
from recommendations.selectors.results import Recommendation
from recommendations.selectors.search.settings import SHIPPED, SearchSettings


class Road(StrEnum):
    """How a search found what it found."""

    MEANING = "meaning"
    WORDS = "words"


@dataclass(frozen=True)
class Constraint:
    """A condition that was in the words: "under 50", "red". The search keeps to it until it is dropped.

    `name` is "price", "brand" or the key of an attribute; `values` are what the shop's own filter of that
    name takes (a price band is "20-40", "-50" or "20-"; any one of several values is enough).
    """

    name: str
    values: tuple[str, ...]
    label: str | Promise
    words: str

    @property
    def key(self) -> str:
        """What an address says to drop it: put into `SearchOptions.dropped`."""
        return f"{self.name}:{'|'.join(self.values)}"


@dataclass(frozen=True)
class SearchOptions:
    """How to search.

    `dropped`: keys of constraints that the shopper took away; their words then count as words.
    `is_repairing`: whether slips are repaired ("search instead for what I typed" turns it off).
    `customer` and `is_personal`: whose taste reorders the results, where they allow it.
    `with_drafts`: the merchant's preview, with synonyms and pins that are not live yet.
    `settings`: what decides; an experiment hands in another one.
    """

    dropped: frozenset[str] = frozenset()
    is_repairing: bool = True
    customer: Customer | None = None
    is_personal: bool = True
    with_drafts: bool = False
    settings: SearchSettings = SHIPPED


@dataclass(frozen=True)
class SearchResults:
    """One page of a search, and the keys of all that matched, best first (facets are counted over them).

    Each item's `reason` says why this result. `did_you_mean` is the query with its slips repaired ("" where
    there are none): the results are already those of the repaired one. `highlights` are words, in small
    letters, that the matches were found by: a title word that starts with one may be marked. `language` is
    the query's ("en", "zh", "es", …). `is_personal`: the customer's taste moved something. `relaxed`: the
    conditions that nothing met, left out of these results.
    """

    query: str
    items: tuple[Recommendation, ...]
    product_ids: tuple[int, ...]
    road: Road
    constraints: tuple[Constraint, ...] = ()
    did_you_mean: str = ""
    highlights: tuple[str, ...] = ()
    language: str = ""
    is_personal: bool = False
    relaxed: tuple[Constraint, ...] = ()

    @property
    def total(self) -> int:
        return len(self.product_ids)


@dataclass(frozen=True)
class Suggestions:
    """What could be meant by the letters so far: whole queries, shelves, products."""

    words: tuple[str, ...] = field(default=())
    shelves: tuple[Category, ...] = field(default=())
    products: tuple[Product, ...] = field(default=())
