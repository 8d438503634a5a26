"""Lists that shoppers were shown, as lessons: what they chose, corrected for where it stood."""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np

from recommendations.ml.candidates import Candidates, block_size, score_block
from recommendations.ml.features import FEATURES, features
from recommendations.ml.interactions import Bools, Floats, Ints
from recommendations.ml.ranker import Examples, no_examples
from recommendations.ml.snapshots import Snapshot

DRAWN_BELOW = 0.5  # a logged chance below it: the place was given to chance
PRIOR_CLICKS = 20.0
LEAST_EXAMINED = 0.05


@dataclass(frozen=True)
class Shown:
    """Columns of one length, list by list and place by place: a row for each product that was shown.

    `lists` rise, `places` count from 1, `chances` are the logged odds of that product in that place,
    `outcomes`: 0 passed over, 1 clicked, 2 put in the cart, 3 bought.
    """

    lists: Ints
    customers: Ints
    items: Ints
    places: Ints
    days: Floats
    chances: Floats
    outcomes: Ints

    def __len__(self) -> int:
        return len(self.lists)

    def where(self, chosen: Bools) -> Self:
        return type(self)(**{field.name: getattr(self, field.name)[chosen] for field in fields(self)})

    def between(self, first_day: float, end_day: float) -> Self:
        return self.where((self.days >= first_day) & (self.days < end_day))


def nothing_shown() -> Shown:
    ints, floats = np.zeros(0, np.int64), np.zeros(0)
    return Shown(ints, ints, ints, ints, floats, floats, ints)


def shown_examples(snapshot: Snapshot, shown: Shown) -> Examples:
    """Lists in which something was chosen, by shoppers who had a history on the snapshot's day."""
    chosen = np.isin(shown.lists, shown.lists[shown.outcomes > 0])
    taught = shown.where(chosen & (snapshot.histories.lengths[shown.customers] > 0))
    if not len(taught):
        return no_examples()
    _, firsts = np.unique(taught.lists, return_index=True)
    people = np.unique(taught.customers)
    size = block_size(snapshot.histories.n_items)
    rows = np.zeros((len(taught), len(FEATURES)), np.float32)
    for start in range(0, len(people), size):
        here = np.flatnonzero(np.isin(taught.customers, people[start : start + size]))
        rows[here] = pair_features(snapshot, taught.customers[here], taught.items[here])
    return Examples(rows, taught.outcomes, np.diff([*firsts, len(taught)]), taught.places)


def pair_features(snapshot: Snapshot, customers: Ints, items: Ints) -> Floats:
    """What the ranker is told of these pairs."""
    people, positions = np.unique(customers, return_inverse=True)
    pairs = Candidates(rows=positions, items=items, sources=np.zeros(len(items), np.int64))
    return features(snapshot, score_block(snapshot, people), pairs)


def examination(shown: Shown) -> Floats:
    """How likely each place is looked at beside the first, by place from 1 (index 0).

    Click rates of what chance put there: they differ by the place alone. While there are few they are drawn
    towards 1 / log2(1 + place). The position-based model; Joachims, Swaminathan and Schnabel 2017,
    "Unbiased Learning-to-Rank with Biased Feedback".
    """
    most = int(shown.places.max(initial=1))
    usual = 1 / np.log2(np.arange(2, most + 2))
    drawn = shown.where(shown.chances < DRAWN_BELOW)
    views = np.bincount(drawn.places - 1, minlength=most)
    clicks = np.bincount(drawn.places - 1, weights=drawn.outcomes > 0, minlength=most)
    of_the_first = clicks.sum() / max(float((views * usual).sum()), 1e-9)
    found = (clicks + PRIOR_CLICKS * usual) / (views * of_the_first + PRIOR_CLICKS)
    examined: Floats = np.clip(found / found[0], LEAST_EXAMINED, 1.0)
    return examined


def replayed(part: Examples, scores: Floats, examined: Floats) -> Floats:
    """Of each list: how near the top this order puts what was chosen, from 0 to 1.

    Each choice counts as often as its place was overlooked: inverse propensity, self-normalised.
    """
    lists = np.repeat(np.arange(len(part.sizes)), part.sizes)
    order = np.lexsort((-scores, lists))
    ranks = np.empty(len(scores), np.int64)
    ranks[order] = np.arange(len(scores)) - np.searchsorted(lists[order], lists[order])
    weights = (part.labels > 0) / examined[part.places - 1]
    gained = np.bincount(lists, weights=weights / np.log2(ranks + 2), minlength=len(part.sizes))
    found: Floats = gained / np.maximum(np.bincount(lists, weights=weights, minlength=len(part.sizes)), 1e-9)
    return found
