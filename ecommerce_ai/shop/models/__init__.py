"""What happened: facts, imported or recorded, never recomputed."""

from ecommerce_ai.shop.models.carts import Cart, CartLine
from ecommerce_ai.shop.models.catalog import Category, Product
from ecommerce_ai.shop.models.customers import Customer, CustomerMerge
from ecommerce_ai.shop.models.events import Event
from ecommerce_ai.shop.models.imports import ImportedKey, ImportRun
from ecommerce_ai.shop.models.orders import Order, OrderLine, Shipment
from ecommerce_ai.shop.models.prices import PriceChange, Promotion
from ecommerce_ai.shop.models.voices import Question, Review

__all__ = [
    "Cart",
    "CartLine",
    "Category",
    "Customer",
    "CustomerMerge",
    "Event",
    "ImportRun",
    "ImportedKey",
    "Order",
    "OrderLine",
    "PriceChange",
    "Product",
    "Promotion",
    "Question",
    "Review",
    "Shipment",
]
