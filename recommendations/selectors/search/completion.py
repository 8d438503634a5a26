"""What could be meant by the letters typed so far."""

from collections.abc import Sequence

from django.db.models import Q

from ecommerce_ai.shop.models import Category, Product
from ecommerce_ai.text_analysis import is_without_spaces, lexeme_of, pieces_of, words_of
from recommendations.ml.documents import plain
from recommendations.ml.search.documents import in_title, quoted
from recommendations.models import SearchDocument, SearchWord
from recommendations.selectors.search.lexemes import TsQuery
from recommendations.selectors.search.results import Suggestions

MAX_LENGTH = 100
SHELVES = 3
# How many titles with the words are looked at: enough to show a few, few enough to be quick.
LOOKED_AT = 100


def suggestions(prefix: str, language: str, limit: int = 5) -> Suggestions:
    """Up to `limit` queries and products and a few shelves, in the reader's language where it is told."""
    words = words_of(plain(prefix[:MAX_LENGTH]))
    if not words or (len(words[-1]) < 2 and not is_without_spaces(words[-1])):
        return Suggestions()
    *whole, last = words
    completed = [] if is_without_spaces(last) else completed_words(last, limit)
    return Suggestions(
        words=tuple(" ".join([*whole, word]) for word in completed if word != last or whole),
        shelves=named_shelves(" ".join(words), language),
        products=titled_products(whole, completed or [last], limit),
    )


def completed_words(start: str, limit: int) -> list[str]:
    """The words of titles that begin so, the most common first."""
    words = SearchWord.objects.filter(word__startswith=start, in_titles__gt=0).order_by("-in_titles", "word")
    return list(words.values_list("word", flat=True)[:limit])


def named_shelves(text: str, language: str) -> tuple[Category, ...]:
    here = Q(name__icontains=text) | Q(**{f"translations__{language}__name__icontains": text})
    return tuple(Category.objects.filter(here)[:SHELVES])


def titled_products(whole: Sequence[str], completed: Sequence[str], limit: int) -> tuple[Product, ...]:
    """Buyable products with all the whole words and any of the completed ones in their title."""
    required = [titled(lexeme) for word in whole for lexeme in lexemes(word)]
    ends = [" & ".join(titled(lexeme) for lexeme in lexemes(word)) for word in completed]
    query = " & ".join([*required, f"({' | '.join(f'({end})' for end in ends)})"])
    found = SearchDocument.objects.filter(words=TsQuery(query)).values("pk")[:LOOKED_AT]
    products = Product.objects.buyable().filter(pk__in=found).select_related("category")
    return tuple(products.order_by("title", "pk")[:limit])


def lexemes(word: str) -> list[str]:
    return pieces_of(word) if is_without_spaces(word) else [lexeme_of(word, "en")]


def titled(lexeme: str) -> str:
    return quoted(in_title(lexeme))
