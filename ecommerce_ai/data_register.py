"""The register of personal data: each app says in `personal_data.py` which of its fields are about a person,
how long they are kept, and what an erasure does with them. `privacy` reads it to export and to erase.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum


class OnErasure(StrEnum):
    """DELETE the row, or KEEP it for the books: personal fields emptied, nobody named."""

    DELETE = "delete"
    KEEP = "keep"


class Retention(StrEnum):
    """How long rows are kept; the days are in the setting `PRIVACY_RETENTION_DAYS`."""

    ACCOUNT = "account"  # as long as there is the customer
    BOOKS = "books"  # as long as the law wants orders
    BEHAVIOUR = "behaviour"
    INFERENCE = "inference"  # rebuilt from facts: gone when they are
    OPERATIONS = "operations"


@dataclass(frozen=True)
class Keeping:
    """What becomes of rows about people: with an erasure, and with age (`moment` says how old a row is)."""

    retention: Retention = Retention.ACCOUNT
    moment: str = ""
    on_erasure: OnErasure = OnErasure.DELETE


@dataclass(frozen=True)
class Entry:
    """A model's fields. `person` is the lookup that leads to the customer; empty for models about nobody, and
    for those with a `Store` of their own."""

    model: str
    personal: frozenset[str]
    other: frozenset[str]
    person: str = ""
    keeping: Keeping = Keeping()

    @property
    def fields(self) -> frozenset[str]:
        return self.personal | self.other


@dataclass(frozen=True)
class Subject:
    """Whom an erasure or an export is about. `words` name nobody else: addresses, visitors' numbers. `names`
    and the shop's `numbers` may mean something else elsewhere; `texts` is how lists called their rows."""

    customer_ids: frozenset[int]
    user_ids: frozenset[int] = frozenset()
    words: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Store:
    """A place beside the tables: caches, files, logs. `count` finds what is left of a person, `erase` removes
    it; `note` is for the receipt: the day (ISO) by which models learn again. Higher `order` runs later."""

    name: str
    count: Callable[[Subject], int]
    erase: Callable[[Subject], None]
    note: Callable[[], str] = str
    order: int = 100


entries: dict[str, Entry] = {}
stores: dict[str, Store] = {}


def personal(
    model: str,
    *,
    person: str,
    fields: str,
    other: str,
    keeping: Keeping = Keeping(),
) -> None:
    """Declare a model about people: `fields` tell about one, `other` do not; names divided by spaces."""
    entries[model] = Entry(model, frozenset(fields.split()), frozenset(other.split()), person, keeping)


def impersonal(model: str, fields: str) -> None:
    """Declare a model that is about nobody, with every field of it."""
    entries[model] = Entry(model, frozenset(), frozenset(fields.split()))


def store(each: Store) -> None:
    """Declare a place beside the tables."""
    stores[each.name] = each


def stores_in_order() -> Iterable[Store]:
    return sorted(stores.values(), key=lambda each: each.order)
