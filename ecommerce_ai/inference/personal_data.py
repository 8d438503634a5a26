from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from ecommerce_ai.data_register import Store, Subject, impersonal, store
from ecommerce_ai.inference.models import ModelRun
from ecommerce_ai.text_search import file_mentions, pattern_of

impersonal(
    "inference.ModelRun",
    "id name kind parameters metrics data_from data_until artefact_path is_live duration_s created_at",
)


def artefacts_about(subject: Subject) -> list[Path]:
    """Trained files that name the person. They hold weights, so there should be none."""
    pattern = pattern_of(subject.words | subject.names)
    files = sorted(Path(settings.ARTEFACTS_ROOT).rglob("*")) if pattern else []
    return [path for path in files if path.is_file() and pattern and file_mentions(path, pattern)]


def take_away(subject: Subject) -> None:
    """A file that names somebody serves no more; the next training makes a clean one."""
    for path in artefacts_about(subject):
        kept = path.relative_to(settings.ARTEFACTS_ROOT)  # a run names its file, or the directory of a writer
        named = ModelRun.objects.filter(artefact_path__in=map(str, [kept, *kept.parents[:-1]]))
        named.update(is_live=False, artefact_path="")
        path.unlink()


def next_training() -> str:
    """The day until which the weights of today may remember: they learn anew, without whoever is gone."""
    due = timezone.now() + timedelta(days=settings.MODELS_RETRAINED_WITHIN_DAYS)
    return due.date().isoformat()


store(
    Store(
        "trained models",
        count=lambda subject: len(artefacts_about(subject)),
        erase=take_away,
        note=next_training,
        order=55,
    )
)
