"""Facts of products and live promotions as articles: answers about them have a source as well."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import F, Min
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from ecommerce_ai.jobs.progress import Progress, silent
from ecommerce_ai.shop.models import Product, Promotion
from support.models import Article
from support.services.articles import save_article

MOST_PRODUCTS = 2_000  # beyond it, those that sell


def refresh_sources(*, progress: Progress = silent) -> dict[str, int]:
    """Bring the articles about products and promotions up to date. Returns {"written", "removed"}."""
    wanted = [*products_to_tell(), *Promotion.objects.running(timezone.now())]
    keys, written = set[tuple[str, str]](), 0
    for number, thing in enumerate(wanted, start=1):
        for article in told(thing):
            keys.add((article.key, article.language))
            written += write_source(article)
        progress(number, len(wanted))
    derived = Article.objects.filter(kind__in=Article.DERIVED)
    over = [row.pk for row in derived if (row.key, row.language) not in keys]
    derived.filter(pk__in=over).delete()
    return {"written": written, "removed": len(over)}


def products_to_tell() -> list[Product]:
    """Live products; of a large catalogue those that are bought, the newest of them first."""
    live = Product.objects.live().exclude(description="").select_related("category")
    by_rank = F("best_rank").asc(nulls_last=True)
    return list(live.annotate(best_rank=Min("popularity__rank")).order_by(by_rank, "-pk")[:MOST_PRODUCTS])


def write_source(article: Article) -> bool:
    """Whether it was new or another text."""
    known = Article.objects.filter(key=article.key, language=article.language).first()
    if known and (known.title, known.body, known.valid_until) == (
        article.title,
        article.body,
        article.valid_until,
    ):
        return False
    if known:
        known.title, known.body, known.valid_until = article.title, article.body, article.valid_until
        article = known
    save_article(article)
    return True


def told(thing: Product | Promotion) -> Iterator[Article]:
    """The thing in each language of the interface that it is told in."""
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            article = of_product(thing, code) if isinstance(thing, Product) else of_promotion(thing, code)
        if article:
            yield article


def of_product(product: Product, code: str) -> Article | None:
    language = code.partition("-")[0]
    if language != product.language.partition("-")[0] and not product.translations.get(code, {}).get(
        "description"
    ):
        return None
    lines = [product.local_description, *facts_of(product, code)]
    return Article(
        key=f"product-{product.pk}", language=language, kind=Article.Kind.PRODUCT, status=Article.Status.LIVE,
        topic=product.category.local_name[:80] if product.category else "",
        title=product.local_title[:300], body="\n".join(line for line in lines if line), product=product,
    )  # fmt: skip


def facts_of(product: Product, code: str) -> Iterator[str]:
    """Sentences, so that each can be quoted by itself."""
    told: Any = product.translations.get(code, {}).get("attributes", {})
    facts = {**product.attributes, **(told if isinstance(told, dict) else {})}
    title = product.local_title
    if product.brand:
        yield _("%(title)s is made by %(brand)s.") % {"title": title, "brand": product.brand}
    for name, value in facts.items():
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            yield _("%(title)s, %(name)s: %(value)s.") % {"title": title, "name": words(name), "value": value}


def words(name: str) -> str:
    return name.replace("_", " ")


def of_promotion(promotion: Promotion, code: str) -> Article:
    name = promotion.translations.get(code, {}).get("name") or promotion.name
    amount = f"{promotion.value.normalize():f}"
    off = f"{amount} %" if promotion.kind == Promotion.Kind.PERCENT else f"{amount} {promotion.currency}"
    text = _("%(name)s: %(off)s off. It began on %(day)s.") % {
        "name": name, "off": off, "day": formats.date_format(promotion.starts_at)
    }  # fmt: skip
    if promotion.ends_at:
        text += " " + _("It ends on %(day)s.") % {"day": formats.date_format(promotion.ends_at)}
    return Article(
        key=f"promotion-{promotion.pk}", language=code.partition("-")[0], kind=Article.Kind.PROMOTION,
        status=Article.Status.LIVE, title=str(name)[:300], body=text, promotion=promotion,
        valid_until=promotion.ends_at.date() if promotion.ends_at else None,
    )  # fmt: skip
