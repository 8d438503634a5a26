"""How surprising a token is after the last two, by modified interpolated Kneser-Ney smoothing.

Chen & Goodman 1999, "An empirical study of smoothing techniques for language modeling", section 3: three
discounts for each order, and below the highest a token counts once for each context that it was seen in.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

START = -1  # stands before a document; never a token
Gram = tuple[int, ...]


@dataclass
class Followers:
    """What was seen after one context: how often each token, all of them, and what the discounts took."""

    counts: Counter[int] = field(default_factory=Counter)
    total: int = 0
    taken: float = 0.0


@dataclass
class Order:
    """One length of context, and the discounts of counts of one, two, and three or more."""

    contexts: dict[Gram, Followers]
    discounts: tuple[float, float, float]


class KneserNey:
    """Fitted to documents of token ids below `vocabulary`; every one of them has some probability."""

    def __init__(self, documents: Sequence[Sequence[int]], *, vocabulary: int, length: int = 3) -> None:
        self.vocabulary, self.length = vocabulary, length
        counts: Counter[Gram] = Counter(gram for each in documents for gram in grams(each, length))
        self.orders = [fitted(counts)]
        for _ in range(length - 1):
            counts = Counter(gram[1:] for gram in counts)
            self.orders.insert(0, fitted(counts))

    def probability(self, context: Gram, token: int) -> float:
        """Of `token` after the last `length - 1` tokens; `START` stands for those before the document."""
        found = 1 / self.vocabulary
        for position, order in enumerate(self.orders):
            followers = order.contexts.get(context[len(context) - position :])
            if followers is None:
                break
            count = followers.counts[token]
            kept = count - discount(count, order.discounts)
            found = (kept + followers.taken * found) / followers.total
        return found

    def surprise(self, document: Sequence[int], begin: int) -> float:
        """Nats of the tokens from `begin` on, given all before them."""
        return -sum(
            math.log(self.probability(gram[:-1], gram[-1]))
            for gram in list(grams(document, self.length))[begin:]
        )


def grams(document: Sequence[int], length: int) -> Iterator[Gram]:
    """Each token with what stands before it."""
    padded = [START] * (length - 1) + [int(token) for token in document]
    return (tuple(padded[end - length : end]) for end in range(length, len(padded) + 1))


def fitted(counts: Counter[Gram]) -> Order:
    contexts: defaultdict[Gram, Followers] = defaultdict(Followers)
    discounts = estimated_discounts(Counter(counts.values()))
    for gram, count in counts.items():
        followers = contexts[gram[:-1]]
        followers.counts[gram[-1]] += count
        followers.total += count
        followers.taken += discount(count, discounts)
    return Order(dict(contexts), discounts)


def estimated_discounts(of_counts: Counter[int]) -> tuple[float, float, float]:
    """From how many were seen once to four times; where there are too few to tell, half a count."""
    once, twice, thrice, four = (of_counts[number] for number in range(1, 5))
    if not (once and twice and thrice):
        return 0.5, 0.5, 0.5
    share = once / (once + 2 * twice)
    return (
        1 - 2 * share * twice / once,
        max(0.0, 2 - 3 * share * thrice / twice),
        max(0.0, 3 - 4 * share * four / thrice),
    )


def discount(count: int, discounts: tuple[float, float, float]) -> float:
    return discounts[min(count, 3) - 1] if count else 0.0
