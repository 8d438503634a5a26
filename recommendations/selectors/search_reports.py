"""What shoppers search for, what they find, and what they do next: counted over the events, nothing stored.

A search is one shopper's words, once in half an hour. What is looked at before the next search, or within
half an hour, comes of it, if it was among the results (where the event says which were shown); so does what
of that is put in the cart within a day.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

Z95 = 1.96
LEAST_SEARCHES = 5  # below, a share of clicks says nothing

SEARCHES = r"""
    WITH typed AS (
        SELECT id, customer_id, occurred_at,
            regexp_replace(lower(btrim(search_term)), '\s+', ' ', 'g') AS term,
            CASE jsonb_typeof(properties -> 'results') WHEN 'number'
                THEN least((properties -> 'results')::numeric, 1000000)::int END AS results,
            CASE jsonb_typeof(properties -> 'shown') WHEN 'array' THEN properties -> 'shown' END AS shown,
            properties ->> 'settings' AS settings
        FROM shop_event
        WHERE name = 'search' AND btrim(search_term) <> ''
            AND occurred_at >= %(since)s AND occurred_at < %(until)s
    ), told AS (
        SELECT *, lag(occurred_at) OVER same AS said_at,
            lead(occurred_at) OVER (PARTITION BY customer_id ORDER BY occurred_at, id) AS next_at
        FROM typed WINDOW same AS (PARTITION BY customer_id, term ORDER BY occurred_at, id)
    ), searches AS (
        SELECT *, least(next_at, occurred_at + interval '30 minutes') AS ends_at FROM told
        WHERE said_at IS NULL OR customer_id IS NULL OR said_at < occurred_at - interval '30 minutes'
    ), outcomes AS (
        SELECT s.id, s.term, s.customer_id, s.occurred_at, s.results, s.settings, looked.product_id,
            EXISTS (
                SELECT FROM shop_event AS cart
                WHERE cart.customer_id = s.customer_id AND cart.name = 'add_to_cart'
                    AND cart.product_id = looked.product_id AND cart.occurred_at >= looked.occurred_at
                    AND cart.occurred_at < looked.occurred_at + interval '1 day'
            ) AS is_in_cart
        FROM searches AS s LEFT JOIN shop_event AS looked
            ON looked.customer_id = s.customer_id AND looked.name IN ('view_item', 'select_item')
            AND looked.occurred_at >= s.occurred_at AND looked.occurred_at <= s.ends_at
            AND (s.shown IS NULL OR s.shown @> to_jsonb(looked.product_id))
    ), answered AS (
        SELECT id, term, customer_id, occurred_at, results, settings,
            count(product_id) > 0 AS is_clicked, bool_or(is_in_cart) AS is_in_cart
        FROM outcomes GROUP BY id, term, customer_id, occurred_at, results, settings
    )
"""
IN_ALL = """
    SELECT count(*), count(customer_id), count(*) FILTER (WHERE is_clicked),
        count(*) FILTER (WHERE is_in_cart), count(*) FILTER (WHERE results = 0)
    FROM answered
"""
BY_TERM = """
    SELECT count(*), count(customer_id), count(*) FILTER (WHERE is_clicked),
        count(*) FILTER (WHERE is_in_cart), term, count(DISTINCT customer_id),
        (array_agg(results ORDER BY occurred_at DESC) FILTER (WHERE results IS NOT NULL))[1]
    FROM answered GROUP BY term ORDER BY count(*) DESC, term
"""
BY_SETTINGS = """
    SELECT count(*), count(customer_id), count(*) FILTER (WHERE is_clicked),
        count(*) FILTER (WHERE is_in_cart), count(*) FILTER (WHERE results = 0),
        settings, min(occurred_at), max(occurred_at)
    FROM answered WHERE settings IS NOT NULL GROUP BY settings ORDER BY max(occurred_at) DESC LIMIT 20
"""


@dataclass(frozen=True)
class Period:
    """From `since` up to but not including `until`."""

    since: datetime
    until: datetime

    @classmethod
    def last(cls, days: int, *, until: datetime) -> "Period":
        return cls(until - timedelta(days=days), until)

    @property
    def before(self) -> "Period":
        """The period of the same length that ends where this one begins."""
        return Period(self.since - (self.until - self.since), self.since)


@dataclass(frozen=True)
class Outcomes:
    """What came of searches. Shares (0-1) are of those whose shopper is known: the others leave no trace."""

    searches: int
    traceable: int
    clicked: int
    in_cart: int

    @property
    def click_share(self) -> float:
        return share(self.clicked, self.traceable)

    @property
    def cart_share(self) -> float:
        return share(self.in_cart, self.traceable)


@dataclass(frozen=True)
class SearchTotals(Outcomes):
    """All searches of a period."""

    without_results: int

    @property
    def zero_share(self) -> float:
        return share(self.without_results, self.searches)


@dataclass(frozen=True)
class SearchVersion(SearchTotals):
    """What came of searches under one version of the settings (`search_version`), and when these were."""

    version: str
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True)
class SearchedTerm(Outcomes):
    """One wording: by how many people, and what it found the last time (None: not told)."""

    term: str
    people: int
    results: int | None


@dataclass(frozen=True)
class SearchReport:
    """The searches of a period, and of the one before it, to compare."""

    totals: SearchTotals
    totals_before: SearchTotals
    terms: tuple[SearchedTerm, ...]

    @property
    def without_results(self) -> list[SearchedTerm]:
        return [term for term in self.terms if term.results == 0]

    @property
    def low_click(self) -> list[SearchedTerm]:
        """Chosen from more rarely than the rest, beyond chance, though found; most lost clicks first."""
        usual = self.totals.click_share
        low = [term for term in self.terms if term.results != 0 and is_below(term, usual)]
        return sorted(low, key=lambda term: term.clicked - term.traceable * usual)


def search_report(period: Period) -> SearchReport:
    """In three queries, whatever was searched for."""
    return SearchReport(
        totals=search_totals(period),
        totals_before=search_totals(period.before),
        terms=tuple(SearchedTerm(*row) for row in rows_of(BY_TERM, period)),
    )


def outcomes_by_version(period: Period) -> list[SearchVersion]:
    """The versions that answered in the period, the latest first."""
    return [SearchVersion(*row) for row in rows_of(BY_SETTINGS, period)]


def search_totals(period: Period) -> SearchTotals:
    return SearchTotals(*rows_of(IN_ALL, period)[0])


def rows_of(statement: str, period: Period) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(SEARCHES + statement, {"since": period.since, "until": period.until})
        rows: Sequence[tuple[Any, ...]] = cursor.fetchall()
    return rows


def share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def is_below(term: SearchedTerm, usual: float) -> bool:
    """Whether even the upper end of the interval of its share lies below the usual one."""
    if term.traceable < LEAST_SEARCHES or term.click_share >= usual:
        return False
    return upper_bound(term.clicked, term.traceable) < usual


def upper_bound(hits: int, trials: int) -> float:
    """The upper end of Wilson's 95 % interval of a share (Wilson 1927)."""
    rate, spread = hits / trials, Z95**2 / trials
    return (rate + spread / 2 + Z95 * math.sqrt(rate * (1 - rate) / trials + spread / (4 * trials))) / (
        1 + spread
    )
