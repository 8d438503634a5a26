import math
import time

from django.db.backends.postgresql import base

SURE_S = 1.0


class DatabaseWrapper(base.DatabaseWrapper):
    """A kept connection that answered within `SURE_S` is not asked once more when a request begins.

    One that broke since then fails that request and is closed at its end.
    """

    answered_at = -math.inf

    def is_usable(self) -> bool:
        """Whether it answers; asked at once where anything went wrong with it."""
        if not self.errors_occurred and time.monotonic() - self.answered_at < SURE_S:
            return True
        is_usable = super().is_usable()
        if is_usable:
            self.answered_at = time.monotonic()
        return is_usable
