"""Who may be reckoned with, read each time it is used: nothing here is cached."""

from ecommerce_ai.privacy.models import Purpose
from ecommerce_ai.privacy.selectors.consents import allowed_customers, consents_of, is_allowed
from ecommerce_ai.privacy.selectors.events import recordable_events
from ecommerce_ai.privacy.selectors.exports import export_token, exported_file

__all__ = [
    "Purpose",
    "allowed_customers",
    "consents_of",
    "export_token",
    "exported_file",
    "is_allowed",
    "recordable_events",
]
