from ecommerce_ai.privacy.models.consents import ConsentChange, Purpose
from ecommerce_ai.privacy.models.requests import ErasureRequest, ExportRequest, WebhookDelivery

__all__ = ["ConsentChange", "ErasureRequest", "ExportRequest", "Purpose", "WebhookDelivery"]
