"""What a person had before them when they said yes."""

import hashlib


def mark_of(*values: object) -> str:
    """Another one whenever one of the values is another."""
    return hashlib.blake2b(repr([str(each) for each in values]).encode(), digest_size=12).hexdigest()
