"""How values look in lists and forms."""

import json
from decimal import Decimal
from typing import Any

from babel.numbers import format_currency
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, to_locale


def money(amount: Decimal | None, currency: str) -> str:
    """An amount as the reader writes it: "£12.50"; empty for none."""
    if amount is None:
        return ""
    return format_currency(amount, currency, locale=to_locale(get_language() or "en"))


def json_text(value: Any) -> str:
    """JSON on several lines, with its own letters instead of escapes."""
    return json.dumps(value, indent=2, ensure_ascii=False, cls=DjangoJSONEncoder)


def json_block(value: Any) -> SafeString:
    """The same as a block of text; a dash for nothing."""
    return format_html('<pre class="office-json">{}</pre>', json_text(value)) if value else SafeString("-")
