"""How one list came about, for staff: candidates → rules → rank → contributions."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from ecommerce_ai.shop.models import Product
from recommendations.models import Impression, MerchandisingRule
from recommendations.selectors.outlines import Outline
from recommendations.selectors.reasons import TEXTS, Cause


@dataclass(frozen=True)
class TracedPart:
    """What one cause added to a score."""

    text: str | Promise
    value: float


@dataclass(frozen=True)
class TracedRow:
    """A candidate: `position` from 1 where it was shown, the chance of that, what made its score."""

    product: Product | None
    position: int | None
    score: float
    propensity: float | None
    parts: tuple[TracedPart, ...]
    rules: tuple[str, ...]
    outcomes: tuple[str, ...] = ()


def trace_of_impression(impression: Impression) -> list[TracedRow]:
    """The shown products in their order, then the candidates that came next. Three statements."""
    traced = {row["product"]: row for row in impression.trace.get("rows", [])}
    order = [*impression.product_ids, *(key for key in traced if key not in impression.product_ids)]
    products = Product.objects.in_bulk(order + subjects(traced.values()))
    outcomes: dict[int, list[str]] = {}
    for outcome in impression.outcomes.order_by("occurred_at"):
        outcomes.setdefault(outcome.product_id, []).append(outcome.get_kind_display())
    shown = dict(zip(impression.product_ids, range(len(impression.product_ids)), strict=True))
    return [
        TracedRow(
            product=products.get(key),
            position=shown[key] + 1 if key in shown else None,
            score=impression.scores[shown[key]] if key in shown else traced[key]["score"],
            propensity=impression.propensities[shown[key]] if key in shown else None,
            parts=parts_of(traced.get(key, {}), products),
            rules=tuple(map(rule_text, traced.get(key, {}).get("rules", ()))),
            outcomes=tuple(outcomes.get(key, ())),
        )
        for key in order
    ]


def prepared_at(impression: Impression) -> datetime | None:
    """When the list was made, if that was before it was asked for."""
    told_at = impression.trace.get("prepared_at")
    return datetime.fromisoformat(told_at) if told_at else None


def subjects(rows: Any) -> list[int]:
    """The products that causes name."""
    return [int(subject) for row in rows for _, subject, _ in row["causes"] if subject.isdigit()]


def parts_of(row: dict[str, Any], products: dict[int, Product]) -> tuple[TracedPart, ...]:
    return tuple(
        TracedPart(cause_text(code, subject, products), value)
        for code, subject, value in row.get("causes", ())
    )


def cause_text(code: str, subject: str, products: dict[int, Product]) -> str:
    """The reason's own sentence, about what it hangs on."""
    about = products.get(int(subject)) if subject.isdigit() else None
    label = about.local_title if about else subject.partition(":")[2] or subject
    return str(TEXTS.get(code, code)).format(title=label, label=label)


def rule_text(hit: str) -> str:
    """What a rule did, for whoever reads it: "pin: New mugs"."""
    action, _, name = hit.partition(": ")
    return f"{dict(MerchandisingRule.Action.choices).get(action, action)}: {name}"


def trace_of_outline(outline: Outline) -> list[TracedRow]:
    """A list that nobody has seen: for the preview."""
    keys = [line.product_id for line in outline.lines]
    keys += [cause.product_id for cause in outline.causes if cause.product_id]
    products = Product.objects.in_bulk(keys)
    return [
        TracedRow(
            product=products.get(line.product_id),
            position=place + 1 if place < outline.length else None,
            score=line.score,
            propensity=None,
            parts=tuple(
                TracedPart(told(outline.causes[part.cause], products), part.value) for part in line.parts
            ),
            rules=tuple(map(rule_text, line.rules)),
        )
        for place, line in enumerate(outline.lines)
    ]


def told(cause: Cause, products: dict[int, Product]) -> str:
    return cause_text(cause.code, cause.subject, products)
