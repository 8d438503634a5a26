from ecommerce_ai.jobs.declare import job, tracked_job
from ecommerce_ai.jobs.progress import Progress


@job(time_limit_s=600)
def refresh_profiles() -> None:
    """Those whose facts changed, every few minutes; models learn again when they are due."""
    from profiles.services.shoppers import refresh_shoppers

    refresh_shoppers()


@tracked_job()
def refresh_all_profiles(progress: Progress) -> dict[str, dict[str, int]]:
    """The same for a person who watches it."""
    from profiles.services.shoppers import refresh_shoppers

    return refresh_shoppers(progress=progress)
