from ecommerce_ai.jobs.declare import job, tracked_job
from ecommerce_ai.jobs.progress import Progress
from recommendations import services


@job(time_limit_s=3000)
def embed_products(product_ids: list[int] | None = None) -> None:
    """Vectors for what is new or changed: everything each minute, one product when it is saved."""
    services.embed_products(product_ids)


@tracked_job()
def embed_catalogue(progress: Progress) -> dict[str, int]:
    """The same for a person who watches it."""
    return services.embed_products(progress=progress)


@job()
def rank_popular_products() -> None:
    """Who sells, each hour."""
    services.rank_popular_products()
