from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register

from ecommerce_ai.inference.registry import get_encoder
from recommendations.models import DIMENSIONS


@register(Tags.database, deploy=True)
def check_dimensions(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """The encoder's width is the column's. Loads the encoder, so only `check --deploy --database` runs it."""
    if not databases:
        return []
    found = get_encoder().dimensions
    if found == DIMENSIONS:
        return []
    return [
        Error(
            f"The encoder makes {found} dimensions and ProductVector.embedding holds {DIMENSIONS}.",
            hint="Choose another model, or write a migration that changes the column, then run `refresh`.",
            id="recommendations.E001",
        )
    ]
