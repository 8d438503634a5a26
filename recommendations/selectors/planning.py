"""Candidates → causes → rules → order: one way for pages, programs, previews and shadows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt
from django.utils import timezone

from recommendations.ml.documents import Vectors
from recommendations.ml.interests import interest_vector
from recommendations.ml.policy import Arrangement, Pool, arrange
from recommendations.models import MerchandisingRule, Pipeline, Slot
from recommendations.selectors.pool import (
    SHORT_LIST,
    Candidates,
    Found,
    Wishes,
    found_for,
    newest_product_at,
)
from recommendations.selectors.rules import RuleEffects, effects_of, pinned_products
from recommendations.selectors.shopper import Shopper
from recommendations.selectors.tags import carriers_of
from recommendations.selectors.versions import serving_now
from recommendations.selectors.weariness import popularity_of
from recommendations.selectors.weighing import Evidence, Weighed, weigh

Floats = npt.NDArray[np.float64]

LAST_DEEDS = 6
# Places of a stored ranking that are looked at behind the list: some are sold out, some the visit lifts.
BEYOND_LIST = 30
# What was shown too often keeps this share of its score.
TIRED_SHARE = 0.4
# The most that the coverage slider adds, in units of the best score.
MOST_COVERAGE = 0.3


@dataclass(frozen=True)
class Plan:
    """A list before chance: its candidates, what spoke for each, what rules did, the scores, the order.

    `excluded`: what the shopper has or does not want.
    """

    shopper: Shopper
    excluded: set[int]
    candidates: Candidates
    weighed: Weighed
    effects: RuleEffects
    scores: Floats
    arrangement: Arrangement

    @property
    def opposed(self) -> set[int]:
        """Products that what the shopper struck out, or a rule, speaks against."""
        against = self.weighed.contributions.is_opposed | self.effects.is_hidden
        return {self.candidates.product_ids[row] for row in np.flatnonzero(against).tolist()}


def plan_for(
    shopper: Shopper,
    limit: int,
    *,
    pipeline: Pipeline,
    rules: Sequence[MerchandisingRule] | None = None,
    now: datetime | None = None,
) -> Plan:
    """The list that a version of the pipeline makes for a shopper; empty where nothing is known of them."""
    rules = serving_now().rules_for(Slot.FOR_YOU) if rules is None else rules
    pins, excluded = pinned_products(rules), unwanted(shopper, now=now or timezone.now())
    found = gathered(shopper, limit, excluded=excluded, pinned=pins.values(), is_ruled=bool(rules))
    candidates = found.candidates
    evidence = Evidence(candidates, found.companions, carriers_of(shopper.tags, found.carried))
    weighed = weigh(shopper, evidence, session_weight=pipeline.session_weight)
    effects = effects_of(rules, candidates.goods)
    scores = policy_scores(shopper, candidates, weighed, pipeline=pipeline)
    scores += scores.max(initial=0.0) * effects.lifts
    is_wanted = (scores > 0) & ~effects.is_hidden & ~weighed.contributions.is_opposed
    wanted = np.flatnonzero(is_wanted | is_pinned(candidates, pins))
    arrangement = arranged(candidates, scores, wanted, pins=pins, limit=limit, diversity=pipeline.diversity)
    return Plan(shopper, excluded, candidates, weighed, effects, scores, arrangement)


def gathered(
    shopper: Shopper, limit: int, *, excluded: set[int], pinned: Iterable[int], is_ruled: bool
) -> Found:
    """Candidates of every source, each once, without what is excluded; for all short lists the same."""
    limit = max(limit, SHORT_LIST)
    ranked = [product for product in ranked_ids(shopper) if product not in excluded]
    return found_for(
        Wishes(
            taste=taste_of(shopper) if may_be_surprised(shopper) else None,
            excluded=excluded,
            known=[deed.product_id for deed in shopper.deeds],
            proposed=[*ranked[: limit + BEYOND_LIST], *pinned],
            dealt_with=[deed.product_id for deed in shopper.deeds[:LAST_DEEDS]],
            traits=shopper.tags,
            since=shopper.ranking.computed_at if shopper.ranking else None,
            is_ruled=is_ruled,
            limit=limit,
        )
    )


def may_be_surprised(shopper: Shopper) -> bool:
    """Whether what is near their taste may come in: where nothing is new, a ranking has its order already."""
    if shopper.ranking is None:
        return True
    newest = newest_product_at.of("shop")
    is_stocked_since = newest is not None and newest > shopper.ranking.computed_at
    return is_stocked_since or bool(shopper.news)


def ranked_ids(shopper: Shopper) -> Sequence[int]:
    return shopper.ranking.product_ids if shopper.ranking else ()


def unwanted(shopper: Shopper, *, now: datetime) -> set[int]:
    """What they have and do not need again yet, and what they said is not for them."""
    return {product for product, had in shopper.bought.items() if not had.is_due(now)} | shopper.not_for_me


def taste_of(shopper: Shopper) -> Vectors | None:
    """The direction of what they did last, without what they struck out."""
    weights = np.array(
        [
            0.0 if shopper.is_struck(f"because_{deed.event}", deed.product_id) else deed.weight
            for deed in shopper.deeds
        ],
        np.float32,
    )
    return interest_vector(shopper.deed_vectors, weights) if weights.any() else None


def policy_scores(
    shopper: Shopper, candidates: Candidates, weighed: Weighed, *, pipeline: Pipeline
) -> Floats:
    """The causes' sum, less for what was shown too often, more for what few know."""
    scores = weighed.contributions.scores.copy()
    if pipeline.repeat_after_shown and shopper.customer:
        tired = {product for product, times in shopper.shown.items() if times >= pipeline.repeat_after_shown}
        scores[[candidates.rows[each] for each in tired if each in candidates.rows]] *= TIRED_SHARE
    if pipeline.coverage:
        known = popularity_of(candidates.product_ids)
        unknown = np.array([1.0 - known.get(product_id, 0.0) for product_id in candidates.product_ids])
        scores += pipeline.coverage * MOST_COVERAGE * scores.max(initial=0.0) * unknown * (scores > 0)
    return scores


def is_pinned(candidates: Candidates, pins: Mapping[int, int]) -> npt.NDArray[np.bool_]:
    found = np.zeros(len(candidates), bool)
    found[[candidates.rows[product] for product in pins.values() if product in candidates.rows]] = True
    return found


def arranged(
    candidates: Candidates,
    scores: Floats,
    wanted: npt.NDArray[np.intp],
    *,
    pins: Mapping[int, int],
    limit: int,
    diversity: float,
) -> Arrangement:
    """The order of the wanted rows, as rows of all candidates."""
    keys = np.array(candidates.product_ids, np.int64)[wanted]
    pool = Pool(product_ids=keys, scores=scores[wanted], vectors=candidates.vectors[wanted])
    rows = {product: row for row, product in enumerate(keys.tolist())} if pins else {}
    standing = {position: rows[product] for position, product in pins.items() if product in rows}
    order = arrange(pool, limit, diversity=diversity, pins=standing)
    return Arrangement(
        shown=tuple(int(wanted[row]) for row in order.shown),
        reserve=tuple(int(wanted[row]) for row in order.reserve),
        pinned=order.pinned,
    )
