"""What a campaign changed: people who were written to beside people who were held out. Pure arithmetic.

Everybody counts in the arm that the draw put them in, whether or not a message reached them.
"""

from dataclasses import dataclass
from math import sqrt

Z = 1.959963984540054  # 95 %
MIN_PEOPLE = 100  # of each arm, below which nothing is said
MIN_BUYERS = 40  # of both arms together, below which no verdict is given


@dataclass(frozen=True)
class Arm:
    """How many people, how many of them bought, and what they paid: the sum, and the sum of its squares."""

    people: int = 0
    buyers: int = 0
    revenue: float = 0.0
    revenue_squares: float = 0.0

    @property
    def share(self) -> float:
        return self.buyers / self.people if self.people else 0.0

    @property
    def mean(self) -> float:
        return self.revenue / self.people if self.people else 0.0

    @property
    def variance_of_mean(self) -> float:
        if self.people < 2:
            return 0.0
        spread = max(0.0, self.revenue_squares - self.people * self.mean**2)
        return spread / (self.people - 1) / self.people


@dataclass(frozen=True)
class Estimate:
    """A value with its 95 % interval."""

    value: float
    low: float
    high: float

    @property
    def excludes_zero(self) -> bool:
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class TooFew:
    """Of `what` there are `have`; something is said from `need` on."""

    what: str
    have: int
    need: int


def share_of(hits: int, of: int) -> Estimate | None:
    """A share with Wilson's interval; None of nobody."""
    if not of:
        return None
    low, high = wilson(hits, of)
    return Estimate(hits / of, low, high)


def wilson(hits: int, of: int) -> tuple[float, float]:
    share, weight = hits / of, Z * Z / of
    middle = (share + weight / 2) / (1 + weight)
    half = Z * sqrt(share * (1 - share) / of + weight / of / 4) / (1 + weight)
    return max(0.0, middle - half), min(1.0, middle + half)


def conversion_lift(written_to: Arm, held_out: Arm) -> Estimate:
    """Difference of the shares of buyers, by Newcombe's hybrid of two Wilson intervals (1998, method 10)."""
    one, other = written_to.share, held_out.share
    one_low, one_high = wilson(written_to.buyers, written_to.people)
    other_low, other_high = wilson(held_out.buyers, held_out.people)
    below = sqrt((one - one_low) ** 2 + (other_high - other) ** 2)
    above = sqrt((one_high - one) ** 2 + (other - other_low) ** 2)
    return Estimate(one - other, one - other - below, one - other + above)


def revenue_lift(written_to: Arm, held_out: Arm) -> Estimate:
    """Difference of revenue per person by Welch's standard error; MIN_PEOPLE let the normal law serve."""
    value = written_to.mean - held_out.mean
    half = Z * sqrt(written_to.variance_of_mean + held_out.variance_of_mean)
    return Estimate(value, value - half, value + half)


def people_missing(written_to: Arm, held_out: Arm) -> TooFew | None:
    """Why nothing can be said about a difference, or None where it can."""
    fewest = min(written_to.people, held_out.people)
    if fewest < MIN_PEOPLE:
        return TooFew("people", fewest, MIN_PEOPLE)
    return None


def buyers_missing(written_to: Arm, held_out: Arm) -> TooFew | None:
    """Why an interval is shown without a verdict, or None."""
    buyers = written_to.buyers + held_out.buyers
    return TooFew("buyers", buyers, MIN_BUYERS) if buyers < MIN_BUYERS else None
