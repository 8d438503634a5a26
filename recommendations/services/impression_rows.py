"""The row that remembers a list: what stood where, with what chance, and how it came about."""

import hashlib
import random
import uuid
from collections.abc import Sequence
from typing import Any

from ecommerce_ai.shop.models import Customer
from recommendations.ml.policy import Draw
from recommendations.models import Impression, Pipeline, Slot
from recommendations.selectors.outlines import Line, Outline
from recommendations.selectors.results import Recommendation

BUCKETS = 1000
NEXT_TRACED = 10  # of the candidates behind the list; the keys of all are kept


def impression_of(
    slot: Slot,
    customer: Customer | None,
    items: list[Recommendation],
    *,
    pipeline: Pipeline | None = None,
    key: uuid.UUID | None = None,
) -> Impression:
    """The row that remembers a list, with the list on it as `items`."""
    impression = Impression(
        id=key or uuid.uuid4(),
        customer=customer,
        slot=slot,
        pipeline_id=pipeline.pk if pipeline else None,
        bucket=bucket_of(customer),
        product_ids=[item.product.pk for item in items],
        scores=[round(item.score, 5) for item in items],
        propensities=[1.0] * len(items),
        reason_codes=[item.reason.code for item in items],
    )
    vars(impression)["items"] = items
    return impression


def bucket_of(customer: Customer | None) -> int:
    """0 to 999: the same for one shopper in every visit; by chance where nobody is known."""
    if customer is None:
        return random.randrange(BUCKETS)
    digest = hashlib.sha256(f"bucket {customer.pk}".encode()).digest()
    return int.from_bytes(digest[:8]) % BUCKETS


def told(impression: Impression, outline: Outline, drawn: Draw) -> Impression:
    """With the chance of each place, 1 for what fills up, and how the list came about."""
    count = len(impression.product_ids)
    by_chance = drawn.propensities[:count]
    impression.propensities = [*by_chance, *[1.0] * (count - len(by_chance))]
    impression.trace = trace_of(outline, drawn)
    return impression


def trace_of(outline: Outline, drawn: Draw) -> dict[str, Any]:
    """How the list came about, for the page of one impression: what was shown and what came next."""
    placed = outline.arrangement
    places = dict.fromkeys([*drawn.shown, *placed.shown, *placed.reserve[:NEXT_TRACED]])
    names = [(cause.code, cause.subject) for cause in outline.causes]
    return {
        "run": outline.run_id,
        "candidates": outline.candidates,
        "explored": drawn.explored,
        "reserve": [outline.lines[place].product_id for place in placed.reserve],
        "rows": [traced_line(outline.lines[place], names) for place in places],
    }


def traced_line(line: Line, names: Sequence[tuple[str, str]]) -> dict[str, Any]:
    return {
        "product": line.product_id,
        "score": round(line.score, 5),
        "causes": [[*names[part.cause], round(part.value, 5)] for part in line.parts],
        "rules": line.rules,
    }
