"""Pairs of texts of which shoppers answered one more often: kept for tuning on preferences."""

import math
from itertools import combinations

from marketing.models import Language, PreferencePair
from marketing.models.briefs import MESSAGES
from marketing.selectors.lessons import prompt_of_candidate
from marketing.selectors.outcomes import Answered, answered

FEWEST = 200  # sends of each
SURE = 1.96  # standard errors between the two


def keep_outcome_pairs() -> int:
    """Of texts of one brief and language, those that differ by more than chance; how many pairs are new."""
    return sum(
        keep_pair(one, other)
        for channel in MESSAGES
        for language in Language
        for one, other in combinations(answered(channel, language), 2)
        if one.variant.brief_id == other.variant.brief_id and abs(difference(one, other)) >= SURE
    )


def difference(one: Answered, other: Answered) -> float:
    """In standard errors of two shares; 0 while too little was sent."""
    if min(one.sends, other.sends) < FEWEST:
        return 0.0
    together = (one.responses + other.responses) / (one.sends + other.sends)
    spread = math.sqrt(together * (1 - together) * (1 / one.sends + 1 / other.sends))
    return (one.responses / one.sends - other.responses / other.sends) / spread if spread else 0.0


def keep_pair(one: Answered, other: Answered) -> bool:
    better, worse = (one, other) if difference(one, other) > 0 else (other, one)
    texts = [each.variant.candidate.text for each in (better, worse)]
    if texts[0] == texts[1]:
        return False
    variant = better.variant
    evidence = {
        name: {"sends": each.sends, "responses": each.responses}
        for name, each in (("better", better), ("worse", worse))
    }
    _, is_new = PreferencePair.objects.update_or_create(
        brief=variant.brief, better=texts[0], worse=texts[1], source=PreferencePair.Source.OUTCOME,
        defaults={
            "candidate": variant.candidate, "channel": variant.channel, "language": variant.language,
            "prompt": prompt_of_candidate(variant.candidate), "evidence": evidence,
        },
    )  # fmt: skip
    return is_new
