from ecommerce_ai.jobs.declare import job, tracked_job
from ecommerce_ai.jobs.progress import Progress
from profiles import services


@job(time_limit_s=600)
def refresh_profiles() -> None:
    """Counters and interests of those whose facts changed, every few minutes."""
    services.refresh_profiles()


@tracked_job()
def refresh_all_profiles(progress: Progress) -> dict[str, int]:
    """The same for a person who watches it."""
    return services.refresh_profiles(progress=progress)
