"""What uploads and rejected rows still hold about a person, and how it leaves them."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from ecommerce_ai.data_register import Subject
from ecommerce_ai.shop.models import ImportRun
from ecommerce_ai.text_search import file_mentions, pattern_of

REJECTS = ".rejects.csv"


def count_files_about(subject: Subject) -> int:
    return sum(1 for _ in files_about(subject))


def forget_in_files(subject: Subject) -> None:
    """Rejected rows lose the lines that name the person; uploads that do go: the tables hold their rows."""
    for path in list(files_about(subject)):
        if is_rejects(path):
            drop_lines(path, words_of(subject))
        else:
            path.unlink(missing_ok=True)


def files_about(subject: Subject) -> Iterator[Path]:
    root, pattern = Path(settings.IMPORTS_ROOT), words_of(subject)
    if pattern is None or not root.exists():
        return
    for path in sorted(root.rglob("*")):
        if path.is_file() and file_mentions(path, pattern):
            yield path


def words_of(subject: Subject) -> re.Pattern[bytes] | None:
    return pattern_of(subject.words | subject.names | subject.numbers)


def is_rejects(path: Path) -> bool:
    return ImportRun.objects.filter(rejects_file=str(path)).exists()


def drop_lines(path: Path, pattern: re.Pattern[bytes] | None) -> None:
    """Rewrite a file of rejected rows without those that match; a resumed import goes on at its new end."""
    if pattern is None:
        return
    head, *lines = path.read_bytes().splitlines(keepends=True)
    kept = b"".join([head, *(line for line in lines if not pattern.search(line))])
    path.write_bytes(kept)
    ImportRun.objects.filter(rejects_file=str(path)).update(rejects_bytes=len(kept))
