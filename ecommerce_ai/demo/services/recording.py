"""Customers, orders, events, reviews and questions of a simulated year, as rows."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import uuid5

from ecommerce_ai.demo.catalogue import CURRENCY
from ecommerce_ai.demo.services.copying import copy_rows, first_free_id
from ecommerce_ai.demo.simulation.clock import DAYS
from ecommerce_ai.demo.simulation.orders import Fate
from ecommerce_ai.demo.simulation.people import DAY_S, NAMESPACE, Person
from ecommerce_ai.demo.simulation.year import Year
from ecommerce_ai.shop.models import (
    Customer,
    CustomerMerge,
    Event,
    Order,
    OrderLine,
    Question,
    Review,
    Shipment,
)

Row = dict[str, Any]


@dataclass(frozen=True)
class Ids:
    """Where the rows of people and products begin."""

    people: int
    products: list[int]


def write_customers(year: Year) -> int:
    """Returns the id of person 0; the others follow."""
    start = first_free_id(Customer)
    copy_rows(Customer, [customer_row(year, person, start) for person in year.people])
    return start


def customer_row(year: Year, person: Person, start: int) -> Row:
    return {
        "id": start + person.number,
        "external_id": f"C{10_001 + person.number}" if person.known else None,
        "visitor_id": person.visitor_id,
        "user_id": None,
        "email": person.email,
        "name": person.name,
        "phone": "",
        "country": person.country,
        "city": person.city,
        "language": person.language,
        "birth_year": person.birth_year,
        "gender": person.gender,
        "merged_into_id": None,
        "created_at": year.clock.at(person.first_day * DAY_S),
    }


def write_merges(year: Year, ids: Ids) -> None:
    """Those who looked around before they signed up: their visitor row, merged, and the log of it."""
    start = first_free_id(Customer)
    joined = [person for person in year.people if person.anonymous_days]
    moved = Counter(
        happening.person
        for happening in year.happenings
        if is_anonymous(year, happening.person, happening.time)
    )
    visitors, merges = [], []
    for offset, person in enumerate(joined):
        visitor = customer_row(year, person, ids.people)
        empty = dict.fromkeys(("email", "name", "city", "gender"), "")
        visitors.append(
            visitor
            | empty
            | {
                "id": start + offset,
                "external_id": None,
                "birth_year": None,
                "visitor_id": uuid5(NAMESPACE, f"before sign-up {person.number}"),
                "merged_into_id": ids.people + person.number,
            }
        )
        merges.append(
            {
                "id": uuid5(NAMESPACE, f"merge {person.number}"),
                "source_id": start + offset,
                "target_id": ids.people + person.number,
                "moved": {"events": moved[person.number]},
                "reason": "log-in",
                "merged_at": year.clock.at(signed_up(person)),
            }
        )
    copy_rows(Customer, visitors)
    copy_rows(CustomerMerge, merges)


def signed_up(person: Person) -> float:
    return min(max(person.first_day, 0) + person.anonymous_days, DAYS - 1) * DAY_S


def is_anonymous(year: Year, number: int, time: float) -> bool:
    person = year.people[number]
    return bool(person.anonymous_days) and time < signed_up(person)


def write_orders(year: Year, ids: Ids) -> int:
    """Orders, their lines and parcels, and a credit note for what was taken back."""
    orders: list[Row] = []
    lines: list[Row] = []
    shipments: list[Row] = []
    start, line, parcel = first_free_id(Order), first_free_id(OrderLine), first_free_id(Shipment)
    for fate in year.fates:
        for order, order_lines in order_and_note(year, fate, ids):
            pk = start + len(orders)
            orders.append({"id": pk} | order)
            lines += [
                {"id": line + len(lines) + offset, "order_id": pk, "line_number": offset + 1} | row
                for offset, row in enumerate(order_lines)
            ]
            if fate.parcel and order["kind"] == Order.Kind.SALE:
                shipments.append({"id": parcel + len(shipments), "order_id": pk} | shipment_row(year, fate))
    copy_rows(Order, orders)
    copy_rows(OrderLine, lines)
    copy_rows(Shipment, shipments)
    return len(orders)


def order_and_note(year: Year, fate: Fate, ids: Ids) -> Iterator[tuple[Row, list[Row]]]:
    goods = [line_row(year, ids, *line) for line in fate.purchase.lines]
    postage = [service_row(fate.postage)] if fate.postage else []
    yield order_row(year, fate, ids), goods + postage
    if fate.taken_back is None:
        return
    is_cancelled = fate.status == Order.Status.CANCELLED
    back = goods + postage if is_cancelled else [goods[index] for index in fate.returned]
    note = [row | {"quantity": -row["quantity"]} for row in back]
    yield credit_note_row(year, fate, ids, note), note


def order_row(year: Year, fate: Fate, ids: Ids) -> Row:
    person = year.people[fate.purchase.person]
    return {
        "number": fate.purchase.number,
        "customer_id": ids.people + person.number,
        "kind": Order.Kind.SALE,
        "status": fate.status,
        "currency": CURRENCY,
        "total": fate.total,
        "email": person.email,
        "shipping_name": person.name,
        "shipping_address": person.address,
        "shipping_city": person.city,
        "shipping_postcode": person.postcode,
        "country": person.country,
        "placed_at": year.clock.at(fate.purchase.time),
    }


def credit_note_row(year: Year, fate: Fate, ids: Ids, note: list[Row]) -> Row:
    return order_row(year, fate, ids) | {
        "number": f"{fate.purchase.number}-C",
        "kind": Order.Kind.CANCELLATION,
        "status": Order.Status.CANCELLED if fate.status == Order.Status.CANCELLED else Order.Status.RETURNED,
        "total": sum((row["quantity"] * row["unit_price"] for row in note), Decimal(0)),
        "placed_at": year.clock.at(fate.taken_back or 0),
    }


def line_row(year: Year, ids: Ids, product: int, quantity: int, price: Decimal) -> Row:
    goods = year.products[product]
    return {
        "product_id": ids.products[product],
        "kind": OrderLine.Kind.GOODS,
        "sku": goods.sku,
        "title": goods.title[0],
        "quantity": quantity,
        "unit_price": price,
    }


def service_row(postage: Decimal) -> Row:
    return {
        "product_id": None,
        "kind": OrderLine.Kind.SERVICE,
        "sku": "POSTAGE",
        "title": "Postage",
        "quantity": 1,
        "unit_price": postage,
    }


def shipment_row(year: Year, fate: Fate) -> Row:
    parcel = fate.parcel
    if parcel is None:
        raise ValueError(f"{fate.purchase.number} was never sent")
    return {
        "carrier": parcel.carrier,
        "tracking_number": parcel.tracking_number,
        "status": parcel.status,
        "note": parcel.note,
        "shipped_at": year.clock.at(parcel.shipped),
        "promised_at": year.clock.at(parcel.promised),
        "delivered_at": year.clock.at(parcel.delivered) if parcel.delivered else None,
    }


def write_events(year: Year, ids: Ids) -> int:
    start = first_free_id(Event)
    return copy_rows(Event, [event_row(year, ids, start, number) for number in range(len(year.happenings))])


def event_row(year: Year, ids: Ids, start: int, number: int) -> Row:
    happening = year.happenings[number]
    moment = year.clock.at(happening.time)
    return {
        "id": start + number,
        "event_id": uuid5(NAMESPACE, f"event {number}"),
        "name": happening.name,
        "customer_id": ids.people + happening.person,
        "session_id": happening.visit,
        "product_id": None if happening.product is None else ids.products[happening.product],
        "quantity": happening.quantity,
        "value": happening.value,
        "currency": CURRENCY if happening.value is not None else "",
        "search_term": happening.search_term,
        "properties": properties_of(year, number),
        "occurred_at": moment,
        "received_at": moment,
    }


def properties_of(year: Year, number: int) -> dict[str, str]:
    """The first event of a visit says where it came from; a purchase says which order it is of."""
    happening = year.happenings[number]
    properties = {"transaction_id": happening.order} if happening.order else {}
    if happening.is_first:
        person = year.people[happening.person]
        properties |= {"channel": person.channel, "device": person.device, "language": person.language}
    return properties


def write_reviews(year: Year, ids: Ids) -> int:
    start = first_free_id(Review)
    return copy_rows(
        Review,
        [
            {
                "id": start + number,
                "external_id": f"R{50_001 + number}",
                "product_id": ids.products[opinion.product],
                "customer_id": ids.people + opinion.person,
                "author_name": year.people[opinion.person].name.split(" ")[0],
                "rating": opinion.rating,
                "title": opinion.title,
                "body": opinion.body,
                "language": opinion.language,
                "status": "approved" if opinion.time < (DAYS - 2) * DAY_S else "pending",
                "created_at": year.clock.at(opinion.time),
            }
            for number, opinion in enumerate(sorted(year.opinions, key=lambda opinion: opinion.time))
        ],
    )


def write_questions(year: Year, ids: Ids) -> int:
    start = first_free_id(Question)
    return copy_rows(
        Question,
        [
            {
                "id": start + number,
                "product_id": ids.products[query.product],
                "customer_id": ids.people + query.person,
                "body": query.body,
                "answer": query.answer,
                "language": query.language,
                "status": "approved" if query.answer or query.time < (DAYS - 3) * DAY_S else "pending",
                "created_at": year.clock.at(query.time),
                "answered_at": year.clock.at(query.answered) if query.answered else None,
            }
            for number, query in enumerate(sorted(year.queries, key=lambda query: query.time))
        ],
    )
