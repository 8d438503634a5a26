"""All that is inferred about shoppers. Imported where it is run: the learners bring model libraries along."""

from ecommerce_ai.jobs.progress import Progress, silent
from profiles.services.labels import refresh_labels
from profiles.services.readings import refresh_readings
from profiles.services.refresh import refresh_profiles
from profiles.services.risks import refresh_risks
from profiles.services.values import refresh_values


def refresh_shoppers(*, progress: Progress = silent) -> dict[str, dict[str, int]]:
    """Bring every step up to date: what each did, by its name."""
    steps = (refresh_readings, refresh_profiles, refresh_values, refresh_labels, refresh_risks)
    done = {}
    for position, step in enumerate(steps, start=1):
        done[step.__name__] = step()
        progress(position, len(steps))
    return done
