from typing import Any

from ecommerce_ai.jobs.progress import Progress
from ecommerce_ai.jobs.refresh import refresher
from profiles import services
from profiles.services.labels import refresh_labels
from profiles.services.risks import refresh_risks
from profiles.services.segments import refresh_segments
from profiles.services.values import refresh_values


@refresher("profiles", title="what texts speak of", order=195)
def readings(progress: Progress) -> dict[str, int]:
    return services.refresh_readings(progress=progress)


@refresher("profiles", title="profiles", order=200)
def profiles(progress: Progress) -> dict[str, int]:
    return services.refresh_profiles(progress=progress)


@refresher("profiles", title="customer values", order=210)
def customer_values(progress: Progress) -> dict[str, int]:
    return refresh_values()


@refresher("profiles", title="labels", order=220)
def labels(progress: Progress) -> dict[str, int]:
    return refresh_labels()


@refresher("profiles", title="risks", order=230)
def risks(progress: Progress) -> dict[str, int]:
    return refresh_risks()


@refresher("profiles", title="segments", order=290)
def segments(progress: Progress) -> dict[str, Any]:
    return refresh_segments()
