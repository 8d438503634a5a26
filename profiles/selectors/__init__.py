"""What pages and other apps read about a shopper. Nothing here tells what consent does not cover."""

from profiles.selectors.interests import (
    Evidence,
    InterestTag,
    customers_with_tag,
    interest_tags,
    products_of_removed_tags,
    removed_tags,
    shop_clock,
    tag_products,
    taste_of,
)
from profiles.selectors.portraits import Portrait, profile_of

__all__ = [
    "Evidence",
    "InterestTag",
    "Portrait",
    "customers_with_tag",
    "interest_tags",
    "products_of_removed_tags",
    "profile_of",
    "removed_tags",
    "shop_clock",
    "tag_products",
    "taste_of",
]
