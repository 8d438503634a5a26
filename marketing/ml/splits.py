"""Which side of a split a product is on: the same whenever it is asked, whatever else is in the catalogue."""

import hashlib


def share_of(key: str) -> float:
    """A number from 0 to 1 that the key alone decides, spread evenly."""
    digest = hashlib.sha256(key.encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64
