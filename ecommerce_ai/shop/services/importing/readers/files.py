"""One pass over a file before anything is written: is it whole, how encoded, how long, which one is it."""

import codecs
import gzip
import hashlib
import io
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from django.utils.translation import gettext as _

from ecommerce_ai.shop.services.importing.rows import ImportFileError

CHUNK_BYTES = 1 << 20
BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",  # before UTF-16, whose mark is its beginning
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
ESCAPED_BYTE = re.compile("[\udc80-\udcff]")
HIGH_BYTES = re.compile(rb"[\x80-\xff]+")


@dataclass(frozen=True)
class ImportFile:
    """A file that was read to its end once. `encoding` is decoded with `surrogateescape`: a byte that
    does not fit marks its row, and that row alone is rejected."""

    path: Path
    suffix: str
    digest: str
    encoding: str
    line_count: int
    notice: str = ""


def inspect_file(path: Path) -> ImportFile:
    """Read a file once without keeping it; raises ImportFileError when it is missing, empty or damaged."""
    digest, text = hashlib.sha256(), TextScan()
    try:
        for chunk in chunks(path):
            digest.update(chunk)
            text.feed(chunk)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise ImportFileError(
            _("“%(name)s” is damaged or cut short (gzip).") % {"name": path.name}
        ) from error
    except OSError as error:
        raise ImportFileError(_("“%(name)s” cannot be read.") % {"name": path.name}) from error
    if not text.head.strip():
        raise ImportFileError(_("“%(name)s” is empty.") % {"name": path.name})
    suffix = path.with_suffix("").suffix if path.suffix.lower() == ".gz" else path.suffix
    encoding, notice = text.encoding()
    return ImportFile(path, suffix.lower(), digest.hexdigest(), encoding, text.line_count, notice)


def chunks(path: Path) -> Iterator[bytes]:
    with open_bytes(path) as stream:
        while chunk := stream.read(CHUNK_BYTES):
            yield chunk


def open_bytes(path: Path) -> IO[bytes]:
    if path.suffix.lower() == ".gz":
        return cast(IO[bytes], gzip.open(path, "rb"))
    return path.open("rb")


@contextmanager
def open_text(file: ImportFile) -> Iterator[io.TextIOWrapper]:
    """The file as text, line ends as they are; bytes outside the encoding become lone surrogates."""
    errors = "surrogateescape" if file.encoding.startswith("utf-8") else "replace"
    with (
        open_bytes(file.path) as stream,
        io.TextIOWrapper(stream, encoding=file.encoding, errors=errors, newline="") as text,
    ):
        yield text


class TextScan:
    """Counts, chunk by chunk, what tells one encoding from another."""

    def __init__(self) -> None:
        self.head = b""
        self.line_count = self.fitting = self.unfitting = self.pairs = self.runs = 0
        self.decoder = codecs.getincrementaldecoder("utf-8")(errors="surrogateescape")

    def feed(self, chunk: bytes) -> None:
        self.head = self.head or chunk[:4096]
        self.line_count += chunk.count(b"\n") or chunk.count(b"\r")
        if chunk.isascii():
            return
        text = self.decoder.decode(chunk)
        unfitting = len(ESCAPED_BYTE.findall(text))
        self.unfitting += unfitting
        self.fitting += len(text) - len(text.encode("ascii", "ignore")) - unfitting
        if unfitting:
            runs = HIGH_BYTES.findall(chunk)
            self.runs += len(runs)
            self.pairs += sum(len(run) % 2 == 0 for run in runs)

    def encoding(self) -> tuple[str, str]:
        """The encoding, and a notice when it had to be guessed."""
        for mark, name in BOMS.items():
            if self.head.startswith(mark):
                return name, ""
        if nul := self.head.count(0):
            if self.head[1::2].count(0) > len(self.head) // 5:
                return "utf-16-le", _("The file has no byte order mark; it was read as UTF-16.")
            if nul > len(self.head) // 5:
                return "utf-16-be", _("The file has no byte order mark; it was read as UTF-16.")
        return self.eight_bit_encoding()

    def eight_bit_encoding(self) -> tuple[str, str]:
        if not self.unfitting:
            return "utf-8", ""
        if self.fitting >= self.unfitting:
            return "utf-8", _("Some bytes are not UTF-8; the rows that hold them were rejected.")
        if self.pairs > 0.9 * self.runs:
            return "gb18030", _("The file is not UTF-8; it was read as GB 18030.")
        return "cp1252", _("The file is not UTF-8; it was read as Windows-1252.")
