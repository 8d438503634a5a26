from profiles.services.tags import remove_tag, restore_tag

__all__ = ["remove_tag", "restore_tag"]
