"""Interests of the customers of the table `stale`: weighed, aged, and with the events that say so."""

from typing import Any

from ecommerce_ai.shop.services.importing.upserts.bulk import parents_held
from profiles.models.interests import HALF_LIFE_DAYS, LANDMARK, SOURCES

PER_KIND = 6
EVENTS_KEPT = 5
# What each event says about each trait of its product, once; a cart says more than a look, an order more
# than a cart. What was typed speaks of the traits that were read in it.
SPOKEN = """
CREATE TEMPORARY TABLE spoken ON COMMIT DROP AS
SELECT s.customer_id, t.trait_id, 'order' AS source, o.id, o.placed_at AS at, min(l.product_id) AS product_id,
    5.0::float AS says
FROM stale s JOIN shop_order o USING (customer_id) JOIN shop_orderline l ON l.order_id = o.id
JOIN profiles_producttrait t USING (product_id)
WHERE o.kind = 'sale' AND o.status <> 'cancelled' AND l.kind = 'goods'
GROUP BY s.customer_id, t.trait_id, o.id
UNION ALL
SELECT s.customer_id, t.trait_id, w.source, e.id, e.occurred_at, e.product_id, w.says
FROM stale s JOIN shop_event e USING (customer_id) JOIN profiles_producttrait t USING (product_id)
JOIN (VALUES ('view_item', 'view', 1.0), ('add_to_cart', 'cart', 3.0),
    ('add_to_wishlist', 'wishlist', 2.5)) AS w (name, source, says) ON w.name = e.name
UNION ALL
SELECT s.customer_id, t.trait_id, 'review', v.id, v.created_at, v.product_id, 3.0
FROM stale s JOIN shop_review v USING (customer_id) JOIN profiles_producttrait t USING (product_id)
WHERE v.rating >= 4
UNION ALL
SELECT s.customer_id, t.trait_id, 'question', q.id, q.created_at, q.product_id, 2.0
FROM stale s JOIN shop_question q USING (customer_id) JOIN profiles_producttrait t USING (product_id)
UNION ALL
SELECT DISTINCT y.customer_id, t.id, y.source, y.id, y.at, NULL::bigint, y.says
FROM (
    SELECT s.customer_id, 'search' AS source, e.id, e.occurred_at AS at, 2.0 AS says,
        md5(lower(e.search_term)) AS content_hash
    FROM stale s JOIN shop_event e USING (customer_id) WHERE e.search_term <> ''
    UNION ALL
    SELECT s.customer_id, 'review', v.id, v.created_at, 1.5, md5(lower(v.body))
    FROM stale s JOIN shop_review v USING (customer_id) WHERE v.rating >= 4
    UNION ALL
    SELECT s.customer_id, 'question', q.id, q.created_at, 1.5, md5(lower(q.body))
    FROM stale s JOIN shop_question q USING (customer_id)
) AS y JOIN profiles_textreading r USING (content_hash) CROSS JOIN unnest(r.traits) AS read (trait_id)
JOIN profiles_trait t ON t.id = read.trait_id
"""
# The strongest of each kind. Strength is forward-decayed: see Interest.
KEPT = """
CREATE TEMPORARY TABLE kept ON COMMIT DROP AS
SELECT customer_id, trait_id, strength FROM (
    SELECT customer_id, trait_id, strength, row_number() OVER (
        PARTITION BY customer_id, kind ORDER BY strength DESC, trait_id) AS place
    FROM (
        SELECT customer_id, trait_id, sum(says * power(2.0::float,
            extract(epoch FROM at - %(landmark)s)::float / %(half_life_s)s)) AS strength
        FROM spoken GROUP BY customer_id, trait_id
    ) AS summed JOIN profiles_trait t ON t.id = trait_id
) AS ranked WHERE place <= %(per_kind)s
"""
FORGET = "DELETE FROM profiles_interest WHERE customer_id IN (SELECT customer_id FROM stale)"
KEEP = """
INSERT INTO profiles_interest (customer_id, trait_id, strength, counts, evidence)
SELECT customer_id, trait_id, min(strength), jsonb_strip_nulls(jsonb_build_object({counts})),
    jsonb_agg(jsonb_build_object('source', source, 'id', id, 'at', at, 'product', product_id)
        ORDER BY place) FILTER (WHERE place <= %(events)s)
FROM (
    SELECT s.*, k.strength,
        row_number() OVER (PARTITION BY customer_id, trait_id ORDER BY at DESC, id) AS place
    FROM spoken s JOIN kept k USING (customer_id, trait_id)
) AS placed GROUP BY customer_id, trait_id
"""
# The foreign keys of the new rows hold: their parents cannot go before this transaction ends.
HOLD_PARENTS = (
    "SELECT count(*) FROM (SELECT FROM shop_customer WHERE id IN (SELECT customer_id FROM stale)"
    " FOR KEY SHARE) AS held",
    "SELECT count(*) FROM (SELECT FROM profiles_trait FOR KEY SHARE) AS held",
)


def weigh_interests(cursor: Any) -> int:
    """Rewrite the interests of the stale customers; how many there are."""
    values = {
        "landmark": LANDMARK,
        "half_life_s": HALF_LIFE_DAYS * 86_400,
        "per_kind": PER_KIND,
        "events": EVENTS_KEPT,
    }
    cursor.execute("SET LOCAL work_mem = '96MB'")
    for statement in (*HOLD_PARENTS, SPOKEN, "ANALYZE spoken", KEPT, "ANALYZE kept", FORGET):
        cursor.execute(statement, values)
    counts = ", ".join(
        f"'{source}', nullif(count(*) FILTER (WHERE source = '{source}'), 0)" for source in SOURCES
    )
    with parents_held(cursor):
        cursor.execute(KEEP.format(counts=counts), values)
        return int(cursor.rowcount)
