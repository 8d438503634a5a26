"""Segments as pages, campaigns and experiments read them."""

from profiles.selectors.segments.matching import matching_customers
from profiles.selectors.segments.pictures import (
    Averages,
    Preview,
    ShelfShare,
    Size,
    averages_of,
    current_members,
    preview_of,
    segments_of,
    shelf_shares,
    sizes_of,
)
from profiles.selectors.segments.words import rules_in_words

__all__ = [
    "Averages",
    "Preview",
    "ShelfShare",
    "Size",
    "averages_of",
    "current_members",
    "matching_customers",
    "preview_of",
    "rules_in_words",
    "segments_of",
    "shelf_shares",
    "sizes_of",
]
