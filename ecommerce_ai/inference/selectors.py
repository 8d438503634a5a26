from ecommerce_ai.inference.models import ModelRun, ModelRunQuerySet


def live_run(name: str) -> ModelRun | None:
    """The run of this name that serves, if one does."""
    return ModelRun.objects.live().filter(name=name).first()


def run_history(name: str) -> ModelRunQuerySet:
    """Every run of this name, newest first."""
    return ModelRun.objects.filter(name=name)
