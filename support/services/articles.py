"""Writing articles: every text they ever had is kept as a version."""

from django.db import transaction

from ecommerce_ai.accounts.models import User
from support.models import Article, ArticleVersion


@transaction.atomic
def save_article(article: Article, *, by: User | None = None) -> Article:
    """Save an article, with a new version where its title or text is another than the last one's."""
    last = article.versions.first() if article.pk else None
    is_changed = last is None or (last.title, last.body) != (article.title, article.body)
    if is_changed:
        article.version = last.number + 1 if last else 1
    article.full_clean(exclude=["product", "promotion"])
    article.save()
    if is_changed:
        article.versions.create(number=article.version, title=article.title, body=article.body, changed_by=by)
    return article


def publish_article(article: Article, *, by: User | None = None) -> Article:
    """From now on shoppers get answers out of it."""
    article.status = Article.Status.LIVE
    return save_article(article, by=by)


def restore_version(version: ArticleVersion, *, by: User | None = None) -> Article:
    """The article says again what it said then: as a new version."""
    article = version.article
    article.title, article.body = version.title, version.body
    return save_article(article, by=by)
