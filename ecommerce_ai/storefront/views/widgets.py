"""Lists for pages of other shops: open to every origin, without cookies, for nobody but who agreed."""

from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from django.utils import translation
from django.views.decorators.http import require_GET

from ecommerce_ai.shop.models import Customer, Product
from ecommerce_ai.shop.services.importing.formats.events import stable_id
from ecommerce_ai.storefront.limits import at_most
from ecommerce_ai.storefront.money import format_money
from ecommerce_ai.storefront.pictures import picture_of
from ecommerce_ai.storefront.templatetags.shop import product_url
from ecommerce_ai.storefront.visitors import is_robot
from recommendations.models import Slot
from recommendations.selectors import Recommendation
from recommendations.services import serve

MOST = 12
SLOTS = {Slot.FOR_YOU, Slot.SIMILAR, Slot.BOUGHT_TOGETHER, Slot.TRENDING}


@require_GET
@at_most("600/m")
def widget(request: HttpRequest, slot: str) -> JsonResponse:
    """`?sku=&limit=&session=&language=`: what `static/widgets/recommend.js` shows."""
    if slot not in SLOTS:
        raise Http404
    skus = request.GET.getlist("sku")[:1]
    about = list(Product.objects.live().select_related("category").filter(sku__in=skus))
    served = serve(
        Slot(slot),
        customer=remembered(request.GET.get("session", "")[:200]),
        limit=asked_limit(request.GET.get("limit", "")),
        about=about,
        is_counted=not is_robot(request),
    )
    with translation.override(known_language(request.GET.get("language", ""))):
        items = [as_item(request, item, str(served.impression_id)) for item in served.items]
    answer = JsonResponse({"impression_id": str(served.impression_id), "items": items})
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cache-Control"] = "no-store"
    return answer


def remembered(session: str) -> Customer | None:
    """The visitor whose browser may be remembered; nobody without an id."""
    if not session or "\x00" in session:
        return None
    found = Customer.objects.select_related("merged_into").filter(visitor_id=stable_id(session)).first()
    return found and (found.merged_into or found)


def asked_limit(text: str) -> int:
    return min(int(text), MOST) if text.isascii() and text.isdigit() and 0 < len(text) < 4 else 4


def known_language(text: str) -> str:
    """Chinese where the page is, else English."""
    return "zh-hans" if text.lower().startswith("zh") else "en"


def as_item(request: HttpRequest, item: Recommendation, impression_id: str) -> dict[str, Any]:
    product = item.product
    return {
        "sku": product.sku,
        "title": product.local_title,
        "price": format_money(product.price, product.currency),
        "url": request.build_absolute_uri(f"{product_url(product)}?via={impression_id}"),
        "image": request.build_absolute_uri(picture_of(product.image).src),
        "reason": str(item.reason.text),
    }
