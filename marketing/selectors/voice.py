from dataclasses import dataclass

from ecommerce_ai.inference.models import ModelRun
from ecommerce_ai.inference.selectors import run_history
from ecommerce_ai.jobs.models import JobRun
from ecommerce_ai.shop.models import Product
from marketing.models import PreferencePair, Variant

VOICE = "copy-voice"
SHOWN = 10


@dataclass(frozen=True)
class VoicePage:
    """What there is to learn from, the training under way, and the voices that were trained, newest first."""

    approved: int
    descriptions: int
    pairs: int
    job: JobRun | None
    runs: list[ModelRun]

    @property
    def live(self) -> ModelRun | None:
        return next((run for run in self.runs if run.is_live), None)


def voice_page(task: str) -> VoicePage:
    return VoicePage(
        approved=Variant.objects.filter(brief__customer=None).count(),
        descriptions=Product.objects.live().exclude(description="").count(),
        pairs=PreferencePair.objects.count(),
        job=JobRun.objects.unfinished().filter(task=task).first(),
        runs=list(run_history(VOICE).order_by("-is_live", "-created_at")[:SHOWN]),
    )
