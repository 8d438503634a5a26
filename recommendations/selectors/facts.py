"""One statement for all that a list asks about a shopper: written out, for the query builder costs more."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from ecommerce_ai.shop.models import Customer
from recommendations.ml.documents import Vectors
from recommendations.models import DIMENSIONS
from recommendations.selectors.statements import row_of

LAST_EVENTS = 30
LAST_BOUGHT = 15
LAST_LISTS = 20
STRONGEST = 12
# Vectors come as the index keeps them: half the bytes, and the same to three digits.
HALF = f"halfvec({DIMENSIONS})"
SENT_BYTES = 4 + 2 * DIMENSIONS  # of `halfvec_send`: a header, then big-endian halves
FACTS = f"""
WITH happened AS MATERIALIZED (
  SELECT e.name, e.product_id, e.occurred_at, v.embedding
  FROM shop_event e JOIN recommendations_productvector v ON v.product_id = e.product_id
  WHERE e.customer_id = $1 AND e.name IN ('view_item', 'add_to_cart', 'purchase')
  ORDER BY e.occurred_at DESC, e.id DESC LIMIT {LAST_EVENTS}
), bought AS MATERIALIZED (
  SELECT l.product_id, count(DISTINCT l.order_id) AS orders,
         min(o.placed_at) AS first_at, max(o.placed_at) AS last_at
  FROM shop_order o JOIN shop_orderline l ON l.order_id = o.id
  WHERE o.customer_id = $1 AND o.kind = 'sale' AND l.kind = 'goods' AND l.product_id IS NOT NULL
  GROUP BY l.product_id
), ordered AS MATERIALIZED (
  SELECT b.product_id, b.last_at, v.embedding
  FROM bought b JOIN recommendations_productvector v ON v.product_id = b.product_id
  WHERE b.product_id NOT IN (SELECT product_id FROM happened)
  ORDER BY b.last_at DESC, b.product_id LIMIT {LAST_BOUGHT}
), liked AS MATERIALIZED (
  SELECT trait_id, strength FROM profiles_interest WHERE customer_id = $1
  ORDER BY strength DESC LIMIT {STRONGEST}
), removed AS MATERIALIZED (
  SELECT t.id FROM profiles_tagremoval r JOIN profiles_trait t ON t.kind = r.kind AND t.key = r.key
  WHERE r.customer_id = $1
)
SELECT (SELECT is_granted FROM privacy_consentchange WHERE customer_id = $3 AND purpose = 'personalisation'
        ORDER BY changed_at DESC, id DESC LIMIT 1),
       happened.*, bought.*, ordered.*, refused.*, ranking.*, traits.*, shown.*
FROM (SELECT array_agg(name), array_agg(product_id), array_agg(occurred_at),
             string_agg(halfvec_send(embedding::{HALF}), '') FROM happened) happened,
     (SELECT array_agg(product_id), array_agg(orders), array_agg(first_at), array_agg(last_at)
      FROM bought) bought,
     (SELECT array_agg(product_id), array_agg(last_at), string_agg(halfvec_send(embedding::{HALF}), '')
      FROM ordered) ordered,
     (SELECT array_agg(code), array_agg(product_id) FROM recommendations_refusal
      WHERE customer_id = $1) refused,
     (SELECT json_agg(json_build_array(t.id, t.kind, t.key, t.label, t.translations, liked.strength,
                                       EXISTS (SELECT FROM removed WHERE removed.id = t.id)))
      FROM profiles_trait t LEFT JOIN liked ON liked.trait_id = t.id
      WHERE t.id = ANY (ARRAY(SELECT trait_id FROM liked UNION ALL SELECT id FROM removed))) traits,
     (SELECT array_agg(product) FROM (
        SELECT product_ids FROM recommendations_impression
        WHERE customer_id = $1 AND NOT is_shadow AND served_at >= now() - interval '3 days'
        ORDER BY served_at DESC LIMIT {LAST_LISTS}) lists, unnest(product_ids) product) shown,
     (SELECT) one LEFT JOIN (
        SELECT c.run_id, c.product_ids, c.computed_at
        FROM recommendations_customerranking c JOIN inference_modelrun m ON m.id = c.run_id
        WHERE c.customer_id = $1 AND (m.id = $2 OR ($2 IS NULL AND m.is_live AND m.name = 'ranker'))
        ORDER BY c.computed_at DESC LIMIT 1) ranking ON true
"""  # noqa: S608 - constants


@dataclass(frozen=True)
class Facts:
    """What is stored of one shopper; arrays of one group belong together by position.

    `consent` is the last word about personalisation; None: never answered.
    `shown` are the products of the last lists, one after the other. `traits` are rows of key, kind, key of
    the kind, label, translations, strength (None: only removed), and whether the shopper took it away.
    """

    consent: bool | None
    events: list[tuple[str, int, datetime]]
    event_vectors: Vectors
    purchases: dict[int, tuple[int, datetime, datetime]]
    orders: list[tuple[int, datetime]]
    order_vectors: Vectors
    refusals: list[tuple[str, int | None]]
    run_id: int | None
    ranked_ids: list[int]
    ranked_at: datetime | None
    traits: list[list[Any]]
    shown: list[int]


def facts_of(customer: Customer, *, run_id: int | None) -> Facts:
    """`run_id`: the run of the ranker that serves; None: the live one. One statement."""
    person = customer.merged_into_id or customer.pk
    consent, *row = row_of(
        "recommendations_facts", FACTS, "bigint, bigint, bigint", customer.pk, run_id, person
    )
    return Facts(
        consent=consent,
        events=zipped(*row[0:3]),
        event_vectors=vectors_from(row[3]),
        purchases={product: tuple(rest) for product, *rest in zipped(*row[4:8])},
        orders=zipped(*row[8:10]),
        order_vectors=vectors_from(row[10]),
        refusals=zipped(*row[11:13]),
        run_id=row[13],
        ranked_ids=row[14] or [],
        ranked_at=row[15],
        traits=row[16] or [],
        shown=row[17] or [],
    )


def zipped(*columns: list[Any] | None) -> list[Any]:
    return list(zip(*(column or () for column in columns), strict=True))


def vectors_from(sent: Any) -> Vectors:
    """Rows of as many `halfvec_send` as were put together."""
    rows = np.frombuffer(sent or b"", ">f2").reshape(-1, SENT_BYTES // 2)
    return rows[:, 2:].astype(np.float32)
