"""A list with all that showing it takes: of a plan that was just made, or of one that was kept."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from ecommerce_ai.shop.models import Product
from recommendations.ml.policy import EXPLORED, Arrangement
from recommendations.selectors.goods import products_by_key, titles_by_key
from recommendations.selectors.planning import Plan
from recommendations.selectors.popular import filled
from recommendations.selectors.reasons import Cause, reason_of
from recommendations.selectors.results import Reason, Recommendation
from recommendations.selectors.tags import TagName

PARTS_KEPT = 5
REASONS_TOLD = 3
DIGITS = 9  # of what a score is made of: more than anybody is shown
MERCHANT = Cause("merchant")
COMPACT = json.JSONEncoder(separators=(",", ":"))


class Part(NamedTuple):
    """What a cause, by its place among the causes, adds to a score; `similarity` where it is a deed."""

    cause: int
    value: float
    similarity: float


class Line(NamedTuple):
    """A product, its score, what it is made of (the strongest first), what rules did to it."""

    product_id: int
    score: float
    parts: Sequence[Part]
    rules: Sequence[str]

    @property
    def is_pin(self) -> bool:
        return any(hit.startswith("pin:") for hit in self.rules)


@dataclass(frozen=True)
class Outline:
    """`length` lines are the list; chance may draw from those behind. `pinned`: positions, from 0.

    `candidates`: how many it was chosen from. `run_id`: of the ranker whose order it follows. A list that is
    too short is filled up: `opposed` comes last, `excluded` never.
    """

    lines: Sequence[Line]
    length: int
    pinned: frozenset[int]
    causes: Sequence[Cause]
    run_id: int | None
    candidates: int
    opposed: Collection[int] = ()
    excluded: Collection[int] = ()

    @property
    def arrangement(self) -> Arrangement:
        places = range(len(self.lines))
        return Arrangement(tuple(places[: self.length]), tuple(places[self.length :]), self.pinned)

    def head(self, limit: int) -> "Outline":
        """A shorter list of the same, if nothing is pinned behind its end."""
        return replace(self, lines=self.lines[: limit + EXPLORED], length=min(limit, self.length))


def outline_of(plan: Plan) -> Outline:
    """Of a list before chance."""
    arrangement = plan.arrangement
    rows = [*arrangement.shown, *arrangement.reserve]
    return Outline(
        lines=list(lines_of(plan, rows)),
        length=len(arrangement.shown),
        pinned=arrangement.pinned,
        causes=plan.weighed.causes,
        run_id=plan.shopper.ranking.run_id if plan.shopper.ranking else None,
        candidates=len(plan.candidates),
        opposed=plan.opposed,
        excluded=plan.excluded,
    )


def lines_of(plan: Plan, rows: Sequence[int]) -> Iterable[Line]:
    strongest = plan.weighed.contributions.strongest(rows, limit=PARTS_KEPT)
    alike = (plan.candidates.vectors[rows] @ plan.shopper.deed_vectors.T).tolist()
    deeds = {deed.product_id: place for place, deed in enumerate(plan.shopper.deeds)}
    place_of = {
        number: deeds[cause.product_id or 0]
        for number, cause in enumerate(plan.weighed.causes)
        if cause.code.startswith("because_")
    }
    for row, cosines in zip(rows, alike, strict=True):
        parts = [
            Part(cause, value, cosines[place_of[cause]] if cause in place_of else 0.0)
            for cause, value in strongest[row]
        ]
        hits = plan.effects.hits.get(row, ())
        yield Line(plan.candidates.product_ids[row], float(plan.scores[row]), parts, hits)


def items_of(outline: Outline, places: Iterable[int]) -> list[Recommendation]:
    """Products of these lines with their reasons, in this order; those that are gone are left out."""
    lines = [outline.lines[place] for place in places]
    told = [told_of(outline, line) for line in lines]
    products = products_by_key(line.product_id for line in lines)
    named = {cause.product_id for causes in told for cause, _ in causes if cause.product_id}
    about = products | titles_by_key(named - products.keys())
    return [
        Recommendation(products[line.product_id], line.score, *reasons_of(causes, about))
        for line, causes in zip(lines, told, strict=True)
        if line.product_id in products
    ]


def filled_items(outline: Outline, items: list[Recommendation], limit: int) -> list[Recommendation]:
    """Then popular, then new ones; what the shopper struck out comes last of all."""
    if len(items) >= limit:
        return items
    items = filled(items, limit, excluding={*outline.excluded, *outline.opposed})
    return filled(items, limit, excluding=outline.excluded)


def told_of(outline: Outline, line: Line) -> list[tuple[Cause, float]]:
    """What is told about a line with its similarity, strongest first: never nothing."""
    if line.is_pin or not line.parts:
        return [(MERCHANT, 0.0)]
    return [(outline.causes[part.cause], part.similarity) for part in line.parts[:REASONS_TOLD]]


def reasons_of(
    causes: Iterable[tuple[Cause, float]], products: Mapping[int, Product]
) -> tuple[Reason, tuple[Reason, ...]]:
    """The first, and the others."""
    first, *others = (
        reason_of(cause, products.get(cause.product_id or 0), similarity=similarity)
        for cause, similarity in causes
    )
    return first, tuple(others)


def as_text(outline: Outline) -> str:
    """As it is kept."""
    lines = [
        [
            line.product_id,
            line.score,
            [[part.cause, round(part.value, DIGITS), round(part.similarity, DIGITS)] for part in line.parts],
            list(line.rules),
        ]
        for line in outline.lines
    ]
    return COMPACT.encode(
        {
            "lines": lines,
            "length": outline.length,
            "pinned": sorted(outline.pinned),
            "causes": [as_values(cause) for cause in outline.causes],
            "run_id": outline.run_id,
            "candidates": outline.candidates,
            "opposed": list(outline.opposed),
            "excluded": list(outline.excluded),
        }
    )


def as_values(cause: Cause) -> list[Any]:
    moment = cause.occurred_at.isoformat() if cause.occurred_at else None
    return [cause.code, cause.product_id, cause.tag, moment, cause.event]


def from_text(text: str) -> Outline:
    """What `as_text` made."""
    kept = json.loads(text)
    lines = [
        Line(product, score, [Part(*part) for part in parts], rules)
        for product, score, parts, rules in kept["lines"]
    ]
    return Outline(
        lines=lines,
        length=kept["length"],
        pinned=frozenset(kept["pinned"]),
        causes=[cause_from(*values) for values in kept["causes"]],
        run_id=kept["run_id"],
        candidates=kept["candidates"],
        opposed=kept["opposed"],
        excluded=kept["excluded"],
    )


def cause_from(code: str, product_id: int | None, tag: list[Any] | None, at: str | None, event: str) -> Cause:
    moment = datetime.fromisoformat(at) if at else None
    return Cause(code, product_id, TagName(*tag) if tag else None, moment, event)
