from ecommerce_ai.jobs.progress import Progress
from ecommerce_ai.jobs.refresh import refresher
from profiles import services


@refresher("profiles", title="profiles", order=200)
def profiles(progress: Progress) -> dict[str, int]:
    return services.refresh_profiles(progress=progress)
