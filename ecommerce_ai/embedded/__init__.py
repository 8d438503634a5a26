"""PostgreSQL and Redis without set-up: started, found, shared and stopped under one home directory.

Knows no Django, so that the settings can ask it where the servers will be.
"""

from ecommerce_ai.embedded.addresses import broker_url, cache_url, database_settings, home
from ecommerce_ai.embedded.errors import EmbeddedError
from ecommerce_ai.embedded.lifecycle import ensure_running, exclusive, running

__all__ = [
    "EmbeddedError",
    "broker_url",
    "cache_url",
    "database_settings",
    "ensure_running",
    "exclusive",
    "home",
    "running",
]
