"""Mistakes in `settings.INFERENCE`, found when Django starts and without loading a model library."""

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

KINDS = {"encoder", "classifier", "generator", "reader"}


@register()
def check_inference(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """The setting has the shape of CACHES, knows its kinds, and names modules that exist."""
    config = getattr(settings, "INFERENCE", None)
    if not isinstance(config, dict) or "encoder" not in config:
        return [
            Error(
                "INFERENCE has to name an encoder.", hint='{"encoder": {"BACKEND": "…"}}', id="inference.E001"
            )
        ]
    return [message for kind, backend in config.items() for message in backend_mistakes(kind, backend)]


def backend_mistakes(kind: str, backend: Any) -> list[CheckMessage]:
    if kind not in KINDS:
        return [Error(f"INFERENCE knows no “{kind}”.", hint=f"One of {sorted(KINDS)}.", id="inference.E002")]
    if not isinstance(backend, dict) or not isinstance(backend.get("BACKEND"), str):
        return [Error(f"INFERENCE[“{kind}”] needs a BACKEND.", id="inference.E003")]
    if unknown := set(backend) - {"BACKEND", "OPTIONS"}:
        return [Error(f"INFERENCE[“{kind}”] has unknown keys {sorted(unknown)}.", id="inference.E003")]
    module, _, name = backend["BACKEND"].rpartition(".")
    if not module or not name or not module_exists(module):
        return [Error(f"INFERENCE[“{kind}”]: no module “{module}”.", id="inference.E004")]
    return []


def module_exists(module: str) -> bool:
    """Whether it can be imported. Only its packages are, so no model library is loaded."""
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False
