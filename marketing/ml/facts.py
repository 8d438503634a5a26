"""What is known of a product, typed: read from its texts and attributes, and its price, stock and offer."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from marketing.ml.claims import Claim, Kind, claims_in
from marketing.ml.stems import stems

# An attribute whose name ends in a unit, as "weight_g".
MEASURED = re.compile(r"(\w+)_(ml|cl|l|g|kg|mm|cm|m|w|v)$")
CLAUSE = re.compile(r"[.,;:!?](?!\d)|[，。；：！？、\n]|(?<!\w)(?:but|yet|although|though)(?!\w)|但是?|却")
CLAUSES = re.compile(rf"(?:(?!{CLAUSE.pattern}).)+", re.DOTALL)
DENIES = re.compile(
    r"(?<!\w)(?:not(?! (?:only|just|to mention))|no(?! matter)|never|without|cannot|neither|nor|\w+n[’']t|"
    r"excludes?|"
    r"excluded|excluding|except|unsuitable|sold separately|extra cost|lacks?|avoid)(?!\w)|"
    r"不(?![锈同仅只错止但妨论管断少久远凡禁])|没有?|未|另[售购配]|自备|除外|勿|切忌|避免",
    re.IGNORECASE,
)
HELPING = stems("does do did can could will would should may might must has have been also there here")
TELLING = 2  # words; of Chinese one character more
CENT = Decimal("0.01")
FLEETING = frozenset(
    {Kind.PRICE, Kind.OLD_PRICE, Kind.DISCOUNT, Kind.STOCK}
)  # a description does not prove these


@dataclass(frozen=True)
class Offer:
    """A percentage or an amount off; `prior_price` is what it may be compared with, `now` what is paid where
    the shop rounds in the buyer's favour.
    """

    percent: Decimal | None = None
    amount: Decimal | None = None
    code: str = ""
    begins: date | None = None
    ends: date | None = None
    prior_price: Decimal | None = None
    now: Decimal | None = None

    def price_of(self, price: Decimal) -> Decimal:
        """What is paid."""
        if self.now is not None:
            return self.now
        reduced = price * (100 - self.percent) / 100 if self.percent else price - (self.amount or 0)
        return max(Decimal(0), reduced).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class Fact:
    """A statement and where it is known from: "title", "description", "attributes", …"""

    claim: Claim
    source: str


@dataclass(frozen=True)
class ProductFacts:
    """A product as its writers and its judges know it. `services` are the shop's own promises, such as
    free returns.
    """

    title: str
    description: str = ""
    category: str = ""
    brand: str = ""
    attributes: Mapping[str, object] = field(default_factory=dict)
    price: Decimal | None = None
    currency: str = ""
    stock: int | None = None
    offer: Offer | None = None
    services: str = ""

    @property
    def texts(self) -> dict[str, str]:
        return {
            "title": self.title,
            "description": self.description,
            "category": self.category,
            "brand": self.brand,
            "attributes": ". ".join(stated(key, value) for key, value in self.attributes.items()),
            "services": self.services,
        }

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """Those that the texts state; price, stock and offer have fields of their own."""
        return tuple(
            Fact(claim, source)
            for source, text in self.texts.items()
            for claim in claims_in(text)
            if claim.kind not in FLEETING
        )

    @cached_property
    def words(self) -> frozenset[str]:
        """Of what the texts say, not of what they deny."""
        return stems(" ".join(each for each in self.clauses if not DENIES.search(each)))

    @cached_property
    def denials(self) -> tuple[frozenset[str], ...]:
        """The words of each clause that denies something."""
        return tuple(stems(each) for each in self.clauses if DENIES.search(each))

    @cached_property
    def denied(self) -> tuple[frozenset[str], ...]:
        """What each denial is about, where it has words enough to be known again."""
        cores = (stems(DENIES.sub(" ", each)) - HELPING for each in self.clauses if DENIES.search(each))
        return tuple(each for each in cores if len(each) >= (TELLING if is_latin(each) else TELLING + 1))

    @property
    def clauses(self) -> list[str]:
        return [each for text in self.texts.values() for each in CLAUSE.split(text) if each]

    @property
    def offered_price(self) -> Decimal | None:
        return self.offer.price_of(self.price) if self.offer and self.price is not None else self.price


def is_latin(words: frozenset[str]) -> bool:
    return all(each.isascii() for each in words)


def stated(key: str, value: object) -> str:
    """An attribute as a text states it: "navy colour", "4 pieces", "size M", "350 ml capacity"."""
    if isinstance(value, list | tuple):
        return ". ".join(stated(key, each) for each in value)
    if key.lower().startswith("size"):
        return f"size {value}"
    if measured := MEASURED.match(key):
        return f"{with_unit(value, measured[2])} {measured[1]}".replace("_", " ")
    return f"{value} {key}"


def with_unit(value: object, unit: str) -> str:
    """ "9 × 9 × 10" and "cm" → "9 cm × 9 cm × 10 cm"."""
    return " × ".join(f"{each.strip()} {unit}" for each in re.split("[×x]", str(value)))
