"""Rows whose foreign keys need no check one by one, because this transaction holds their parents."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

MAY_SKIP = "SELECT has_parameter_privilege(current_user, 'session_replication_role', 'SET')"
PARAMETER_PRIVILEGES_SINCE = 150000


@contextmanager
def parents_held(cursor: Any) -> Iterator[None]:
    """Inside, inserted rows fire no triggers; that halves the time of a large COPY, where the role may do so.

    The caller has made the parents in this transaction or holds them FOR KEY SHARE, which is all that the
    check of a foreign key does. Without the privilege the database checks row by row, with the same result.
    """
    may_skip = cursor.connection.server_version >= PARAMETER_PRIVILEGES_SINCE
    if may_skip:
        cursor.execute(MAY_SKIP)
        (may_skip,) = cursor.fetchone()
    if may_skip:
        cursor.execute("SET LOCAL session_replication_role = replica")
    yield
    if may_skip:
        cursor.execute("SET LOCAL session_replication_role = origin")
