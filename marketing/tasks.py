from typing import Any

from ecommerce_ai.jobs.declare import job, tracked_job
from ecommerce_ai.jobs.progress import Progress
from marketing.models import Brief, PersonalSet
from marketing.services import campaigns, personal, preferences, rechecking, requests, sending, voice


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


@tracked_job()
def generate_copy(progress: Progress, brief_id: int) -> dict[str, Any]:
    """Candidates by a model or a server, where the models are."""
    return dict(requests.generate_copy(Brief.objects.get(pk=brief_id)))


@tracked_job(time_limit_s=3400)
def train_voice(progress: Progress, key: str) -> dict[str, Any]:
    """On approved copy; taken up where it was after a kill."""
    run = voice.train_voice(key, progress=progress)
    return {"loss_before": run.metrics["loss_before"], "loss_after": run.metrics["loss_after"]}


@job()
def keep_outcome_pairs() -> None:
    """Once a day: texts of which shoppers answered one more often."""
    preferences.keep_outcome_pairs()


@job()
def recheck_texts() -> None:
    """Each five minutes: what became false is not sent any more."""
    rechecking.recheck_texts()
