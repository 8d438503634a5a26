"""Pure: the words of a description that another shop wrote as HTML."""

import html
import re

from django.utils.html import strip_tags

BREAKS = re.compile(r"<(?:br|/p|/div|/li|/h\d|/tr)\b[^>]*>", re.IGNORECASE)
SCRIPTS = re.compile(r"<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)


def plain_text(markup: str) -> str:
    """Tags and scripts out, entities in; paragraphs stay lines."""
    if "<" not in markup and "&" not in markup:
        return markup
    words = html.unescape(strip_tags(BREAKS.sub("\n", SCRIPTS.sub(" ", markup))))
    lines = (" ".join(line.split()) for line in words.splitlines())
    return "\n".join(line for line in lines if line).replace("\0", "")
