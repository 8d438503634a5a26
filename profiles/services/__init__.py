from profiles.services.readings import refresh_readings
from profiles.services.refresh import refresh_profiles
from profiles.services.tags import remove_tag, restore_tag
from profiles.services.tastes import refresh_tastes

__all__ = [
    "refresh_profiles",
    "refresh_readings",
    "refresh_tastes",
    "remove_tag",
    "restore_tag",
]
