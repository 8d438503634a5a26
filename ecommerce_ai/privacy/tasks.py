from typing import Any

from ecommerce_ai.jobs.declare import job, tracked_job
from ecommerce_ai.jobs.progress import Progress
from ecommerce_ai.privacy.services import erasures, exporting, retention, shop_redaction


@tracked_job()
def export_customer(progress: Progress, export: str) -> dict[str, Any]:
    """Somebody's copy of what we hold about them."""
    return exporting.perform_export(progress, export=export)


@tracked_job()
def erase_customer(progress: Progress, erasure: str) -> dict[str, Any]:
    """A confirmed erasure, to its receipt."""
    return erasures.perform_erasure(progress, erasure=erasure)


@tracked_job()
def redact_shop(progress: Progress) -> dict[str, Any]:
    """Everybody is forgotten; books stay."""
    return shop_redaction.erase_all_customers(progress)


@job(time_limit_s=3000)
def drop_what_is_old() -> None:
    """Every night: what its class of data allows to go."""
    retention.drop_what_is_old()
