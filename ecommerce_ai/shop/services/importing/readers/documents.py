"""Help pages in Markdown and HTML as rows: one for each first-level heading, with `title` and `body`."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from django.utils.translation import gettext as _

from ecommerce_ai.shop.services.importing.formats.html import plain_text
from ecommerce_ai.shop.services.importing.readers.files import ImportFile, open_text
from ecommerce_ai.shop.services.importing.readers.tables import MAX_LINE_CHARS, fault_of, normalised
from ecommerce_ai.shop.services.importing.rows import ImportFileError, Row

FRONT_MATTER = re.compile(r"\A---\s*\n(.*?)\n---\s*\n", re.DOTALL)
SETTING = re.compile(r"(\w[\w -]*):\s*(.*)")
HEADING = re.compile(r"^# +(.+?)\s*#*\s*$", re.MULTILINE)
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
MARKS = (
    (re.compile(r"!\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\[([^\]]+)\]\([^)]*\)"), r"\1"),
    (re.compile(r"(\*\*|__)(.+?)\1"), r"\2"),
    (re.compile(r"(?<!\w)[*_](\S.*?)[*_](?!\w)"), r"\1"),
    (re.compile(r"`([^`]+)`"), r"\1"),
    (re.compile(r"^#{2,6} +", re.MULTILINE), ""),
    (re.compile(r"^ {0,3}> ?", re.MULTILINE), ""),
    (re.compile(r"^ {0,3}[-*+] +", re.MULTILINE), "• "),
)
IGNORED = {"script", "style", "nav", "header", "footer", "template", "noscript", "form"}


def markdown_rows(file: ImportFile) -> Iterator[Row]:
    """Articles of a Markdown file; `name: value` lines between `---` at its top count for all of them."""
    text = text_of(file)
    settings, body = front_matter(text)
    fenced = [match.span() for match in FENCED.finditer(body)]
    heads = [head for head in HEADING.finditer(body) if not any(a <= head.start() < b for a, b in fenced)]
    before = text.count("\n") - body.count("\n")
    if not heads:
        title = settings.get("title") or file.path.name.split(".")[0].replace("-", " ").capitalize()
        yield article_row(1 + before, {**settings, "title": title, "body": plain_markdown(body)})
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        told = body[head.end() : following.start() if following else len(body)]
        line = 1 + before + body[: head.start()].count("\n")
        yield article_row(line, {**settings, "title": head[1], "body": plain_markdown(told)})


def html_rows(file: ImportFile) -> Iterator[Row]:
    """Articles of an HTML help page, in the language that the page says; scripts and navigation stay out."""
    page = Page()
    page.feed(text_of(file))
    page.close()
    for line, title, markup in page.articles():
        values = {"title": plain_text(title), "body": plain_text(markup)}
        yield article_row(line, values | ({"language": page.language} if page.language else {}))


def text_of(file: ImportFile) -> str:
    with open_text(file) as stream:
        text = stream.read(MAX_LINE_CHARS + 1)
    if len(text) > MAX_LINE_CHARS:
        raise ImportFileError(_("“%(name)s” is too long for one help page.") % {"name": file.path.name})
    return text.replace("\r\n", "\n").replace("\r", "\n")


def front_matter(text: str) -> tuple[dict[str, str], str]:
    found = FRONT_MATTER.match(text)
    if not found:
        return {}, text
    pairs = (SETTING.fullmatch(line.strip()) for line in found[1].splitlines())
    return {normalised(pair[1]): pair[2].strip("\"' ") for pair in pairs if pair}, text[found.end() :]


def plain_markdown(text: str) -> str:
    for mark, plain in MARKS:
        text = mark.sub(plain, text)
    return text.strip()


def article_row(line: int, values: dict[str, Any]) -> Row:
    joined = "".join(str(value) for value in values.values())
    return Row(line, values, len(joined), fault_of(joined, 1, 1))


class Page(HTMLParser):
    """Collects headings and what stands below them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.language = self.page_title = ""
        self.parts: list[tuple[int, list[str], list[str]]] = [(1, [], [])]
        self.ignored: list[str] = []
        self.within = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "html":
            self.language = (dict(attrs).get("lang") or "")[:10].lower()
        if tag in IGNORED:
            self.ignored.append(tag)
        if tag == "h1":
            self.parts.append((self.getpos()[0], [], []))
        if tag in ("h1", "title"):
            self.within = tag
        else:
            self.keep(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if self.ignored and self.ignored[-1] == tag:
            self.ignored.pop()
        if tag == self.within:
            self.within = ""
        else:
            self.keep(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.keep(data)

    def handle_entityref(self, name: str) -> None:
        self.keep(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.keep(f"&#{name};")

    def keep(self, text: str) -> None:
        if self.ignored:
            return
        if self.within == "title":
            self.page_title += text
        else:
            _line, title, body = self.parts[-1]
            (title if self.within == "h1" else body).append(text)

    def articles(self) -> Iterator[tuple[int, str, str]]:
        """(line, title, markup) of each heading; of the whole page where it has none."""
        headed = [(line, "".join(title), "".join(body)) for line, title, body in self.parts[1:]]
        yield from headed or [(1, self.page_title, "".join(self.parts[0][2]))]
