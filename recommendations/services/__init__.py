"""What changes rows, and what shows lists: a list that is shown is remembered."""

from recommendations.services.impressions import drain_impressions
from recommendations.services.outcomes import attribute_outcomes
from recommendations.services.pipelines import ensure_pipeline
from recommendations.services.popularity import rank_popular_products
from recommendations.services.preparing import prepare_for_regulars, prepare_for_visitors
from recommendations.services.ranking import refresh_ranking
from recommendations.services.refusals import (
    NotARefusal,
    allow_product,
    move_refusals,
    refuse_product,
    restore_reason,
    strike_reason,
)
from recommendations.services.search_documents import index_products
from recommendations.services.serving import Served, serve
from recommendations.services.shadows import shadow_impressions
from recommendations.services.vectors import embed_products
from recommendations.services.vocabulary import count_words

__all__ = [
    "NotARefusal",
    "Served",
    "allow_product",
    "attribute_outcomes",
    "count_words",
    "drain_impressions",
    "embed_products",
    "ensure_pipeline",
    "index_products",
    "move_refusals",
    "prepare_for_regulars",
    "prepare_for_visitors",
    "rank_popular_products",
    "refresh_ranking",
    "refuse_product",
    "restore_reason",
    "serve",
    "shadow_impressions",
    "strike_reason",
]
