"""What speaks for each candidate of a shopper: a column for each cause, so that a score names its reasons.

A shopper with a stored ranking keeps its order: the relevance of a rank is only divided among the causes
that explain it. What they did since then comes on top. Without a ranking their deeds and tags are all there
is. A cause that was struck out speaks against what it spoke for.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from recommendations.ml.blend import Contributions, likeness, rank_relevance
from recommendations.selectors.pool import Candidate, Companion
from recommendations.selectors.reasons import Cause
from recommendations.selectors.shopper import Deed, Shopper
from recommendations.selectors.tags import Tag, TagMatch

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


@dataclass(frozen=True)
class Weighed:
    """Candidates with what each cause adds; likenesses to the shopper's deeds for the evidence."""

    causes: tuple[Cause, ...]
    contributions: Contributions
    likenesses: Floats


@dataclass(frozen=True)
class Evidence:
    """What the sources found about the candidates of one shopper."""

    candidates: Sequence[Candidate]
    companions: Sequence[Companion]
    tags: Sequence[TagMatch]


class Columns:
    """Contributions under construction: a cause has its column from its first word on."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.values: dict[str, Floats] = defaultdict(lambda: np.zeros(rows))
        self.causes: dict[str, Cause] = {}

    def of(self, cause: Cause) -> Floats:
        key = f"{cause.code} {cause.subject}"
        self.causes.setdefault(key, cause)
        return self.values[key]

    def as_contributions(self) -> tuple[tuple[Cause, ...], Contributions]:
        keys = list(self.causes)
        table = np.stack([self.values[key] for key in keys], axis=1) if keys else np.zeros((self.rows, 0))
        return tuple(self.causes[key] for key in keys), Contributions(table)


def weigh(shopper: Shopper, found: Evidence, *, session_weight: float = 1.0) -> Weighed:
    """Contributions of every cause to every candidate."""
    columns = Columns(len(found.candidates))
    alike = likenesses(shopper.deeds, found.candidates)
    add_deeds(columns, shopper, alike, session_weight=session_weight)
    add_companions(columns, shopper.deeds, found)
    if shopper.ranking:
        add_ranking(columns, shopper, found, alike)
        add_newcomers(columns, shopper, found.candidates, alike)
    else:
        add_tags(columns, found)
    causes, contributions = columns.as_contributions()
    removed = {tag.subject for tag in shopper.tags.values() if tag.is_removed}
    refused = [is_refused(cause, shopper, removed) for cause in causes]
    return Weighed(causes, contributions.turned(refused), alike)


def likenesses(deeds: Sequence[Deed], candidates: Sequence[Candidate]) -> Floats:
    if not deeds or not candidates:
        return np.zeros((len(candidates), len(deeds)))
    return likeness(np.stack([each.vector for each in candidates]), np.stack([each.vector for each in deeds]))


def deed_cause(deed: Deed) -> Cause:
    return Cause(f"because_{deed.event}", deed.product_id, occurred_at=deed.occurred_at, event=deed.event)


def add_deeds(columns: Columns, shopper: Shopper, alike: Floats, *, session_weight: float) -> None:
    """What the ranking cannot know yet; everything, where there is none."""
    rows = [row for row, deed in enumerate(shopper.deeds) if is_news(deed, shopper)]
    total = sum(shopper.deeds[row].weight for row in rows)
    if not total:
        return
    scale = session_weight * min(max(total, 1.0), MOST_SESSION) / total
    for row in rows:
        deed = shopper.deeds[row]
        columns.of(deed_cause(deed))[:] += scale * deed.weight * alike[:, row]


def is_news(deed: Deed, shopper: Shopper) -> bool:
    return shopper.ranking is None or deed.is_live or deed.occurred_at > shopper.ranking.computed_at


def add_companions(columns: Columns, deeds: Sequence[Deed], found: Evidence) -> None:
    """What baskets put beside the shopper's things."""
    rows = {each.product_id: row for row, each in enumerate(found.candidates)}
    by_product = {deed.product_id: deed for deed in deeds}
    total = sum(deed.weight for deed in deeds) or 1.0
    for companion in found.companions:
        deed, row = by_product.get(companion.of_product_id), rows.get(companion.product_id)
        if deed is not None and row is not None:
            share = deed.weight / max(total, 1.0)
            columns.of(Cause("goes_with", deed.product_id))[row] += (
                COMPANION_SHARE * companion.strength * share
            )


def add_tags(columns: Columns, found: Evidence) -> None:
    rows = {each.product_id: row for row, each in enumerate(found.candidates)}
    for match in found.tags:
        columns.of(tag_cause(match.tag))[rows[match.product_id]] += (
            TAG_SHARE * match.tag.weight * says(match.tag)
        )


def says(tag: Tag) -> float:
    """Half the shop lies in one price band: it says less than a shelf or a colour."""
    return PRICE_BAND_SHARE if tag.kind == "price_band" else 1.0


def tag_cause(tag: Tag) -> Cause:
    return Cause(f"likes_{tag.kind}", tag=(tag.kind, tag.key, tag.label))


def add_ranking(columns: Columns, shopper: Shopper, found: Evidence, alike: Floats) -> None:
    """The relevance of each rank, divided among what explains it."""
    relevance = rank_relevance(rank_positions(shopper, found.candidates))
    tags = defaultdict[int, list[TagMatch]](list)
    for match in found.tags:
        tags[match.product_id].append(match)
    for row in np.flatnonzero(relevance).tolist():
        product_id = found.candidates[row].product_id
        shares = explanations(product_id, shopper, alike[row], tags[product_id])
        whole = sum(share for _, share in shares)
        for cause, share in shares:
            columns.of(cause)[row] += float(relevance[row]) * share / whole


def rank_positions(shopper: Shopper, candidates: Sequence[Candidate]) -> Floats:
    """Where each candidate stands in the stored ranking, of those that are here; nan for none."""
    here = {each.product_id for each in candidates}
    ranked = shopper.ranking.product_ids if shopper.ranking else ()
    places = {product: place for place, product in enumerate(each for each in ranked if each in here)}
    return np.array([places.get(each.product_id, np.nan) for each in candidates], np.float64)


def explanations(
    product_id: int, shopper: Shopper, alike: Floats, tags: Sequence[TagMatch]
) -> list[tuple[Cause, float]]:
    """Why the ranker may have put it there, with shares: own purchases, the likest deed, tags, others."""
    shares = [(Cause("people_like_you"), SHARE_OF_PEOPLE)]
    if product_id in shopper.bought:
        last = shopper.bought[product_id].last_at
        again = Cause("buy_again", product_id, occurred_at=last, event="purchase")
        shares.append((again, SHARE_OF_BUY_AGAIN))
    if len(alike) and alike.max() >= LEAST_LIKENESS:
        best = int(alike.argmax())
        shares.append((deed_cause(shopper.deeds[best]), float(alike[best])))
    return shares + [
        (tag_cause(match.tag), SHARE_OF_TAG * match.tag.weight * says(match.tag)) for match in tags
    ]


def add_newcomers(columns: Columns, shopper: Shopper, candidates: Sequence[Candidate], alike: Floats) -> None:
    """Products that came after the ranking was made: by what they are most like."""
    if not shopper.ranking or not shopper.deeds:
        return
    for row, candidate in enumerate(candidates):
        best = int(alike[row].argmax())
        if candidate.created_at > shopper.ranking.computed_at and alike[row, best] >= LEAST_LIKENESS:
            columns.of(deed_cause(shopper.deeds[best]))[row] += NEWCOMER_SHARE * alike[row, best]


def is_refused(cause: Cause, shopper: Shopper, removed: set[str]) -> bool:
    if cause.tag:
        return cause.subject in removed
    return shopper.is_struck(cause.code, cause.product_id)
