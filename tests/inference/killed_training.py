"""A training in a process of its own that kills itself without a word in the middle: (folder, step)."""

import os
import signal
import sys
from pathlib import Path

import django

from tests.inference.writer_lessons import PLAN, TINY, lessons


def main(folder: Path, last_step: int) -> None:
    from ecommerce_ai.inference.services import WriterRecipe, fit_writer

    def die(done: int, total: int, note: str = "") -> None:
        if done == last_step:
            os.kill(os.getpid(), signal.SIGKILL)

    fit_writer(lessons(), WriterRecipe(PLAN, shape=TINY), folder, die)


if __name__ == "__main__":
    django.setup()
    main(Path(sys.argv[1]), int(sys.argv[2]))
