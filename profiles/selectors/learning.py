"""When what was learnt has to be learnt again."""

from datetime import timedelta

from django.utils import timezone

from ecommerce_ai.inference.selectors import live_run
from profiles.models import Profile

LONGEST = timedelta(hours=20)
RELEARN_SHARE = 0.05


def is_due(name: str, *, share: float = RELEARN_SHARE) -> bool:
    """Whether this share of the profiles changed since the run of this name, or nearly a day went by."""
    run = live_run(name)
    if run is None or timezone.now() - run.created_at > LONGEST:
        return True
    changed = Profile.objects.filter(computed_at__gt=run.created_at).count()
    return changed > share * Profile.objects.count()
