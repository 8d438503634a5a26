"""Facts for and against an order or an account, in codes that pages put into words, and what they come to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

POSITIVE, NEUTRAL, NEGATIVE = "positive", "neutral", "negative"
MEDIUM_FROM, HIGH_FROM = 0.28, 0.55
HALF_SCORE = 3.0


@dataclass(frozen=True)
class Fact:
    """`points`: how much a negative fact weighs; positive ones take points away."""

    code: str
    sentiment: str
    values: Mapping[str, float] = field(default_factory=dict)
    points: float = 0.0


def order_facts(row: Mapping[str, float], *, unusual: float) -> list[Fact]:
    """Of one order: `row` holds its `risk_features`, `unusual` the share of orders that are less so."""
    return [*speed(row), *money(row), *place(row), *takeover(row), *record(row), *oddness(unusual)]


def speed(row: Mapping[str, float]) -> list[Fact]:
    if row["customer_orders_hour"] >= 3:
        return [Fact("orders_in_an_hour", NEGATIVE, {"n": row["customer_orders_hour"] + 1}, 2.5)]
    return []


def money(row: Mapping[str, float]) -> list[Fact]:
    times = row["customer_times_mean_ever"]
    if row["customer_orders_ever"] >= 3 and times >= 4 and row["customer_deviation"] >= 3:
        return [Fact("amount_above_usual", NEGATIVE, {"times": round(times, 1)}, 2.0)]
    if row["customer_orders_ever"] >= 3 and times <= 2:
        return [Fact("amount_as_usual", POSITIVE, {}, -0.5)]
    return []


def place(row: Mapping[str, float]) -> list[Fact]:
    facts = []
    strangers = row["customers_of_place_week"]
    if strangers >= 3:
        facts.append(Fact("address_of_many", NEGATIVE, {"n": strangers + 1}, 2.5))
    if row["is_first_pair"] and row["customer_orders_ever"] >= 3:
        facts.append(Fact("new_address", NEGATIVE, {}, 0.75))
    if row["pair_orders"] >= 2:
        facts.append(Fact("known_address", POSITIVE, {"n": row["pair_orders"]}, -0.75))
    return facts


def takeover(row: Mapping[str, float]) -> list[Fact]:
    """What somebody does who took over an account: much at once, to a place where the owner never was."""
    times = row["customer_times_mean_ever"]
    if row["customer_orders_ever"] >= 3 and row["is_first_pair"] and times >= 3:
        return [Fact("as_if_taken_over", NEGATIVE, {"times": round(times, 1)}, 1.5)]
    return []


def record(row: Mapping[str, float]) -> list[Fact]:
    facts = []
    if frauds := max(row["customer_frauds_ever"], row["place_frauds_ever"]):
        facts.append(Fact("abuse_confirmed_before", NEGATIVE, {"n": frauds}, 4.0))
    if row["customer_orders_ever"] == 0:
        facts.append(Fact("first_order", NEUTRAL, {}, 0.25))
    elif row["customer_orders_ever"] >= 3 and row["customer_age"] >= 60:
        facts.append(Fact("long_customer", POSITIVE, {"n": row["customer_orders_ever"]}, -1.0))
    return facts


def oddness(unusual: float) -> list[Fact]:
    """One order in two hundred is called unusual, whatever the others are like."""
    if unusual < 0.995:
        return []
    return [Fact("unusual", NEGATIVE, {"percent": round(100 * unusual, 1)}, 1.75)]


@dataclass(frozen=True)
class Account:
    """`neighbours` share an address, those `in_one_hand` a mailbox or a telephone. Of accounts that share any
    of these: how many bought goods on offer alone (`only_offers`), how often they used a code."""

    orders: int
    returns: int
    unbought_reviews: int
    neighbours: int
    in_one_hand: int = 0
    only_offers: int = 0
    code_uses: int = 0


def account_facts(account: Account) -> list[Fact]:
    """Abuse of returns, of reviews, and of offers for new customers."""
    facts = []
    if account.returns >= 4 and account.returns > account.orders / 2:
        facts.append(Fact("many_returns", NEGATIVE, {"n": account.returns, "orders": account.orders}, 2.5))
    if account.unbought_reviews >= 4:
        facts.append(Fact("reviews_without_orders", NEGATIVE, {"n": account.unbought_reviews}, 2.5))
    facts += promotion_abuse(account)
    if facts and account.orders >= 10:
        facts.append(Fact("long_customer", POSITIVE, {"n": account.orders}, -0.5))
    return facts


def promotion_abuse(account: Account) -> list[Fact]:
    """One person who is several, to take an offer more than once."""
    told = (
        ("accounts_at_address", account.neighbours, 5),
        ("accounts_in_one_hand", account.in_one_hand, 3),
        ("only_offers", account.only_offers, 3),
        ("code_used_again", account.code_uses, 3),
    )
    return [Fact(code, NEGATIVE, {"n": n}, 2.5) for code, n, least in told if n >= least]


def score_of(facts: Sequence[Fact]) -> float:
    """0 to 1: half where the points are HALF_SCORE."""
    points = max(sum(fact.points for fact in facts), 0.0)
    return points / (points + HALF_SCORE)


def level_of(score: float) -> str:
    if score >= HIGH_FROM:
        return "high"
    return "medium" if score >= MEDIUM_FROM else "low"
