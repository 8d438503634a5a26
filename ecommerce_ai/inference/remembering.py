"""The vectors of what was asked a moment ago: the next page, a facet or another shopper asks it again."""

import threading
from collections import OrderedDict
from hashlib import sha256

from ecommerce_ai.inference.types import Encoder, Vectors

MOST = 2000
Key = tuple[int, bytes]


class RememberedQueries:
    """The last `MOST` of them, for any number of threads; no text is kept, only its hash."""

    def __init__(self) -> None:
        self.rows: OrderedDict[Key, Vectors] = OrderedDict()
        self.lock = threading.Lock()

    def key(self, encoder: Encoder, text: str) -> Key:
        return id(encoder), sha256(text.encode(errors="surrogatepass")).digest()

    def get(self, key: Key) -> Vectors | None:
        with self.lock:
            if key in self.rows:
                self.rows.move_to_end(key)
            return self.rows.get(key)

    def put(self, key: Key, row: Vectors) -> None:
        kept = row.copy()
        kept.flags.writeable = False  # it is everybody's
        with self.lock:
            self.rows[key] = kept
            if len(self.rows) > MOST:
                self.rows.popitem(last=False)
