"""What pages and APIs read. Nothing here raises for a missing model or an unknown visitor."""

from recommendations.selectors.personal import recently_viewed, recommended_after, recommended_for
from recommendations.selectors.popular import newest_products, popular_products
from recommendations.selectors.results import Reason, Recommendation
from recommendations.selectors.search import (
    Constraint,
    Road,
    SearchOptions,
    SearchResults,
    SearchSettings,
    Suggestions,
    search_products,
    search_version,
    suggestions,
)
from recommendations.selectors.similar import similar_products
from recommendations.selectors.stored import (
    Neighbour,
    RankedProduct,
    StoredRanking,
    neighbours,
    stored_ranking,
)
from recommendations.selectors.together import bought_together, complete_basket

__all__ = [
    "Constraint",
    "Neighbour",
    "RankedProduct",
    "Reason",
    "Recommendation",
    "Road",
    "SearchOptions",
    "SearchResults",
    "SearchSettings",
    "StoredRanking",
    "Suggestions",
    "bought_together",
    "complete_basket",
    "neighbours",
    "newest_products",
    "popular_products",
    "recently_viewed",
    "recommended_after",
    "recommended_for",
    "search_products",
    "search_version",
    "similar_products",
    "stored_ranking",
    "suggestions",
]
