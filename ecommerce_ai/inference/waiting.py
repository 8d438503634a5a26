"""Queries that wait at the same time go through the encoder together: four cost less than twice one."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from queue import Empty, SimpleQueue

from ecommerce_ai.inference.types import Vectors

MOST = 64  # texts that go together
Encode = Callable[[Sequence[str]], Vectors]


class WaitingQueries:
    """Whoever comes while the thread works is taken along by its next turn.

    One thread: with two nearly all went alone, and eight chats on two cores waited a quarter longer.
    """

    def __init__(self) -> None:
        self.executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="encoder")
        self.waiting: SimpleQueue[tuple[list[str], Future[Vectors]]] = SimpleQueue()

    def submit(self, encode: Encode, texts: Sequence[str]) -> Future[Vectors]:
        """The rows of these texts, when it is their turn; may be cancelled until then."""
        answer: Future[Vectors] = Future()
        self.waiting.put((list(texts), answer))
        self.executor.submit(self.work, encode)
        return answer

    def work(self, encode: Encode) -> None:
        """Everything that waits; nothing where an earlier turn has taken it."""
        batch = self.taken()
        if not batch:
            return
        try:
            rows = encode([text for texts, _ in batch for text in texts])
        except Exception as error:  # noqa: BLE001 - raised where the answer is waited for
            for _, answer in batch:
                answer.set_exception(error)
            return
        start = 0
        for texts, answer in batch:
            answer.set_result(rows[start : start + len(texts)])
            start += len(texts)

    def taken(self) -> list[tuple[list[str], Future[Vectors]]]:
        batch: list[tuple[list[str], Future[Vectors]]] = []
        while sum(len(texts) for texts, _ in batch) < MOST:
            try:
                texts, answer = self.waiting.get_nowait()
            except Empty:
                break
            if answer.set_running_or_notify_cancel():
                batch.append((texts, answer))
        return batch
