"""The lists and forms of the shop's facts."""

from ecommerce_ai.shop.admin.catalog import CategoryAdmin, ProductAdmin
from ecommerce_ai.shop.admin.customers import CustomerAdmin, CustomerMergeAdmin
from ecommerce_ai.shop.admin.events import EventAdmin
from ecommerce_ai.shop.admin.imports import ImportRunAdmin
from ecommerce_ai.shop.admin.orders import OrderAdmin
from ecommerce_ai.shop.admin.prices import PriceChangeAdmin, PromotionAdmin
from ecommerce_ai.shop.admin.voices import QuestionAdmin, ReviewAdmin

__all__ = [
    "CategoryAdmin",
    "CustomerAdmin",
    "CustomerMergeAdmin",
    "EventAdmin",
    "ImportRunAdmin",
    "OrderAdmin",
    "PriceChangeAdmin",
    "ProductAdmin",
    "PromotionAdmin",
    "QuestionAdmin",
    "ReviewAdmin",
]
