"""Reads of facts that are more than a filter on one table."""

from ecommerce_ai.shop.selectors.live_visits import LiveAction, live_actions

__all__ = ["LiveAction", "live_actions"]
