from recommendations.services.popularity import rank_popular_products
from recommendations.services.vectors import embed_products

__all__ = ["embed_products", "rank_popular_products"]
