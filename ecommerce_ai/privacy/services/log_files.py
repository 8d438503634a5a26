"""Logs mask addresses when they are written; what slipped through is masked here."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from ecommerce_ai.data_register import Subject
from ecommerce_ai.text_search import pattern_of


def log_files() -> Iterator[Path]:
    folder = Path(settings.HOME) / "logs"
    yield from sorted(path for path in folder.glob("*.log*") if path.is_file())


def words_of(subject: Subject) -> re.Pattern[bytes] | None:
    return pattern_of(subject.words | subject.names)


def count_lines(subject: Subject) -> int:
    """Lines of any log that name the person."""
    if (pattern := words_of(subject)) is None:
        return 0
    return sum(1 for path in log_files() for line in path.open("rb") if pattern.search(line))


def forget_lines(subject: Subject) -> None:
    """Mask the person in place: servers keep their logs open, so the files stay the same ones."""
    pattern = words_of(subject)
    for path in log_files() if pattern else ():
        content = path.read_bytes()
        masked = pattern.sub(b"<erased>", content) if pattern else content
        if masked != content:
            path.write_bytes(masked)
