"""What the shop says about itself, to be read: where the assistant's sources open."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from ecommerce_ai.storefront.limits import at_most
from ecommerce_ai.storefront.requests import ShopRequest
from ecommerce_ai.storefront.visitors import current_customer
from support.models import Article, Evidence
from support.selectors.articles import (
    CUSTOMERS,
    EVERYONE,
    Audiences,
    Quoted,
    found_articles,
    help_articles,
    quoted,
    valid_articles,
)


@require_GET
@at_most("120/m")
def help_pages(request: ShopRequest) -> HttpResponse:
    """Articles by topic, or those that hold the words."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    language, audiences = get_language() or "en", audiences_of(request)
    found = found_articles(words, language=language, audiences=audiences) if words else None
    articles = help_articles(language, audiences) if found is None else found
    return render(request, "storefront/support/help.html", {"articles": articles, "words": words})


@require_GET
def article(request: ShopRequest, pk: int) -> HttpResponse:
    """One article; with `?evidence=`, as it was when it was quoted, with the quote marked."""
    page = evidence_page(request, pk) or current_page(request, pk)
    is_old = page.version.number != page.version.article.version
    return render(request, "storefront/support/article.html", {"page": page, "is_old": is_old})


def current_page(request: ShopRequest, pk: int) -> Quoted:
    found: Article | None = valid_articles(audiences_of(request)).filter(pk=pk).first()
    version = found.versions.select_related("article").first() if found else None
    if version is None:
        raise Http404
    return quoted(version, 0, 0)


def evidence_page(request: ShopRequest, pk: int) -> Quoted | None:
    """Only what was said to whoever asks opens by its number."""
    number, customer = request.GET.get("evidence", ""), current_customer(request)
    if not (number.isascii() and number.isdigit() and len(number) < 18) or customer is None:
        return None
    found = (
        Evidence.objects.filter(pk=int(number), version__article=pk, message__conversation__customer=customer)
        .select_related("version__article")
        .first()
    )
    return quoted(found.version, found.start, found.end) if found else None


def audiences_of(request: ShopRequest) -> Audiences:
    return CUSTOMERS if request.user.is_authenticated else EVERYONE
