"""Filling an empty shop with the demo."""

from ecommerce_ai.demo.services.answering import add_articles, add_support
from ecommerce_ai.demo.services.campaigning import add_campaigns
from ecommerce_ai.demo.services.logins import Login, create_logins
from ecommerce_ai.demo.services.seeding import ShopNotEmpty, is_seeded, seed_shop
from ecommerce_ai.demo.services.segments import add_segments

__all__ = [
    "Login",
    "ShopNotEmpty",
    "add_articles",
    "add_campaigns",
    "add_segments",
    "add_support",
    "create_logins",
    "is_seeded",
    "seed_shop",
]
