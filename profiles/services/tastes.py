"""The direction of each customer's taste. Who ranks products gives their vectors: profiles know none."""

import hashlib
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection, transaction
from django.utils import timezone

from profiles.models import Taste
from profiles.models.interests import HALF_LIFE_DAYS, LANDMARK

Vectors = npt.NDArray[np.float32]
DEALT_WITH = """
SELECT customer_id, product_id, sum(says * power(2.0::float,
    extract(epoch FROM at - %(landmark)s)::float / %(half_life_s)s)) AS strength FROM (
    SELECT o.customer_id, l.product_id, o.placed_at AS at, 5.0::float AS says FROM shop_orderline l
    JOIN shop_order o ON o.id = l.order_id
    WHERE o.kind = 'sale' AND o.status <> 'cancelled' AND l.kind = 'goods'
    UNION ALL
    SELECT e.customer_id, e.product_id, e.occurred_at, w.says FROM shop_event e
    JOIN (VALUES ('view_item', 1.0), ('add_to_cart', 3.0), ('add_to_wishlist', 2.5)) AS w (name, says)
        ON w.name = e.name
) AS dealt JOIN profiles_profile p USING (customer_id)
LEFT JOIN profiles_taste t USING (customer_id)
WHERE product_id IS NOT NULL AND (t.customer_id IS NULL OR t.input_hash <> md5(p.input_hash || %(made_by)s))
GROUP BY customer_id, product_id ORDER BY customer_id
"""
HASHES = "SELECT customer_id, md5(input_hash || %(made_by)s) FROM profiles_profile"


def refresh_tastes(vectors: Mapping[int, Vectors], *, encoder: str) -> dict[str, int]:
    """Weighted means of the unit vectors of products that customers dealt with, for whom that changed."""
    if not vectors:
        return {"tastes": 0}
    made_by = hashlib.md5(f"{encoder} {sorted(vectors)}".encode(), usedforsecurity=False).hexdigest()
    values: dict[str, Any] = {
        "landmark": LANDMARK,
        "half_life_s": HALF_LIFE_DAYS * 86_400,
        "made_by": made_by,
    }
    sums: dict[int, npt.NDArray[np.float64]] = {}
    with connection.cursor() as cursor:
        cursor.execute(DEALT_WITH, values)
        for customer_id, product_id, strength in cursor.fetchall():
            if product_id in vectors:
                sums[customer_id] = sums.get(customer_id, 0.0) + strength * vectors[product_id]
        cursor.execute(HASHES, {"made_by": made_by})
        hashes = dict(cursor.fetchall())
    return {"tastes": write_tastes(sums, hashes, encoder)}


@transaction.atomic
def write_tastes(sums: Mapping[int, npt.NDArray[np.float64]], hashes: Mapping[int, str], encoder: str) -> int:
    now = timezone.now()
    rows = [
        Taste(
            customer_id=pk,
            embedding=(total / max(float(np.linalg.norm(total)), 1e-12)).astype(np.float32),
            encoder=encoder[:200],
            input_hash=hashes[pk],
            computed_at=now,
        )
        for pk, total in sums.items()
        if pk in hashes
    ]
    fields = ["embedding", "encoder", "input_hash", "computed_at"]
    Taste.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["customer"], update_fields=fields, batch_size=1000
    )
    return len(rows)
