"""What the merchant's rules do to a list of candidates."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from django.utils import timezone

from recommendations.models import MerchandisingRule
from recommendations.selectors.pool import Candidate

Action = MerchandisingRule.Action
DIRECTIONS = {Action.BOOST: 1.0, Action.BURY: -1.0}


@dataclass(frozen=True)
class RuleEffects:
    """By row: how far it is lifted (in units of the best score), whether it is hidden, which rules did it."""

    lifts: npt.NDArray[np.float64]
    is_hidden: npt.NDArray[np.bool_]
    hits: dict[int, tuple[str, ...]]


def rules_for(slot: str) -> list[MerchandisingRule]:
    """Rules in force now for one place, oldest first: of two that disagree about a pin the newer wins."""
    rules = MerchandisingRule.objects.in_force(timezone.now()).filter(slot__in=["", slot])
    return list(rules.select_related("category").order_by("id"))


def pinned_products(rules: Sequence[MerchandisingRule]) -> dict[int, int]:
    """Product by position, from 0."""
    return {
        rule.position - 1: rule.product_id
        for rule in rules
        if rule.action == Action.PIN and rule.position and rule.product_id
    }


def effects_of(rules: Sequence[MerchandisingRule], candidates: Sequence[Candidate]) -> RuleEffects:
    lifts, is_hidden = np.zeros(len(candidates)), np.zeros(len(candidates), bool)
    hits: dict[int, tuple[str, ...]] = {}
    for rule in rules:
        for row, candidate in enumerate(candidates):
            if concerns(rule, candidate):
                lifts[row] += DIRECTIONS.get(Action(rule.action), 0.0) * rule.strength
                is_hidden[row] |= rule.action == Action.HIDE
                hits[row] = (*hits.get(row, ()), f"{rule.action}: {rule.name}")
    return RuleEffects(lifts, is_hidden, hits)


def concerns(rule: MerchandisingRule, candidate: Candidate) -> bool:
    if rule.product_id:
        return rule.product_id == candidate.product_id
    if rule.category:
        return f"{candidate.shelf}/".startswith(f"{rule.category.path}/")
    return rule.brand.casefold() == candidate.brand.casefold()
