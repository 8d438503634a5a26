"""Inferences about products: `manage.py refresh` may throw every row away and make it again."""

from recommendations.models.popularity import PopularProduct
from recommendations.models.ranking import CustomerRanking, CustomerRankingQuerySet, ItemNeighbours
from recommendations.models.vectors import DIMENSIONS, ProductVector, ProductVectorQuerySet

__all__ = [
    "DIMENSIONS",
    "CustomerRanking",
    "CustomerRankingQuerySet",
    "ItemNeighbours",
    "PopularProduct",
    "ProductVector",
    "ProductVectorQuerySet",
]
