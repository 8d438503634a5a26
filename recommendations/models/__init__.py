"""Inferences about products: `manage.py refresh` may throw every row away and make it again.

What shoppers and merchants decided (refusals, rules, pipelines) and what was shown (impressions) stays.
"""

from recommendations.models.impressions import Impression, ImpressionQuerySet, Outcome, Slot
from recommendations.models.pipelines import Pipeline, PipelineChange, PipelineQuerySet
from recommendations.models.popularity import PopularProduct
from recommendations.models.ranking import (
    CustomerRanking,
    CustomerRankingQuerySet,
    ItemNeighbours,
    PreparedList,
    ProductJudgement,
)
from recommendations.models.refusals import Refusal
from recommendations.models.rules import MerchandisingRule, RuleChange
from recommendations.models.search import FacetPhrase, SearchDocument, SearchPin, SearchWord, Synonym
from recommendations.models.vectors import DIMENSIONS, ProductVector, ProductVectorQuerySet, ShelfVector

__all__ = [
    "DIMENSIONS",
    "CustomerRanking",
    "CustomerRankingQuerySet",
    "FacetPhrase",
    "Impression",
    "ImpressionQuerySet",
    "ItemNeighbours",
    "MerchandisingRule",
    "Outcome",
    "Pipeline",
    "PipelineChange",
    "PipelineQuerySet",
    "PopularProduct",
    "PreparedList",
    "ProductJudgement",
    "ProductVector",
    "ProductVectorQuerySet",
    "Refusal",
    "RuleChange",
    "SearchDocument",
    "SearchPin",
    "SearchWord",
    "ShelfVector",
    "Slot",
    "Synonym",
]
