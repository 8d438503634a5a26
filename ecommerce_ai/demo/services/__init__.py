"""Filling an empty shop with the demo."""

from ecommerce_ai.demo.services.logins import Login, create_logins
from ecommerce_ai.demo.services.seeding import ShopNotEmpty, is_seeded, seed_shop

__all__ = ["Login", "ShopNotEmpty", "create_logins", "is_seeded", "seed_shop"]
