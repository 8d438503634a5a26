"""Random shares that stay: a customer's place depends on the salt and the id alone."""

import hashlib

STEPS = 2**32


def place(salt: str, customer_id: int) -> int:
    """0 ≤ place < STEPS, uniform over customers; the SQL of `selectors.segments` finds the same.

    The first 32 bits of MD5, as in Kohavi et al., "Trustworthy Online Controlled Experiments" (2020), 4.
    """
    digest = hashlib.md5(f"{salt}:{customer_id}".encode(), usedforsecurity=False).hexdigest()
    return int(digest[:8], 16)
