"""What customers did, counted by set-based statements for the customers of the table `stale`."""

from datetime import datetime
from typing import Any

COUNT = """
INSERT INTO profiles_profile (customer_id, order_count, cancellation_count, unit_count, product_count,
    gross_spent, net_spent, currency, first_order_at, last_order_at, visit_count, view_count, cart_count,
    search_count, review_count, question_count, last_active_at, preferred_language, preferred_channel,
    preferred_hour, confidence, input_hash, computed_at)
WITH own_currency AS (
    SELECT customer_id, coalesce(mode() WITHIN GROUP (ORDER BY currency) FILTER (WHERE kind = 'sale'
        AND status <> 'cancelled'), mode() WITHIN GROUP (ORDER BY currency)) AS currency
    FROM shop_order JOIN stale USING (customer_id) GROUP BY customer_id
), orders AS (
    SELECT o.customer_id, min(c.currency) AS currency,
        count(*) FILTER (WHERE is_sale) AS order_count,
        count(*) FILTER (WHERE kind = 'cancellation') AS cancellation_count,
        coalesce(sum(total) FILTER (WHERE is_sale AND o.currency = c.currency), 0) AS gross_spent,
        coalesce(sum(total) FILTER (WHERE status <> 'cancelled' AND o.currency = c.currency), 0) AS net_spent,
        min(placed_at) FILTER (WHERE is_sale) AS first_order_at,
        max(placed_at) FILTER (WHERE is_sale) AS last_order_at,
        max(placed_at) AS last_active_at,
        mode() WITHIN GROUP (ORDER BY extract(hour FROM placed_at AT TIME ZONE 'UTC')) AS hour
    FROM shop_order o JOIN own_currency c USING (customer_id)
    CROSS JOIN LATERAL (SELECT kind = 'sale' AND status <> 'cancelled' AS is_sale) AS told
    GROUP BY o.customer_id
), goods AS (
    SELECT o.customer_id, sum(l.quantity) AS unit_count, count(DISTINCT l.product_id) AS product_count
    FROM stale JOIN shop_order o USING (customer_id) JOIN shop_orderline l ON l.order_id = o.id
    WHERE o.kind = 'sale' AND o.status <> 'cancelled' AND l.kind = 'goods'
    GROUP BY o.customer_id
), events AS (
    SELECT customer_id, count(DISTINCT session_id) FILTER (WHERE session_id <> '') AS visit_count,
        count(*) FILTER (WHERE name = 'view_item') AS view_count,
        count(*) FILTER (WHERE name = 'add_to_cart') AS cart_count,
        count(*) FILTER (WHERE name = 'search') AS search_count,
        max(occurred_at) AS last_active_at,
        mode() WITHIN GROUP (ORDER BY extract(hour FROM occurred_at AT TIME ZONE 'UTC')) AS hour,
        mode() WITHIN GROUP (ORDER BY properties ->> 'language') AS language,
        mode() WITHIN GROUP (ORDER BY properties ->> 'channel') AS channel
    FROM shop_event JOIN stale USING (customer_id) GROUP BY customer_id
), reviews AS (
    SELECT customer_id, count(*) AS review_count, max(created_at) AS last_active_at,
        mode() WITHIN GROUP (ORDER BY language) AS language
    FROM shop_review JOIN stale USING (customer_id) GROUP BY customer_id
), questions AS (
    SELECT customer_id, count(*) AS question_count, max(created_at) AS last_active_at
    FROM shop_question JOIN stale USING (customer_id) GROUP BY customer_id
)
SELECT s.customer_id, coalesce(o.order_count, 0), coalesce(o.cancellation_count, 0),
    coalesce(g.unit_count, 0), coalesce(g.product_count, 0), coalesce(o.gross_spent, 0),
    coalesce(o.net_spent, 0), coalesce(o.currency, ''), o.first_order_at, o.last_order_at,
    coalesce(e.visit_count, 0), coalesce(e.view_count, 0), coalesce(e.cart_count, 0),
    coalesce(e.search_count, 0), coalesce(r.review_count, 0), coalesce(q.question_count, 0),
    greatest(o.last_active_at, e.last_active_at, r.last_active_at, q.last_active_at),
    left(coalesce(nullif(c.language, ''), e.language, r.language, ''), 10),
    left(coalesce(e.channel, ''), 40), coalesce(e.hour, o.hour),
    1 - exp(-(coalesce(o.order_count, 0) + 0.5 * coalesce(r.review_count, 0)
        + 0.2 * coalesce(e.cart_count, 0) + 0.1 * coalesce(e.search_count, 0)
        + 0.05 * coalesce(e.view_count, 0))::float / 4),
    s.input_hash, %(now)s
FROM stale s JOIN shop_customer c ON c.id = s.customer_id LEFT JOIN orders o USING (customer_id)
    LEFT JOIN goods g USING (customer_id) LEFT JOIN events e USING (customer_id)
    LEFT JOIN reviews r USING (customer_id) LEFT JOIN questions q USING (customer_id)
ON CONFLICT (customer_id) DO UPDATE SET ({columns}) = ROW ({excluded})
"""
COLUMNS = (
    "order_count", "cancellation_count", "unit_count", "product_count", "gross_spent", "net_spent",
    "currency", "first_order_at", "last_order_at", "visit_count", "view_count", "cart_count", "search_count",
    "review_count", "question_count", "last_active_at", "preferred_language", "preferred_channel",
    "preferred_hour", "confidence", "input_hash", "computed_at",
)  # fmt: skip
# Those who withdrew their consent, were merged into another, or of whom no fact is left.
GONE = """
    SELECT p.customer_id FROM profiles_profile p LEFT JOIN allowed a ON a.id = p.customer_id
    WHERE a.id IS NULL OR NOT (
        EXISTS (SELECT FROM shop_order f WHERE f.customer_id = p.customer_id)
        OR EXISTS (SELECT FROM shop_event f WHERE f.customer_id = p.customer_id)
        OR EXISTS (SELECT FROM shop_review f WHERE f.customer_id = p.customer_id)
        OR EXISTS (SELECT FROM shop_question f WHERE f.customer_id = p.customer_id))
"""
FORGET = "DELETE FROM profiles_{table} WHERE customer_id IN (SELECT customer_id FROM gone)"
DERIVED = ("interest", "taste", "customervalue", "customerlabel", "profile")
# Fifths of the buyers: five is the best. Only rows whose scores moved are written.
SCORES = """
UPDATE profiles_profile p
SET recency_score = s.recency, frequency_score = s.frequency, monetary_score = s.monetary
FROM (
    SELECT customer_id,
        CASE WHEN order_count > 0 THEN least(5, 1 + floor(5 * recency)) END AS recency,
        CASE WHEN order_count > 0 THEN least(5, 1 + floor(5 * frequency)) END AS frequency,
        CASE WHEN order_count > 0 THEN least(5, 1 + floor(5 * monetary)) END AS monetary
    FROM (
        SELECT customer_id, order_count,
            percent_rank() OVER (PARTITION BY order_count > 0 ORDER BY last_order_at) AS recency,
            percent_rank() OVER (PARTITION BY order_count > 0 ORDER BY order_count) AS frequency,
            percent_rank() OVER (PARTITION BY order_count > 0 ORDER BY gross_spent) AS monetary
        FROM profiles_profile
    ) AS ranked
) AS s
WHERE p.customer_id = s.customer_id AND (p.recency_score, p.frequency_score, p.monetary_score)
    IS DISTINCT FROM (s.recency, s.frequency, s.monetary)
"""


def remove_gone(cursor: Any) -> int:
    """Delete what was inferred about people whose data may not be used any more; how many they were."""
    cursor.execute(f"CREATE TEMPORARY TABLE gone ON COMMIT DROP AS {GONE}")
    for table in DERIVED:
        cursor.execute(FORGET.format(table=table))
    return int(cursor.rowcount)


def count_facts(cursor: Any, now: datetime) -> None:
    excluded = ", ".join(f"EXCLUDED.{column}" for column in COLUMNS)
    cursor.execute(COUNT.format(columns=", ".join(COLUMNS), excluded=excluded), {"now": now})


def score_buyers(cursor: Any) -> int:
    """RFM scores of all buyers, from one (least) to five; how many moved."""
    cursor.execute(SCORES)
    return int(cursor.rowcount)
