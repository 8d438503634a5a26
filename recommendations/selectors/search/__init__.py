"""Search and what surrounds it. Nothing here raises for what somebody typed."""

from recommendations.selectors.search.completion import suggestions
from recommendations.selectors.search.engine import search_products
from recommendations.selectors.search.results import (
    Constraint,
    Road,
    SearchOptions,
    SearchResults,
    Suggestions,
)
from recommendations.selectors.search.settings import SearchSettings, search_version

__all__ = [
    "Constraint",
    "Road",
    "SearchOptions",
    "SearchResults",
    "SearchSettings",
    "Suggestions",
    "search_products",
    "search_version",
    "suggestions",
]
