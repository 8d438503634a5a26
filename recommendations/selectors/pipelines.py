from recommendations.models import Pipeline
from recommendations.selectors.versions import serving_now


def live_pipeline() -> Pipeline:
    """The version that serves; an unsaved one that only ranks where none was made yet."""
    return serving_now().pipeline or plain_pipeline()


def plain_pipeline() -> Pipeline:
    """By rank alone: no variety, no lift, no chance."""
    return Pipeline(name="plain", diversity=0.0, coverage=0.0, exploration=0.0)


def shadow_pipelines() -> list[Pipeline]:
    """Versions that are computed beside the live one and not shown."""
    return list(Pipeline.objects.shadow().select_related("ranker"))
