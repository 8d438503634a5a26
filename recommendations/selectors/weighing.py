"""What speaks for each candidate of a shopper: a column for each cause, so that a score names its reasons.

A shopper with a stored ranking keeps its order: the relevance of a rank is only divided among the causes
that explain it. What they did since then comes on top. Without a ranking their deeds and tags are all there
is. A cause that was struck out speaks against what it spoke for.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from recommendations.ml.blend import Contributions, likeness, rank_relevance
from recommendations.selectors.pool import Candidates, Companion
from recommendations.selectors.reasons import Cause
from recommendations.selectors.shopper import Deed, Purchases, Shopper
from recommendations.selectors.tags import Tag

Floats = npt.NDArray[np.float64]

# A visit of three clicks weighs as much as the head of the stored ranking, and half as much again.
MOST_SESSION = 1.5
COMPANION_SHARE = 0.4
TAG_SHARE = 0.15
NEWCOMER_SHARE = 0.7
PRICE_BAND_SHARE = 0.3
# Shares of a rank's relevance among what explains it, before they are made to add up.
SHARE_OF_TAG, SHARE_OF_PEOPLE, SHARE_OF_BUY_AGAIN = 0.4, 0.15, 3.0
LEAST_LIKENESS = 0.25
PEOPLE = Cause("people_like_you")


@dataclass(frozen=True)
class Weighed:
    """Candidates with what each cause adds; likenesses to the shopper's deeds for the evidence."""

    causes: tuple[Cause, ...]
    contributions: Contributions
    likenesses: Floats


@dataclass(frozen=True)
class Evidence:
    """What the sources found about the candidates of one shopper; tags with the products that carry them."""

    candidates: Candidates
    companions: Sequence[Companion]
    tags: Sequence[tuple[Tag, Sequence[int]]]


class Columns:
    """Contributions under construction: a cause has its column from its first word on."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.values: dict[tuple[str, str], Floats] = defaultdict(lambda: np.zeros(rows))
        self.causes: dict[tuple[str, str], Cause] = {}

    def of(self, cause: Cause) -> Floats:
        key = (cause.code, cause.subject)
        self.causes.setdefault(key, cause)
        return self.values[key]

    @property
    def table(self) -> Floats:
        """Shape (candidates, causes)."""
        columns = [self.values[key] for key in self.causes]
        return np.array(columns).T if columns else np.zeros((self.rows, 0))

    def add(self, causes: Iterable[Cause], table: Floats) -> None:
        """A column of the table to each of these causes."""
        for cause, column in zip(causes, np.ascontiguousarray(table.T), strict=True):
            self.of(cause)[:] += column


def weigh(shopper: Shopper, found: Evidence, *, session_weight: float = 1.0) -> Weighed:
    """Contributions of every cause to every candidate."""
    columns = Columns(len(found.candidates))
    alike = likeness(found.candidates.vectors, shopper.deed_vectors)
    add_deeds(columns, shopper, alike, session_weight=session_weight)
    add_companions(columns, [shopper.deeds[place] for place in shopper.news], found)
    if shopper.ranking:
        add_ranking(columns, shopper, found, alike)
        add_newcomers(columns, shopper, found.candidates, alike)
    else:
        add_tags(columns, found)
    causes, contributions = tuple(columns.causes.values()), Contributions(columns.table)
    removed = {tag.name.subject for tag in shopper.tags.values() if tag.is_removed}
    if shopper.struck or removed:
        contributions = contributions.turned([is_refused(cause, shopper, removed) for cause in causes])
    return Weighed(causes, contributions, alike)


def deed_cause(deed: Deed) -> Cause:
    return Cause(f"because_{deed.event}", deed.product_id, occurred_at=deed.occurred_at, event=deed.event)


def add_deeds(columns: Columns, shopper: Shopper, alike: Floats, *, session_weight: float) -> None:
    """What the ranking cannot know yet; everything, where there is none."""
    deeds = [shopper.deeds[place] for place in shopper.news]
    weights = np.array([deed.weight for deed in deeds])
    total = weights.sum()
    if not total:
        return
    scale = session_weight * min(max(total, 1.0), MOST_SESSION) / total
    columns.add(map(deed_cause, deeds), alike[:, shopper.news] * (scale * weights))


def add_companions(columns: Columns, deeds: Sequence[Deed], found: Evidence) -> None:
    """What baskets put beside these things; what they put beside older ones the ranking knows."""
    rows = found.candidates.rows
    by_product = {deed.product_id: deed for deed in deeds}
    total = sum(deed.weight for deed in deeds) or 1.0
    for companion in found.companions:
        deed, row = by_product.get(companion.of_product_id), rows.get(companion.product_id)
        if deed is not None and row is not None:
            share = deed.weight / max(total, 1.0)
            columns.of(Cause("goes_with", deed.product_id))[row] += (
                COMPANION_SHARE * companion.strength * share
            )


def add_tags(columns: Columns, found: Evidence, *, share: float = TAG_SHARE) -> None:
    rows = found.candidates.rows
    for tag, products in found.tags:
        column = columns.of(tag_cause(tag))
        column[[rows[product] for product in products]] += share * tag.weight * says(tag)


def says(tag: Tag) -> float:
    """Half the shop lies in one price band: it says less than a shelf or a colour."""
    return PRICE_BAND_SHARE if tag.name.kind == "price_band" else 1.0


def tag_cause(tag: Tag) -> Cause:
    return Cause(f"likes_{tag.name.kind}", tag=tag.name)


def add_ranking(columns: Columns, shopper: Shopper, found: Evidence, alike: Floats) -> None:
    """The relevance of each rank, divided among what explains it."""
    relevance = rank_relevance(rank_positions(shopper, found.candidates))
    shares = explanations(shopper, found, alike)
    table = shares.table
    columns.add(shares.causes.values(), table * (relevance / table.sum(axis=1))[:, None])


def rank_positions(shopper: Shopper, candidates: Candidates) -> Floats:
    """Where each candidate stands in the stored ranking, of those that are here; nan for none."""
    ranked = shopper.ranking.product_ids if shopper.ranking else ()
    here = [row for row in map(candidates.rows.get, ranked) if row is not None]
    positions = np.full(len(candidates), np.nan)
    positions[here] = np.arange(len(here))
    return positions


def explanations(shopper: Shopper, found: Evidence, alike: Floats) -> Columns:
    """Why the ranker may have put each there, with shares: others, own purchases, the likest deed, tags."""
    shares = Columns(len(found.candidates))
    shares.of(PEOPLE)[:] = SHARE_OF_PEOPLE
    for product_id, had in shopper.bought.items():
        if product_id in found.candidates.rows:
            shares.of(buy_again(product_id, had))[found.candidates.rows[product_id]] = SHARE_OF_BUY_AGAIN
    for deed, rows in likest_deeds(alike).items():
        shares.of(deed_cause(shopper.deeds[deed]))[rows] += alike[rows, deed]
    add_tags(shares, found, share=SHARE_OF_TAG)
    add_known_companions(shares, shopper, found)
    return shares


def add_known_companions(shares: Columns, shopper: Shopper, found: Evidence) -> None:
    """What baskets put beside the deeds that the ranking was made from."""
    news = {shopper.deeds[place].product_id for place in shopper.news}
    known = {deed.product_id for deed in shopper.deeds} - news
    for companion in found.companions:
        row = found.candidates.rows.get(companion.product_id)
        if companion.of_product_id in known and row is not None:
            cause = Cause("goes_with", companion.of_product_id)
            shares.of(cause)[row] += COMPANION_SHARE * companion.strength


def buy_again(product_id: int, had: Purchases) -> Cause:
    return Cause("buy_again", product_id, occurred_at=had.last_at, event="purchase")


def likest_deeds(alike: Floats) -> Mapping[int, list[int]]:
    """For each deed the candidates that are like it and like no other more."""
    found: dict[int, list[int]] = defaultdict(list)
    if alike.size:
        best = alike.argmax(axis=1)
        is_like = alike[np.arange(len(best)), best] >= LEAST_LIKENESS
        for row in np.flatnonzero(is_like).tolist():
            found[int(best[row])].append(row)
    return found


def add_newcomers(columns: Columns, shopper: Shopper, candidates: Candidates, alike: Floats) -> None:
    """Products that came after the ranking was made: by what they are most like."""
    if not shopper.deeds:
        return
    for row in (candidates.rows[product_id] for product_id in candidates.newcomers):
        best = int(alike[row].argmax())
        if alike[row, best] >= LEAST_LIKENESS:
            columns.of(deed_cause(shopper.deeds[best]))[row] += NEWCOMER_SHARE * alike[row, best]


def is_refused(cause: Cause, shopper: Shopper, removed: set[str]) -> bool:
    if cause.tag:
        return cause.subject in removed
    return shopper.is_struck(cause.code, cause.product_id)
