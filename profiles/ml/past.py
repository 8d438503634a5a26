"""Sums over what happened to a key before a moment, for many moments at once."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]
EVER = 1e6


@dataclass(frozen=True)
class Past:
    """Happenings by key and time; `stride` keeps the times of one key apart from those of the next."""

    codes: Codes
    days: Floats
    places: Floats
    order: Codes
    stride: float

    @classmethod
    def of(cls, codes: Codes, days: Floats) -> "Past":
        """`codes` from 0 up; `days` in any order."""
        days = days - (days.min() if len(days) else 0.0)
        stride = float(days.max() if len(days) else 0.0) + 1.0
        places = codes * stride + days
        order = np.argsort(places, kind="stable")
        return cls(codes, days, places[order], order, stride)

    def total(self, values: Floats, *, days: float = EVER, delay: float = 0.0) -> Floats:
        """For each happening, the sum of `values` of its key in the `days` that end `delay` before it.

        The end is open: what happens at the same moment does not count.
        """
        sums = np.concatenate([[0.0], np.cumsum(values[self.order])])
        last, first = self.bounds(self.days - delay), self.bounds(self.days - delay - days)
        found: Floats = sums[last] - sums[first]
        return found

    def bounds(self, until: Floats) -> Codes:
        """How many happenings lie before these moments, of the keys before and of this one."""
        inside = np.clip(until, -0.5, self.stride - 0.5)
        found: Codes = np.searchsorted(self.places, self.codes * self.stride + inside, side="left")
        return found

    def since_last(self) -> Floats:
        """Days since the key's last happening before this moment; NaN for its first."""
        last, first = self.bounds(self.days), self.bounds(np.full(len(self.days), -0.5))
        before = self.days[self.order][np.maximum(last - 1, 0)]
        found: Floats = np.where(last > first, self.days - before, np.nan)
        return found

    def age(self) -> Floats:
        """Days since the key's first happening; 0 for the first itself."""
        first = self.bounds(np.full(len(self.days), -0.5))
        found: Floats = self.days - self.days[self.order][first]
        return found
