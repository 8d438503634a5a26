from typing import Any

from ecommerce_ai.jobs.declare import job, tracked_job
from ecommerce_ai.jobs.progress import Progress
from recommendations import services


@job(time_limit_s=3000)
def embed_products(product_ids: list[int] | None = None) -> None:
    """Words and vectors of what is new or changed: everything each minute, one product when it is saved."""
    services.index_products(product_ids)
    services.embed_products(product_ids)


@job()
def count_words() -> None:
    """The shop's vocabulary, each hour."""
    services.count_words()


@tracked_job()
def embed_catalogue(progress: Progress) -> dict[str, int]:
    """The same for a person who watches it."""
    return services.embed_products(progress=progress)


@job()
def rank_popular_products() -> None:
    """Who sells, each hour."""
    services.rank_popular_products()


@job(time_limit_s=3000)
def train_ranking() -> None:
    """Neighbours and rankings after new orders, every quarter of an hour; the ranker itself each week."""
    services.refresh_ranking()


@tracked_job()
def train_ranking_watched(progress: Progress) -> dict[str, Any]:
    """The same for a person who watches it."""
    return services.refresh_ranking(progress=progress)


@job()
def keep_impressions() -> None:
    """What was shown, from Redis to the database, every ten seconds; shadows get their twins."""
    services.shadow_impressions(services.drain_impressions())


@job()
def attribute_outcomes() -> None:
    """Clicks, carts and purchases to the lists that they came from, every five minutes."""
    services.attribute_outcomes()


@job()
def prepare_for_visitors() -> None:
    """Lists of who is here, every 15 seconds."""
    services.prepare_for_visitors()


@job(time_limit_s=3000)
def prepare_for_regulars() -> None:
    """Lists of who may be back, each hour."""
    services.prepare_for_regulars()
