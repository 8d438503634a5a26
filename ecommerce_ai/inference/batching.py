"""Which texts go through a model together. Pure."""

from collections.abc import Iterator, Sequence


def token_batches(lengths: Sequence[int], *, max_tokens: int) -> Iterator[list[int]]:
    """Positions of texts, longest first, so that a batch padded to its longest holds at most `max_tokens`.

    A text longer than `max_tokens` is a batch of its own. Texts of about equal length share one: little is
    padded.
    """
    if max_tokens < 1:
        raise ValueError("max_tokens must be at least 1")
    batch: list[int] = []
    for position in sorted(range(len(lengths)), key=lengths.__getitem__, reverse=True):
        if batch and lengths[batch[0]] * (len(batch) + 1) > max_tokens:
            yield batch
            batch = []
        batch.append(position)
    if batch:
        yield batch
