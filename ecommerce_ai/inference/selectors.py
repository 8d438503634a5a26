from pathlib import Path

from django.conf import settings

from ecommerce_ai.inference.models import ModelRun, ModelRunQuerySet


def live_run(name: str) -> ModelRun | None:
    """The run of this name that serves, if one does."""
    return ModelRun.objects.live().filter(name=name).first()


def run_history(name: str) -> ModelRunQuerySet:
    """Every run of this name, newest first."""
    return ModelRun.objects.filter(name=name)


def artefact_of(run: ModelRun) -> bytes | None:
    """What was trained; None where the run kept nothing or the file is gone."""
    path = Path(settings.ARTEFACTS_ROOT) / run.artefact_path
    return path.read_bytes() if run.artefact_path and path.is_file() else None
