from profiles.services.refresh import refresh_profiles
from profiles.services.tags import remove_tag, restore_tag

__all__ = ["refresh_profiles", "remove_tag", "restore_tag"]
