"""The request as the shop's views get it: what the middleware adds, with types."""

import uuid
from typing import Any

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class ShopRequest(HttpRequest):
    visitor_id: uuid.UUID
    needs_new_visitor: bool
    htmx: HtmxDetails
    known_customer: Any  # the cached answer of `visitors.current_customer`: a Customer or None
