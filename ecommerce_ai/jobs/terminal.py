from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as ProgressBar

from ecommerce_ai.jobs.progress import Progress, silent


@contextmanager
def terminal_progress(title: str, *, is_shown: bool = True) -> Iterator[Progress]:
    """Progress as a bar on standard error; nothing where that is no terminal."""
    console = Console(stderr=True)
    if not is_shown or not console.is_terminal:
        yield silent
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with ProgressBar(*columns, console=console) as bar:
        task = bar.add_task(title, total=None)

        def report(done: int, total: int, note: str = "") -> None:
            bar.update(task, completed=done, total=total or None, description=f"{title} {note}".strip())

        yield report
