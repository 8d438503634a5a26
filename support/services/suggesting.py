"""Products in a conversation: found by what was asked, or recommended to this shopper, and why."""

from django.utils.translation import gettext as _

from ecommerce_ai.privacy.selectors import Purpose, is_allowed
from ecommerce_ai.shop.models import Customer, Product
from recommendations.selectors import recommended_for
from recommendations.selectors.search import search_products
from support.models import Intent, Message
from support.services.conversations import Saying

SHOWN = 3


def suggest_products(words: str, *, customer: Customer, action: str) -> Saying | None:
    """Up to three products. Without consent nothing personal counts; None where nothing is found."""
    if action == Intent.Action.STOCK_ALERT:
        return offer_alert(words)
    found = [item.product for item in search_products(words, limit=SHOWN).items]
    if found:
        return of_products(_("These may be what you look for."), found)
    if not is_allowed(customer, Purpose.PERSONALISATION):
        return None
    items = recommended_for(customer, SHOWN)
    reasons = {str(item.product.pk): str(item.reason.text) for item in items}
    return of_products(
        _("This is what we would show you, and why."), [item.product for item in items], reasons
    )


def offer_alert(words: str) -> Saying | None:
    """Sold-out goods among what was named; search itself never shows them."""
    titles = Product.objects.live().filter(stock=0)
    named = [product for product in titles[:500] if product.local_title.lower() in words.lower()]
    if not named:
        return None
    text = _("“%(title)s” is sold out. Shall we write to you when it is back?") % {
        "title": named[0].local_title
    }
    return Saying(text, Message.Outcome.ACTION, card={"kind": "alert", "product": named[0].pk})


def of_products(text: str, products: list[Product], reasons: dict[str, str] | None = None) -> Saying | None:
    if not products:
        return None
    card = {"kind": "products", "products": [product.pk for product in products], "reasons": reasons or {}}
    return Saying(text, Message.Outcome.ACTION, card=card)
