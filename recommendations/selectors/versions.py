"""The live pipeline and the rules: kept for as long as PostgreSQL says they are the same."""

import hashlib
from dataclasses import dataclass

from django.utils import timezone

from ecommerce_ai.kept import Kept
from recommendations.models import MerchandisingRule, Pipeline
from recommendations.selectors.statements import row_of

# Where each row lies and who wrote it last: any write changes it, also one that passes by the models. Of the
# ranker only its key counts, which the pipeline's row holds.
STAMPS = """
SELECT (SELECT string_agg(concat_ws(' ', xmin, ctid), ',')
        FROM recommendations_pipeline WHERE status = 'live'),
       (SELECT string_agg(concat_ws(' ', r.xmin, r.ctid, c.xmin, c.ctid), ',' ORDER BY r.id)
        FROM recommendations_merchandisingrule r LEFT JOIN shop_category c ON c.id = r.category_id
        WHERE r.is_active)
"""


@dataclass(frozen=True)
class Serving:
    """What serves now: the live pipeline, if there is one, and the active rules, the oldest first.

    `stamps`: what PostgreSQL says of their rows.
    """

    pipeline: Pipeline | None
    rules: tuple[MerchandisingRule, ...]
    stamps: tuple[str | None, ...] = ()

    def rules_for(self, slot: str) -> list[MerchandisingRule]:
        """Those in force now for one place: of two that disagree about a pin the newer wins."""
        now = timezone.now()
        return [rule for rule in self.rules if rule.slot in ("", slot) and rule.is_in_force(now)]

    def version_for(self, slot: str) -> str:
        """Another one as soon as anything that decides the lists of a place is another."""
        decides = [*self.stamps, *(str(rule.pk) for rule in self.rules_for(slot))]
        return hashlib.md5(repr(decides).encode(), usedforsecurity=False).hexdigest()


# The last of each process with its stamps; threads may each put theirs.
kept: dict[tuple[str | None, ...], Serving] = {}


def read_stamps(_which: str) -> tuple[str | None, ...]:
    return row_of("recommendations_stamps", STAMPS, "")


stamps_now = Kept(read_stamps)


def serving_now() -> Serving:
    """Nothing is asked for `KEPT_S`; then one light statement, three where anything was changed."""
    stamps = stamps_now.of("live") or ()
    found = kept.get(stamps)
    if found is None:
        found = Serving(
            Pipeline.objects.live().select_related("ranker").first(),
            tuple(MerchandisingRule.objects.filter(is_active=True).select_related("category").order_by("id")),
            stamps,
        )
        kept.clear()
        kept[stamps] = found
    return found
