"""Writes of the privacy room: consent, exports, erasure."""

from ecommerce_ai.privacy.services.consents import change_consent

__all__ = ["change_consent"]
