from typing import Any

from ecommerce_ai.jobs.declare import job, tracked_job
from ecommerce_ai.jobs.progress import Progress
from marketing.models import PersonalSet
from marketing.services import campaigns, personal, sending


@job()
def run_campaigns() -> None:
    """Each minute: campaigns begin, send what is due, and end."""
    campaigns.run_campaigns()


@tracked_job()
def send_campaign(progress: Progress, campaign: int) -> dict[str, Any]:
    """Everybody who is due; safe to run twice, for a message is claimed before it leaves."""
    return sending.send_campaign(progress, campaign=campaign)


@tracked_job()
def write_personal_texts(progress: Progress, set_id: int) -> dict[str, Any]:
    """A text for each shopper of an audience."""
    made = PersonalSet.objects.select_related("variant__brief").get(pk=set_id)
    return dict(personal.write_personal_variants(made, progress=progress))
