"""Finding a person's words in files of any kind. Pure but for reading the files."""

import gzip
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

CHUNK_BYTES = 1 << 20
OVERLAP_BYTES = 512  # a word that lies across two chunks is found in the second


def pattern_of(words: Iterable[str]) -> re.Pattern[bytes] | None:
    """Matches any of the words where they stand alone, in any case; None for no words."""
    parts = {re.escape(part) for word in words for part in encoded(word.strip()) if part}
    if not parts:
        return None
    longest_first = sorted(parts, key=len, reverse=True)
    return re.compile(rb"(?<!\w)(?:" + b"|".join(longest_first) + rb")(?!\w)", re.IGNORECASE)


def encoded(word: str) -> set[bytes]:
    """The word as files spell it: in the encodings that imports take."""
    return {word.encode(encoding, "ignore") for encoding in ("utf-8", "cp1252", "gb18030")}


def file_mentions(path: Path, pattern: re.Pattern[bytes]) -> bool:
    """Whether the file holds a match, also inside of .gz, .zip, .xlsx and .npz."""
    return any(pattern.search(chunk) for part in contents(path) for chunk in overlapping(part))


def contents(path: Path) -> Iterator[Iterator[bytes]]:
    """The streams in a file: one, or one for each member of an archive."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                with archive.open(name) as member:
                    yield chunks(member)
        return
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as plain:
        yield chunks(plain)


def chunks(stream: object) -> Iterator[bytes]:
    while chunk := stream.read(CHUNK_BYTES):  # type: ignore[attr-defined]
        yield chunk


def overlapping(parts: Iterable[bytes]) -> Iterator[bytes]:
    tail = b""
    for part in parts:
        yield tail + part
        tail = (tail + part)[-OVERLAP_BYTES:]
