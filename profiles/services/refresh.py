"""Brings profiles up to date; redoes only those whose facts changed."""

from django.utils import timezone

from ecommerce_ai.jobs.progress import Progress, silent
from profiles.services.counters import count_facts, remove_gone, score_buyers
from profiles.services.interests import weigh_interests
from profiles.services.stale import stale_customers
from profiles.services.traits import refresh_traits


def refresh_profiles(*, progress: Progress = silent) -> dict[str, int]:
    """Counters, scores and interests of everybody who allows personalisation; nobody else keeps any.

    One transaction: readers see the old profiles or the new ones. Returns {"refreshed", "current",
    "removed", "interests"}.
    """
    refresh_traits()
    progress(1, 4)
    with stale_customers() as (cursor, stale):
        removed = remove_gone(cursor)
        count_facts(cursor, timezone.now())
        interests = weigh_interests(cursor) if stale else 0
        score_buyers(cursor)
        cursor.execute("SELECT count(*) FROM profiles_profile")
        total = cursor.fetchone()[0]
    progress(4, 4)
    return {"refreshed": stale, "current": total - stale, "removed": removed, "interests": interests}
