"""Writes which products go together, row by row only where that changed."""

from collections.abc import Iterable, Iterator

import numpy as np
from django.db import transaction
from django.utils import timezone

from recommendations.ml import neighbours
from recommendations.ml.neighbours import Beside
from recommendations.ml.snapshots import Snapshot
from recommendations.models import ItemNeighbours
from recommendations.selectors.behaviour import Behaviour

BATCH_SIZE = 500
Kind = ItemNeighbours.Kind


def write_neighbours(snapshot: Snapshot, behaviour: Behaviour) -> int:
    """Bring every kind up to date; how many products' lists changed."""
    return sum(
        write_kind(kind, beside, behaviour) for kind, beside in neighbours_by_kind(snapshot, behaviour)
    )


def neighbours_by_kind(snapshot: Snapshot, behaviour: Behaviour) -> Iterator[tuple[Kind, Iterable[Beside]]]:
    live = behaviour.catalogue.is_live
    rules = neighbours.basket_rules(behaviour.interactions.purchases)
    yield Kind.TOGETHER, neighbours.together(rules, live, is_strict=True)
    yield Kind.TOGETHER_RELAXED, neighbours.together(rules, live, is_strict=False)
    yield Kind.COLLABORATIVE, neighbours.collaborative(snapshot)
    yield Kind.NEXT, neighbours.following(snapshot.following, live)


@transaction.atomic
def write_kind(kind: Kind, found: Iterable[Beside], behaviour: Behaviour) -> int:
    rows = {row.product_id: row for row in as_rows(kind, found, behaviour)}
    stored = {row.product_id: row for row in ItemNeighbours.objects.filter(kind=kind)}
    ItemNeighbours.objects.filter(kind=kind, product__in=stored.keys() - rows.keys()).delete()
    changed = [row for key, row in rows.items() if key not in stored or differs(row, stored[key])]
    ItemNeighbours.objects.bulk_create(
        changed,
        batch_size=BATCH_SIZE,
        update_conflicts=True,
        unique_fields=["product", "kind"],
        update_fields=["product_ids", "scores", "supports", "computed_at"],
    )
    return len(changed)


def as_rows(kind: Kind, found: Iterable[Beside], behaviour: Behaviour) -> Iterator[ItemNeighbours]:
    now, keys = timezone.now(), behaviour.product_ids
    for each in found:
        yield ItemNeighbours(
            product_id=int(keys[each.item]),
            kind=kind,
            product_ids=keys[each.items].tolist(),
            scores=np.round(each.scores.astype(np.float64), 6).tolist(),
            supports=each.supports.tolist(),
            computed_at=now,
        )


def differs(row: ItemNeighbours, stored: ItemNeighbours) -> bool:
    """Whether readers would notice; rounding of the same sums in another order does not count."""
    return (
        row.product_ids != stored.product_ids
        or row.supports != stored.supports
        or not np.allclose(row.scores, stored.scores, atol=1e-5)
    )
