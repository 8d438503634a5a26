"""What staff may look at and set: one module for each part."""

from recommendations.admin import catalogue, search

__all__ = ["catalogue", "search"]
