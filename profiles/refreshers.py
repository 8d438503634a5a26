from typing import Any

from ecommerce_ai.jobs.progress import Progress
from ecommerce_ai.jobs.refresh import refresher
from profiles import services
from profiles.services.segments import refresh_segments


@refresher("profiles", title="profiles", order=200)
def profiles(progress: Progress) -> dict[str, int]:
    return services.refresh_profiles(progress=progress)


@refresher("profiles", title="segments", order=290)
def segments(progress: Progress) -> dict[str, Any]:
    return refresh_segments()
