from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe

from marketing.selectors.studio import PartShown, Piece

register = template.Library()


@register.filter
def marked(part: PartShown, candidate: int) -> SafeString:
    """The text with its claims underlined, each a link to its proof in the list below."""
    text = SafeString("").join(shown(piece, candidate) for piece in part.pieces)
    return mark_safe(linebreaks(text))  # noqa: S308 - every piece is escaped


def shown(piece: Piece, candidate: int) -> str:
    if piece.claim is None:
        return format_html("{}", piece.text)
    return format_html(
        '<a class="copy-claim{}" href="#claim-{}-{}" title="{}">{}<sup>{}</sup></a>',
        " copy-unproved" if piece.claim["why"] else "",
        candidate,
        piece.number,
        told(piece.claim),
        piece.text,
        piece.number,
    )


def told(claim: Mapping[str, Any]) -> str:
    """Why the claim does not stand, or what proves it."""
    if claim["why"]:
        return str(claim["why"])
    return f"{claim['proof_name']}: {claim['fact']}" if claim["fact"] else str(claim["proof_name"])
