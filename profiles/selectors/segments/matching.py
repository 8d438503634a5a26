"""The rules of a segment as one statement: a condition is a set of customer ids, never a loop over them."""

from datetime import datetime, timedelta
from functools import reduce, singledispatch
from operator import and_, or_

from django.db.models import BigIntegerField, CharField, Count, Func, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from ecommerce_ai.privacy.models import Purpose
from ecommerce_ai.privacy.selectors import allowed_customers
from ecommerce_ai.shop.models import Customer, Event, Order, OrderLine
from ecommerce_ai.shop.models.customers import CustomerQuerySet
from profiles.ml.segments.buckets import STEPS, place
from profiles.ml.segments.rules import (
    Condition,
    Group,
    Labelled,
    Measure,
    Performed,
    Rules,
    Share,
    Tag,
    Trait,
)
from profiles.models import CustomerLabel, CustomerValue, Profile
from profiles.selectors.interests import customers_with_tag, shop_clock

PURCHASE = Event.Name.PURCHASE
COMPARE = {"at_least": "gte", "at_most": "lte"}
OPPOSITE = {"at_least": "at_most", "at_most": "at_least"}
PROFILE_MEASURES = {"orders": "order_count", "spent": "net_spent"}
VALUE_MEASURES = {"value_12m": "predicted", "churn_percent": "churn_probability"}
PERCENT = {"churn_percent": 100}


class Place(Func):
    """`ml.segments.buckets.place` of a salted id, in SQL: the first 32 bits of its MD5, unsigned."""

    template = "('x' || substr(md5(%(expressions)s), 1, 8))::bit(32)::bigint"
    output_field = BigIntegerField()


def draw_of(salt: str) -> Place:
    """An annotation of customers: where each one falls in the draw of that name (see `is_drawn`)."""
    return Place(Concat(Value(f"{salt}:"), Cast("pk", CharField())))


def is_drawn(drawn: int, *, percent: int) -> bool:
    """Whether somebody who fell there is among the first so many percent."""
    return drawn < percent * STEPS // 100


def draw_for(salt: str, customer_id: int) -> int:
    """The same as `draw_of`, for one customer and without a query."""
    return place(salt, customer_id)


def matching_customers(rules: Rules, *, at: datetime | None = None) -> CustomerQuerySet:
    """Who meets the rules, now or as events stood at a time, of those who let the shop personalise."""
    moment = at or shop_clock()
    known = allowed_customers(Purpose.PERSONALISATION)
    if at:
        known = known.filter(created_at__lte=at)
    return known.filter(combined(rules.match, [group_q(group, moment) for group in rules.groups]))


def group_q(group: Group, at: datetime) -> Q:
    return combined(group.match, [condition_q(each, at) for each in group.conditions])


def combined(match: str, parts: list[Q]) -> Q:
    return reduce(and_ if match == "all" else or_, parts)


@singledispatch
def condition_q(condition: Condition, at: datetime) -> Q:
    """A filter on customers that holds what the condition asks for at that time."""
    raise NotImplementedError(type(condition))


@condition_q.register
def performed_q(condition: Performed, at: datetime) -> Q:
    """Purchases are counted in orders, which imports bring without events; the rest in events."""
    acts = orders_of(condition) if condition.action == PURCHASE else events_of(condition)
    time = "placed_at" if condition.action == PURCHASE else "occurred_at"
    acts = acts.filter(**{f"{time}__lte": at})
    if condition.within_days:
        acts = acts.filter(**{f"{time}__gt": at - timedelta(days=condition.within_days)})
    who = acts.order_by().values("customer")
    if condition.at_least > 1:
        who = who.annotate(acts=Count("pk")).filter(acts__gte=condition.at_least).values("customer")
    return Q(pk__in=who) if condition.is_done else ~Q(pk__in=who)


def events_of(condition: Performed) -> QuerySet[Event]:
    events = Event.objects.filter(customer__isnull=False).named(condition.action)
    return events.filter(about(condition)) if condition.category or condition.sku else events


def orders_of(condition: Performed) -> QuerySet[Order]:
    orders = Order.objects.not_cancelled().filter(customer__isnull=False)
    if not (condition.category or condition.sku):
        return orders
    lines = OrderLine.objects.goods().filter(about(condition))
    return orders.filter(pk__in=lines.order_by().values("order"))


def about(condition: Performed) -> Q:
    """The product it is about: one, or any on the shelf and below it."""
    if condition.sku:
        return Q(product__sku=condition.sku)
    path = condition.category
    return Q(product__category__path=path) | Q(product__category__path__startswith=f"{path}/")


@condition_q.register
def trait_q(condition: Trait, at: datetime) -> Q:
    if condition.name == "age":
        # Somebody who is at least 30 was born at most in the year 30 years ago.
        year = at.year - int(condition.value)
        return Q(**{f"birth_year__{COMPARE[OPPOSITE[condition.operator]]}": year})
    if condition.name == "known_days":
        since = at - timedelta(days=int(condition.value))
        return Q(**{f"created_at__{COMPARE[OPPOSITE[condition.operator]]}": since})
    if condition.name == "country":
        return country_q(condition)
    same = Q(**{f"{condition.name}__iexact": condition.value})
    return same if condition.operator == "is" else ~same & ~Q(**{condition.name: ""})


def country_q(condition: Trait) -> Q:
    """Where customers say they live; where they do not say it, where their orders went."""
    unsaid, orders = Q(country=""), Order.objects.filter(customer__isnull=False).order_by()
    sent_there = Q(pk__in=orders.filter(country__iexact=condition.value).values("customer"))
    sent = Q(pk__in=orders.exclude(country="").values("customer"))
    same = Q(country__iexact=condition.value) | (unsaid & sent_there)
    return same if condition.operator == "is" else ~same & (~unsaid | sent)


@condition_q.register
def tag_q(condition: Tag, at: datetime) -> Q:
    """Tags that a customer took away are theirs no longer, whatever the last refresh wrote."""
    has = Q(pk__in=customers_with_tag(condition.tag, condition.key).order_by().values("customer"))
    return has if condition.is_shown else ~has


@condition_q.register
def measure_q(condition: Measure, at: datetime) -> Q:
    return Q(pk__in=measured(condition, at).order_by().values("customer"))


def measured(condition: Measure, at: datetime) -> "QuerySet[Profile] | QuerySet[CustomerValue]":
    if condition.name == "days_since_order":
        day = at - timedelta(days=condition.value)
        return Profile.objects.filter(**{f"last_order_at__{COMPARE[OPPOSITE[condition.operator]]}": day})
    compare = COMPARE[condition.operator]
    if condition.name in PROFILE_MEASURES:
        return Profile.objects.filter(**{f"{PROFILE_MEASURES[condition.name]}__{compare}": condition.value})
    value = condition.value / PERCENT.get(condition.name, 1)
    return CustomerValue.objects.filter(**{f"{VALUE_MEASURES[condition.name]}__{compare}": value})


@condition_q.register
def label_q(condition: Labelled, at: datetime) -> Q:
    compare = COMPARE[condition.operator]
    held = CustomerLabel.objects.filter(
        label__key=condition.label, **{f"probability__{compare}": condition.percent / 100}
    )
    return Q(pk__in=held.order_by().values("customer"))


@condition_q.register
def share_q(condition: Share, at: datetime) -> Q:
    drawn = Customer.objects.order_by().annotate(place=draw_of(condition.salt))
    first, end = (percent * STEPS // 100 for percent in (condition.from_percent, condition.to_percent))
    return Q(pk__in=drawn.filter(place__gte=first, place__lt=end).values("pk"))
