"""What staff may look at and set: one module for each part."""

from recommendations.admin import catalogue, search, serving

__all__ = ["catalogue", "search", "serving"]
