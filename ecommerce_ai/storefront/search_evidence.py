"""Why a product is among the results of a search, as sentences for the shopper."""

from collections.abc import Mapping

from django.utils.translation import gettext, gettext_lazy

from recommendations.selectors import Reason

WHERE = {
    "A": gettext_lazy("“%(words)s” stands in its title."),
    "B": gettext_lazy("“%(words)s” names its shelf."),
    "C": gettext_lazy("“%(words)s” is among its facts."),
    "D": gettext_lazy("“%(words)s” stands in its description."),
}
BY_CODE = {
    "search_exact": gettext_lazy("You typed its title or its number."),
    "search_pinned": gettext_lazy("The shop put it here for this search."),
    "search_personal": gettext_lazy("What you looked at and bought moved it up."),
}


def search_lines(reason: Reason) -> list[str]:
    """What speaks for the product: the shop's word, the reader's taste, the words and where they stand."""
    lines = [str(BY_CODE[reason.code])] if reason.code in BY_CODE else []
    lines += word_lines(reason.evidence.get("words") or {})
    return lines or [gettext("No word of your search stands in it; its meaning comes close.")]


def word_lines(fields: Mapping[str, str]) -> list[str]:
    """One sentence for each place, the most telling place first."""
    return [
        str(sentence) % {"words": ", ".join(words)}
        for place, sentence in WHERE.items()
        if (words := [word for word, field in fields.items() if field == place])
    ]
