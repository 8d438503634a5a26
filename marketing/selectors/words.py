"""What codes of the checks and the ranking are called on a page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FAULTS: dict[str, Promise] = {
    "unproved": _("Nothing proves it"),
    "sensitive": _("Tells the reader something about their private life"),
    "personal": _("Tells what the shop knows of the reader, who has not agreed to that"),
    "banned": _("A word the shop does not use"),
    "legal": _("Forbidden by law"),
    "nothing_left": _("Nothing is left of this part"),
    "empty": _("This part is missing"),
    "too_long": _("Too long"),
    "no_name": _("The product is not named"),
    "no_offer": _("The offer is not told"),
    "unknown_field": _("No field to fill in"),
    "shouting": _("Capital letters shout"),
    "tone": _("Not in the tone that was asked for"),
    "repeats": _("Says the same words twice"),
    "hard_to_read": _("Hard to read"),
    "too_alike": _("Nearly the same as a text that was approved before"),
    "must_say": _("Does not say what it has to"),
    "writer_failed": _("The writer could not write"),
    "no_goods": _("No product of the brief can be bought now"),
}
WHY_NOT: dict[str, Promise] = {
    "nothing known says so": _("nothing known says so"),
    "what is known differs": _("what is known differs"),
    "no offer says so": _("no offer says so"),
    "the price differs": _("the price differs"),
    "not the lowest price of the thirty days before": _("not the lowest price of the thirty days before"),
    "the stock differs": _("the stock differs"),
}
PROOFS: dict[str, Promise] = {
    "title": _("title"),
    "description": _("description"),
    "category": _("shelf"),
    "brand": _("brand"),
    "attributes": _("properties"),
    "services": _("what the shop promises"),
    "price": _("price of now"),
    "price history": _("price history"),
    "offer": _("offer"),
    "stock": _("stock"),
}
PARTS: dict[str, Promise] = {
    "subject": _("Subject"),
    "body": _("Text"),
    "text": _("Text"),
    "title": _("Title"),
    "headline": _("Headline"),
    "button": _("Button"),
    "headline 1": _("Headline 1"),
    "headline 2": _("Headline 2"),
    "headline 3": _("Headline 3"),
    "line 1": _("Line 1"),
    "line 2": _("Line 2"),
    "description": _("Description"),
}
CONTRIBUTIONS: dict[str, Promise] = {
    "base": _("how this channel is answered in this shop"),
    "offer": _("tells an offer"),
    "use": _("says what it is for"),
    "detail": _("tells a detail"),
    "question": _("asks something"),
    "short": _("is short"),
    "audience": _("about what the audience likes"),
    "novelty": _("unlike what was sent before"),
    "truth": _("how well its claims are proved"),
}
OFFER_FAULTS: dict[str, Promise] = {
    "other_goods": _("The offer is not for this product."),
    "over": _("The offer is not running now."),
    "no_history": _("No price of the thirty days before the offer is known, so no reduction may be told."),
    "other_currency": _("The offer is in another currency."),
    "not_off_prior_price": _(
        "The offer takes less off the lowest price of the thirty days before it began than it says."
    ),
}


def word(words: dict[str, Promise], code: str) -> str:
    """The words for a code; a code that has none stands for itself."""
    return str(words.get(code, code))
