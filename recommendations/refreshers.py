from typing import Any

import numpy as np

from ecommerce_ai.jobs.progress import Progress
from ecommerce_ai.jobs.refresh import refresher
from profiles.services import refresh_tastes
from recommendations import services
from recommendations.models import ProductVector


@refresher("recommendations", title="product vectors", order=100, is_basic=True)
def product_vectors(progress: Progress) -> dict[str, int]:
    return services.embed_products(progress=progress)


@refresher("recommendations", title="words of products", order=102, is_basic=True)
def words(progress: Progress) -> dict[str, int]:
    """What search finds products by, then the vocabulary that these words make."""
    indexed = services.index_products(progress=progress)
    return indexed | services.count_words(is_needed=any(indexed.values()))


@refresher("recommendations", title="popular products", order=110, is_basic=True)
def popular_products(progress: Progress) -> dict[str, int]:
    return services.rank_popular_products()


@refresher("recommendations", title="rankings", order=120)
def rankings(progress: Progress) -> dict[str, Any]:
    """What goes with what, and each customer's ranking; trains again when that is due."""
    return services.refresh_ranking(progress=progress)


@refresher("profiles", title="tastes", order=205)
def tastes(progress: Progress) -> dict[str, int]:
    """Profiles know no vectors of products: they are given these."""
    rows = ProductVector.objects.values_list("product", "embedding")
    encoder = ProductVector.objects.values_list("encoder", flat=True).first() or ""
    return refresh_tastes({pk: np.asarray(row, np.float32) for pk, row in rows}, encoder=encoder)


@refresher("recommendations", title="pipeline", order=190, is_basic=True)
def pipeline(progress: Progress) -> dict[str, int]:
    """The version that serves, and what came of its lists."""
    services.ensure_pipeline()
    return services.attribute_outcomes()


@refresher("recommendations", title="lists", order=260)
def lists(progress: Progress) -> dict[str, int]:
    """What who was here of late will be shown, made before they ask; after all that it is made from."""
    return services.prepare_for_regulars(progress=progress)
