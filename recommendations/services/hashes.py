"""What a stored inference was made from, so that only what is stale is made again."""

import hashlib

import numpy as np

from recommendations.ml.snapshots import Snapshot


def history_hash(snapshot: Snapshot, customer: int) -> str:
    """Of what the customer met, how often, and when last: all that makes their ranking theirs."""
    pairs = snapshot.histories
    row = slice(pairs.indptr[customer], pairs.indptr[customer + 1])
    last_seen = np.round(snapshot.day - pairs.since_last[row].astype(np.float64), 2)
    parts = (pairs.indices[row], pairs.orders[row], pairs.strengths[row], last_seen)
    content = b"".join(np.ascontiguousarray(part).tobytes() for part in parts)
    return hashlib.md5(content, usedforsecurity=False).hexdigest()
