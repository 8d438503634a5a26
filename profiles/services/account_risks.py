"""Accounts that gave a reason to be looked at: returns, reviews, offers taken by one person as several."""

from collections.abc import Iterator

from django.db import connection

from profiles.ml.risk_rules import Account

# Accounts of one address, one mailbox (what follows a plus sign does not make another) or one telephone.
KIN = """WITH own AS (
    SELECT customer_id, 'address ' || lower(concat_ws('|', shipping_address, shipping_postcode)) AS shared
    FROM shop_order WHERE shipping_address <> '' AND customer_id IS NOT NULL
    UNION SELECT id, 'mailbox ' || regexp_replace(lower(email), '\\+[^@]*@', '@')
    FROM shop_customer WHERE email <> '' AND merged_into_id IS NULL
    UNION SELECT id, 'telephone ' || regexp_replace(phone, '\\D', '', 'g')
    FROM shop_customer WHERE phone ~ '(\\d\\D*){6}' AND merged_into_id IS NULL),
kin AS (
    SELECT customer_id, shared, accounts FROM own
    JOIN (SELECT shared, count(*) AS accounts FROM own GROUP BY 1 HAVING count(*) >= 3) g USING (shared))"""
# Who bought once or twice, and goods on offer alone (an offer for everything is nobody's loophole).
ONLY_OFFERS = """only_offers AS (
    SELECT customer_id FROM (
        SELECT o.customer_id, o.id, bool_and(EXISTS (
            SELECT FROM shop_promotion p WHERE p.starts_at <= o.placed_at
            AND (p.ends_at IS NULL OR p.ends_at > o.placed_at) AND (
                EXISTS (SELECT FROM shop_promotion_products i
                    WHERE i.promotion_id = p.id AND i.product_id = l.product_id)
                OR EXISTS (SELECT FROM shop_promotion_categories i
                    JOIN shop_category c ON c.id = i.category_id
                    WHERE i.promotion_id = p.id AND (s.path = c.path OR s.path LIKE c.path || '/%')))
        )) AS is_on_offer
        FROM shop_order o JOIN shop_orderline l ON l.order_id = o.id AND l.kind = 'goods'
        LEFT JOIN shop_product g ON g.id = l.product_id LEFT JOIN shop_category s ON s.id = g.category_id
        WHERE o.kind = 'sale' AND o.customer_id IN (SELECT customer_id FROM kin) GROUP BY 1, 2
    ) AS baskets GROUP BY 1 HAVING bool_and(is_on_offer) AND count(*) <= 2)"""
# Codes as GA4 reports them with a purchase (`coupon`); one purchase may be several events.
CODES = """codes AS (
    SELECT e.customer_id, upper(e.properties ->> 'coupon') AS code,
        count(DISTINCT coalesce(e.properties ->> 'transaction_id', e.event_id::text)) AS uses
    FROM shop_event e WHERE e.name = 'purchase' AND e.properties ->> 'coupon' <> ''
        AND e.customer_id IN (SELECT customer_id FROM kin) GROUP BY 1, 2)"""
COUNTS = """
bought AS (SELECT customer_id, count(*) FILTER (WHERE kind = 'sale') AS orders,
    count(*) FILTER (WHERE kind = 'cancellation') AS returns FROM shop_order GROUP BY 1),
unbought AS (SELECT r.customer_id, count(*) AS reviews FROM shop_review r WHERE NOT EXISTS (
        SELECT FROM shop_orderline l JOIN shop_order b ON b.id = l.order_id
        WHERE b.customer_id = r.customer_id AND l.product_id = r.product_id) GROUP BY 1),
at_address AS (SELECT customer_id, max(accounts) AS accounts FROM kin
    WHERE shared LIKE 'address %' GROUP BY 1),
in_one_hand AS (SELECT customer_id, max(accounts) AS accounts FROM kin
    WHERE shared NOT LIKE 'address %' GROUP BY 1),
on_offer AS (SELECT k.customer_id, max(n) AS accounts FROM kin k JOIN only_offers USING (customer_id) JOIN (
        SELECT shared, count(*) AS n FROM kin JOIN only_offers USING (customer_id) GROUP BY 1) AS g
    USING (shared) GROUP BY 1),
by_code AS (SELECT k.customer_id, max(n) AS uses FROM kin k JOIN codes USING (customer_id) JOIN (
        SELECT shared, code, sum(uses) AS n FROM kin JOIN codes USING (customer_id)
        GROUP BY 1, 2 HAVING count(*) >= 2) AS g USING (shared, code) GROUP BY 1)
SELECT c.id, coalesce(b.orders, 0), coalesce(b.returns, 0), coalesce(u.reviews, 0),
    coalesce(a.accounts, 0), coalesce(h.accounts, 0), coalesce(f.accounts, 0), coalesce(v.uses, 0)
FROM shop_customer c
LEFT JOIN bought b ON b.customer_id = c.id LEFT JOIN unbought u ON u.customer_id = c.id
LEFT JOIN at_address a ON a.customer_id = c.id LEFT JOIN in_one_hand h ON h.customer_id = c.id
LEFT JOIN on_offer f ON f.customer_id = c.id LEFT JOIN by_code v ON v.customer_id = c.id
WHERE c.merged_into_id IS NULL AND (b.returns >= 4 OR u.reviews >= 4 OR a.accounts >= 5
    OR h.accounts >= 3 OR f.accounts >= 3 OR v.uses >= 3)
"""
ACCOUNTS = ", ".join((KIN, ONLY_OFFERS, CODES, COUNTS))


def suspicious_accounts() -> Iterator[tuple[int, Account]]:
    """Customers with what speaks against them; nobody else."""
    with connection.cursor() as cursor:
        cursor.execute(ACCOUNTS)
        for pk, *counts in cursor.fetchall():
            yield pk, Account(*(int(count) for count in counts))
