"""The steps of filling a shop, in one transaction: all of it is there, or nothing."""

from collections.abc import Callable
from datetime import datetime

from django.db import connection, transaction

from ecommerce_ai.demo.services.consenting import write_consents
from ecommerce_ai.demo.services.copying import move_sequences
from ecommerce_ai.demo.services.recording import (
    Ids,
    write_customers,
    write_events,
    write_merges,
    write_orders,
    write_questions,
    write_reviews,
)
from ecommerce_ai.demo.services.shelving import (
    write_categories,
    write_pictures,
    write_price_changes,
    write_products,
    write_promotions,
)
from ecommerce_ai.demo.simulation.year import CUSTOMERS, Year, simulate
from ecommerce_ai.privacy.models import ConsentChange
from ecommerce_ai.shop.models import (
    Category,
    Customer,
    Event,
    Order,
    OrderLine,
    Product,
    Question,
    Review,
    Shipment,
)

FIRST_SKU = "harbour-mug-chalk"
TABLES = (Category, ConsentChange, Customer, Event, Order, OrderLine, Product, Question, Review, Shipment)
Report = Callable[[str, int], None]


class ShopNotEmpty(Exception):
    """There are products that are not the demo's; the demo would be mixed into a real shop."""


def is_seeded() -> bool:
    return Product.objects.filter(sku=FIRST_SKU).exists()


def seed_shop(
    anchor: datetime, *, customers: int = CUSTOMERS, report: Report = lambda step, count: None
) -> Year:
    """Write the demo into an empty shop; `report(step, rows)` follows each step. Raises ShopNotEmpty."""
    if Product.objects.exists() or Category.objects.exists():
        raise ShopNotEmpty
    year = simulate(anchor, customers=customers)
    report("events simulated", len(year.happenings))
    with transaction.atomic():
        write_year(year, report)
    report("pictures", write_pictures(year))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return year


def write_year(year: Year, report: Report) -> None:
    products = write_products(year, write_categories())
    report("products", len(products))
    write_price_changes(year, products)
    write_promotions(year, products)
    report("promotions", len(year.sales))
    ids = Ids(write_customers(year), products)
    write_merges(year, ids)
    report("customers and visitors", len(year.people))
    report("answers about consent", write_consents(year, ids))
    report("orders and credit notes", write_orders(year, ids))
    report("events", write_events(year, ids))
    report("reviews", write_reviews(year, ids))
    report("questions", write_questions(year, ids))
    move_sequences(TABLES)
