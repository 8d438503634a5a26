"""Writes of segments."""

from profiles.services.segments.refreshing import (
    delete_segment,
    refresh_segment,
    refresh_segments,
    save_segment,
)

__all__ = ["delete_segment", "refresh_segment", "refresh_segments", "save_segment"]
