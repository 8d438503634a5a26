"""What mappings return: one typed record per accepted row, with the fields of the staging tables."""

from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID


class ProductRecord(NamedTuple):
    line: int
    sku: str
    title: str
    description: str
    brand: str
    category: str  # JSON list of names from the root down
    attributes: str  # JSON
    price: Decimal
    currency: str
    stock: int | None
    language: str
    translations: str  # JSON
    image: str
    is_live: bool


class CustomerRecord(NamedTuple):
    line: int
    external_id: str
    email: str
    name: str
    phone: str
    country: str
    city: str
    language: str
    birth_year: int | None
    gender: str
    created_at: datetime | None


class OrderHead(NamedTuple):
    number: str
    kind: str
    status: str
    placed_at: str  # ISO 8601, UTC
    customer: str  # Customer.external_id, empty for a guest
    currency: str
    country: str
    email: str = ""
    shipping_name: str = ""
    shipping_address: str = ""
    shipping_city: str = ""
    shipping_postcode: str = ""


class OrderLineRecord(NamedTuple):
    """A line with the head of its order; the head counts on the first line of an order."""

    line: int
    head: OrderHead
    kind: str
    sku: str
    title: str
    quantity: int
    unit_price: str


class EventRecord(NamedTuple):
    line: int
    event_id: UUID
    name: str
    customer: str  # Customer.external_id
    visitor_id: UUID | None
    session_id: str
    sku: str
    quantity: int | None
    value: Decimal | None
    currency: str
    search_term: str
    properties: str  # JSON
    occurred_at: datetime


class ReviewRecord(NamedTuple):
    line: int
    external_id: str
    sku: str
    customer: str  # Customer.external_id
    author_name: str
    rating: int
    title: str
    body: str
    language: str
    status: str
    created_at: datetime


class ArticleRecord(NamedTuple):
    line: int
    key: str
    language: str
    kind: str
    topic: str
    title: str
    body: str
    status: str
    audience: str
    valid_from: date | None
    valid_until: date | None


Record = ProductRecord | CustomerRecord | OrderLineRecord | EventRecord | ReviewRecord | ArticleRecord
