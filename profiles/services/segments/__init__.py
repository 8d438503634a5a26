"""Writes of segments."""

from profiles.services.segments.refreshing import refresh_segment, refresh_segments, save_segment

__all__ = ["refresh_segment", "refresh_segments", "save_segment"]
