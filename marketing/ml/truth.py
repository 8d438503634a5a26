"""Whether what a text claims is so: each claim is linked to a fact, the offer, the price or the stock, or
has a reason.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from marketing.ml.claims import Claim, Kind, claims_in
from marketing.ml.facts import CLAUSES, DENIES, Fact, Offer, ProductFacts
from marketing.ml.lexicon import is_case_of
from marketing.ml.offers import ANY, FEW
from marketing.ml.stems import stems

KNOWN_WORDS = 0.6  # of an open statement's words, at least so many have to stand in the product's own texts
ROUNDING = Decimal("0.02")  # of a measure that was converted


class Reason(StrEnum):
    """Why a claim is not supported."""

    NO_FACT = "nothing known says so"
    DIFFERS = "what is known differs"
    NO_OFFER = "no offer says so"
    PRICE = "the price differs"
    PRIOR_PRICE = "not the lowest price of the thirty days before"
    STOCK = "the stock differs"


@dataclass(frozen=True)
class Judged:
    """A claim with what proves it, or the reason why nothing does (and the fact that differs, where one
    does).
    """

    claim: Claim
    proof: str = ""
    fact: Fact | None = None
    reason: Reason | None = None

    @property
    def is_supported(self) -> bool:
        return self.reason is None


def judged(text: str, product: ProductFacts) -> list[Judged]:
    """Every claim of the text, in order. A place that may be read in two ways is supported if one of them
    is.
    """
    places: dict[tuple[int, int], list[Judged]] = defaultdict(list)
    for claim in claims_in(text):
        places[claim.start, claim.end].append(judged_claim(claim, product))
    found = [min(readings, key=lambda each: not each.is_supported) for readings in places.values()]
    return sorted([*found, *opposed(text, product, found)], key=lambda each: each.claim.start)


def opposed(text: str, product: ProductFacts, found: Sequence[Judged]) -> Iterator[Judged]:
    """Clauses with all the words of something that the product's own texts deny, but no denial."""
    if not product.denied:
        return
    wrong = [each.claim for each in found if not each.is_supported]
    for clause in CLAUSES.finditer(text):
        words = stems(clause[0])
        is_wrong = any(claim.start < clause.end() and clause.start() < claim.end for claim in wrong)
        if not is_wrong and not DENIES.search(clause[0]) and any(each <= words for each in product.denied):
            claim = Claim(Kind.FEATURE, *clause.span(), clause[0], words=words)
            yield Judged(claim, reason=Reason.DIFFERS)


def unsupported(text: str, product: ProductFacts) -> list[Judged]:
    return [each for each in judged(text, product) if not each.is_supported]


def judged_claim(claim: Claim, product: ProductFacts) -> Judged:
    match claim.kind:
        case Kind.PRICE | Kind.OLD_PRICE:
            return judged_price(claim, product)
        case Kind.DISCOUNT:
            return judged_discount(claim, product)
        case Kind.STOCK:
            return linked(claim, "stock", Reason.STOCK, is_so=is_stock(claim, product.stock))
        case Kind.DATE if is_end(claim, product.offer):
            return Judged(claim, "offer")
    return judged_by_facts(claim, product)


def linked(claim: Claim, proof: str, reason: Reason, *, is_so: bool) -> Judged:
    return Judged(claim, proof) if is_so else Judged(claim, reason=reason)


def judged_by_facts(claim: Claim, product: ProductFacts) -> Judged:
    """By the first fact that says it; else by one of the same sort that says otherwise."""
    for fact in product.facts:
        if fact.claim.kind is claim.kind and says(fact.claim, claim):
            return Judged(claim, fact.source, fact)
    if is_in_own_words(claim, product):
        return Judged(claim, "description")
    other = next((fact for fact in product.facts if differs(fact.claim, claim)), None)
    return Judged(claim, fact=other, reason=Reason.DIFFERS if other else Reason.NO_FACT)


def says(fact: Claim, claim: Claim) -> bool:
    """Whether the fact makes the claim true."""
    if claim.concept and fact.concept:
        return is_case_of(fact.concept, claim.concept) and fact.is_denied == claim.is_denied
    if claim.number is not None:
        return fact.number is not None and is_same_quantity(fact, claim, fact.number, claim.number)
    if claim.kind is Kind.SIZE:
        return fact.unit == claim.unit
    return bool(claim.words) and claim.words <= fact.words and fact.is_denied == claim.is_denied


def is_same_quantity(fact: Claim, claim: Claim, known: Decimal, stated: Decimal) -> bool:
    """The same number of the same thing; a measure may have been converted and rounded."""
    if fact.unit != claim.unit:
        return False
    if claim.unit:
        return abs(known - stated) <= ROUNDING * known
    counts_the_same = not (fact.words and claim.words) or bool(fact.words & claim.words)
    return known == stated and counts_the_same


def is_in_own_words(claim: Claim, product: ProductFacts) -> bool:
    """An open statement whose words are the product's own, where they do not say the opposite."""
    if claim.concept or claim.kind is not Kind.FEATURE or not claim.words:
        return False
    is_denied = any(holds(words, claim) for words in product.denials)
    return is_denied if claim.is_denied else not is_denied and holds(product.words, claim)


def holds(words: frozenset[str], claim: Claim) -> bool:
    return len(claim.words & words) / len(claim.words) >= KNOWN_WORDS


def differs(fact: Claim, claim: Claim) -> bool:
    if fact.kind is not claim.kind:
        return False
    if claim.number is not None:
        return fact.unit == claim.unit and (bool(claim.unit) or bool(fact.words & claim.words))
    return claim.kind in (Kind.COLOUR, Kind.MATERIAL, Kind.ORIGIN, Kind.SIZE)


def judged_price(claim: Claim, product: ProductFacts) -> Judged:
    if claim.kind is Kind.OLD_PRICE:
        prior = product.offer.prior_price if product.offer else None
        is_so = claim.number == prior and claim.unit == product.currency
        return linked(claim, "price history", Reason.PRIOR_PRICE, is_so=is_so)
    return linked(claim, "price", Reason.PRICE, is_so=is_price(claim, product))


def is_price(claim: Claim, product: ProductFacts) -> bool:
    prices = [each for each in (product.price, product.offered_price) if each is not None]
    bound, _, currency = claim.unit.rpartition(" ")
    if currency != product.currency or claim.number is None:
        return False
    return any(each < claim.number if bound else each == claim.number for each in prices)


def judged_discount(claim: Claim, product: ProductFacts) -> Judged:
    offer = product.offer
    is_so = offer is not None and (claim.unit == ANY or is_discount(claim, offer, product))
    return linked(claim, "offer", Reason.NO_OFFER, is_so=is_so)


def is_discount(claim: Claim, offer: Offer, product: ProductFacts) -> bool:
    if claim.unit.endswith("%"):
        return claim.number == offer.percent
    price, reduced = product.price, product.offered_price
    saved = price - reduced if price is not None and reduced is not None else None
    return claim.unit == product.currency and claim.number in (offer.amount, saved)


def is_stock(claim: Claim, stock: int | None) -> bool:
    """Stock that is not counted proves nothing."""
    if stock is None:
        return False
    return {
        "left": claim.number == stock,
        "few": 0 < stock <= FEW,
        "none": stock == 0,
        "fast": False,
        ANY: stock > 0,
    }[claim.unit]


def is_end(claim: Claim, offer: Offer | None) -> bool:
    """Whether the offer ends (or begins) then; "limited time" needs an offer that ends."""
    days: Sequence[date] = [day for day in (offer.ends, offer.begins) if day] if offer else []
    if claim.number is None:
        return claim.unit == ANY and bool(offer and offer.ends)
    if claim.unit == "weekday":
        return any(day.isoweekday() == claim.number for day in days)
    return any(is_that_day(claim, day) for day in days)


def is_that_day(claim: Claim, day: date) -> bool:
    return claim.number == day.month * 100 + day.day and claim.unit in ("", str(day.year))
