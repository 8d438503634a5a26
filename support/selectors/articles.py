"""Articles as shoppers and staff find and open them."""

from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, FloatField, Max, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from support.models import Article, ArticleVersion
from support.models.articles import ArticleQuerySet
from support.selectors.words import CONFIG, text_to_find

EVERYONE = (Article.Audience.EVERYONE,)
CUSTOMERS = (Article.Audience.EVERYONE, Article.Audience.CUSTOMERS)
STAFF = (*CUSTOMERS, Article.Audience.STAFF)
Audiences = tuple[Article.Audience, ...]


@dataclass(frozen=True)
class Quoted:
    """A version's text in three parts; the middle one is what is quoted, or empty."""

    version: ArticleVersion
    before: str
    quote: str
    after: str


def valid_articles(audiences: Audiences = EVERYONE) -> ArticleQuerySet:
    """What may be told to this audience today."""
    return Article.objects.valid(timezone.localdate()).for_audiences(audiences)


def help_articles(language: str, audiences: Audiences = EVERYONE) -> QuerySet[Article]:
    """What people wrote, in this language, by topic."""
    return valid_articles(audiences).written().filter(language=base(language)).order_by("topic", "title")


def found_articles(words: str, *, language: str, audiences: Audiences = EVERYONE) -> QuerySet[Article]:
    """Written articles that hold the words, the best first."""
    code = base(language)
    query = SearchQuery(text_to_find(words, code), config=CONFIG, search_type="plain")
    rank = Cast(Max(SearchRank(F("passages__words"), query)), FloatField())
    return (
        help_articles(code, audiences)
        .filter(passages__words=query)
        .annotate(rank=rank)
        .order_by("-rank", "title")
    )


def quoted(version: ArticleVersion, start: int, end: int) -> Quoted:
    body = version.body
    start, end = max(0, min(start, len(body))), max(0, min(end, len(body)))
    return Quoted(version, body[:start], body[start:end], body[end:])


def base(language: str) -> str:
    """`zh-hans` is `zh`: what an article is written in, not how an interface is."""
    return language.partition("-")[0]
