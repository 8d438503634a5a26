"""Drawings of the icon sheet; a tag and not a part, for a page of results holds half a hundred."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "cart" %}`: decoration, so that readers of a screen pass it over."""
    sheet = static("img/icons.svg")
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}" /></svg>', sheet, name)
