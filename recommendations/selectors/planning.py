"""Candidates → causes → rules → order: one way for pages, programs, previews and shadows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt
from django.utils import timezone

from ecommerce_ai.shop.models import Product
from recommendations.ml.documents import Vectors
from recommendations.ml.interests import interest_vector
from recommendations.ml.policy import Arrangement, Pool, arrange
from recommendations.models import DIMENSIONS, MerchandisingRule, Pipeline, Slot
from recommendations.selectors.goods import products_by_key
from recommendations.selectors.pool import FROM_RANKING, Candidate, Found, Wishes, found_for
from recommendations.selectors.popular import filled
from recommendations.selectors.reasons import Cause, reason_of
from recommendations.selectors.results import Reason, Recommendation
from recommendations.selectors.rules import RuleEffects, effects_of, pinned_products
from recommendations.selectors.shopper import Deed, Shopper
from recommendations.selectors.tags import matches_of
from recommendations.selectors.versions import serving_now
from recommendations.selectors.weariness import popularity_of
from recommendations.selectors.weighing import Evidence, Weighed, weigh

Floats = npt.NDArray[np.float64]

LAST_DEEDS = 6
# What was shown too often keeps this share of its score.
TIRED_SHARE = 0.4
# The most that the coverage slider adds, in units of the best score.
MOST_COVERAGE = 0.3
REASONS_TOLD = 3


@dataclass(frozen=True)
class Plan:
    """A list before chance: its candidates, what spoke for each, what rules did, the scores, the order."""

    shopper: Shopper
    candidates: Sequence[Candidate]
    weighed: Weighed
    effects: RuleEffects
    scores: Floats
    arrangement: Arrangement


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
    pins = pinned_products(rules)
    found = gathered(shopper, pinned=list(pins.values()), now=now or timezone.now())
    candidates, tags = found.candidates, matches_of(shopper.tags, found.carried)
    evidence = Evidence(candidates, found.companions, tags)
    weighed = weigh(shopper, evidence, session_weight=pipeline.session_weight)
    effects = effects_of(rules, candidates)
    scores = policy_scores(shopper, candidates, weighed, pipeline=pipeline)
    scores += scores.max(initial=0.0) * effects.lifts
    is_wanted = (scores > 0) & ~effects.is_hidden & ~weighed.contributions.is_opposed
    wanted = np.flatnonzero(is_wanted | is_pinned(candidates, pins))
    arrangement = arranged(candidates, scores, wanted, pins=pins, limit=limit, diversity=pipeline.diversity)
    return Plan(shopper, candidates, weighed, effects, scores, arrangement)


def gathered(shopper: Shopper, *, pinned: Sequence[int], now: datetime) -> Found:
    """Candidates of every source, each once, without what the shopper has or does not want."""
    excluded = unwanted(shopper, now=now)
    ranked = [product for product in ranked_ids(shopper) if product not in excluded][:FROM_RANKING]
    return found_for(
        Wishes(
            taste=taste_of(shopper),
            excluded=excluded,
            known=[deed.product_id for deed in shopper.deeds],
            proposed=[*ranked, *pinned],
            dealt_with=[deed.product_id for deed in shopper.deeds[:LAST_DEEDS]],
            traits=shopper.tags,
        )
    )


def ranked_ids(shopper: Shopper) -> Sequence[int]:
    return shopper.ranking.product_ids if shopper.ranking else ()


def unwanted(shopper: Shopper, *, now: datetime) -> set[int]:
    """What they have and do not need again yet, and what they said is not for them."""
    return {product for product, had in shopper.bought.items() if not had.is_due(now)} | shopper.not_for_me


def taste_of(shopper: Shopper) -> Vectors | None:
    """The direction of what they did last, without what they struck out."""
    deeds = [deed for deed in shopper.deeds if not is_struck(deed, shopper)]
    if not deeds:
        return None
    weights = np.array([deed.weight for deed in deeds], np.float32)
    return interest_vector(np.stack([deed.vector for deed in deeds]), weights)


def is_struck(deed: Deed, shopper: Shopper) -> bool:
    return shopper.is_struck(f"because_{deed.event}", deed.product_id)


def policy_scores(
    shopper: Shopper, candidates: Sequence[Candidate], weighed: Weighed, *, pipeline: Pipeline
) -> Floats:
    """The causes' sum, less for what was shown too often, more for what few know."""
    scores = weighed.contributions.scores.copy()
    if pipeline.repeat_after_shown and shopper.customer:
        tired = {product for product, times in shopper.shown.items() if times >= pipeline.repeat_after_shown}
        scores[[row for row, each in enumerate(candidates) if each.product_id in tired]] *= TIRED_SHARE
    if pipeline.coverage:
        known = popularity_of([each.product_id for each in candidates])
        unknown = np.array([1.0 - known.get(each.product_id, 0.0) for each in candidates])
        scores += pipeline.coverage * MOST_COVERAGE * scores.max(initial=0.0) * unknown * (scores > 0)
    return scores


def is_pinned(candidates: Sequence[Candidate], pins: Mapping[int, int]) -> npt.NDArray[np.bool_]:
    products = set(pins.values())
    return np.array([each.product_id in products for each in candidates], bool)


def arranged(
    candidates: Sequence[Candidate],
    scores: Floats,
    wanted: npt.NDArray[np.intp],
    *,
    pins: Mapping[int, int],
    limit: int,
    diversity: float,
) -> Arrangement:
    """The order of the wanted rows, as rows of all candidates."""
    chosen = [candidates[row] for row in wanted]
    vectors = [each.vector for each in chosen]
    pool = Pool(
        product_ids=np.array([each.product_id for each in chosen], np.int64),
        scores=scores[wanted],
        vectors=np.stack(vectors) if vectors else np.zeros((0, DIMENSIONS), np.float32),
    )
    rows = {each.product_id: row for row, each in enumerate(chosen)}
    standing = {position: rows[product] for position, product in pins.items() if product in rows}
    order = arrange(pool, limit, diversity=diversity, pins=standing)
    return Arrangement(
        shown=tuple(int(wanted[row]) for row in order.shown),
        reserve=tuple(int(wanted[row]) for row in order.reserve),
        pinned=order.pinned,
    )


def filled_plan(plan: Plan, rows: Sequence[int], limit: int) -> list[Recommendation]:
    """Products of these rows, then popular, then new ones; what the shopper struck out comes last of all."""
    refused = unwanted(plan.shopper, now=timezone.now())
    opposed = np.flatnonzero(plan.weighed.contributions.is_opposed | plan.effects.is_hidden).tolist()
    items = filled(
        items_of(plan, rows), limit, excluding=refused | {plan.candidates[row].product_id for row in opposed}
    )
    return filled(items, limit, excluding=refused)


def items_of(plan: Plan, rows: Sequence[int]) -> list[Recommendation]:
    """Products of these rows with their reasons; one statement."""
    causes = {row: causes_of(plan, row) for row in rows}
    wanted = {plan.candidates[row].product_id for row in rows}
    wanted |= {cause.product_id for told in causes.values() for cause in told if cause.product_id}
    products = products_by_key(wanted)
    items = []
    for row in rows:
        product = products.get(plan.candidates[row].product_id)
        if product is not None:
            told = [reason_about(plan, row, cause, products) for cause in causes[row]]
            items.append(Recommendation(product, float(plan.scores[row]), told[0], tuple(told[1:])))
    return items


def causes_of(plan: Plan, row: int) -> list[Cause]:
    """What is told about a row, strongest first: never nothing."""
    if any(hit.startswith("pin:") for hit in plan.effects.hits.get(row, ())):
        return [Cause("merchant")]
    found = plan.weighed.contributions.strongest(row, limit=REASONS_TOLD)
    return [plan.weighed.causes[cause] for cause, _ in found] or [Cause("merchant")]


def reason_about(plan: Plan, row: int, cause: Cause, products: Mapping[int, Product]) -> Reason:
    places = {deed.product_id: place for place, deed in enumerate(plan.shopper.deeds)}
    similarity = 0.0
    if cause.code.startswith("because_") and cause.product_id in places:
        deed = plan.shopper.deeds[places[cause.product_id]]
        similarity = float(deed.vector @ plan.candidates[row].vector)
    return reason_of(cause, products.get(cause.product_id or 0), similarity=similarity)
