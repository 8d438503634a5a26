"""How an address is known without being kept. Pure."""

import hashlib


def hash_of(address: str) -> str:
    """The same for an address however its letters are written; empty for none."""
    plain = address.strip().lower()
    return hashlib.sha256(plain.encode()).hexdigest() if plain else ""
