from ecommerce_ai.privacy.models.consents import ConsentChange, Purpose

__all__ = ["ConsentChange", "Purpose"]
