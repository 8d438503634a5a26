from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from ecommerce_ai.shop.services.event_bodies import EventBodies, TooManyEvents, UnreadableEvents, parse_events
from ecommerce_ai.storefront.beacon import MAX_BEACON_BYTES, collect, is_foreign, is_welcome
from ecommerce_ai.storefront.limits import at_most
from ecommerce_ai.storefront.requests import ShopRequest


@csrf_exempt  # a beacon carries no token; other sites carry no cookie of ours (SameSite) and are asked for
@require_POST
@at_most("600/m")
def beacon(request: ShopRequest) -> HttpResponse:
    """Events of a page, as `navigator.sendBeacon` sends them: JSON as plain text."""
    if not is_welcome(request):
        return HttpResponse("This site may not send events.", status=403, content_type="text/plain")
    try:
        collect(request, beacon_events(request))
    except (UnreadableEvents, TooManyEvents) as error:
        return HttpResponse(str(error), status=400, content_type="text/plain")
    return with_origin(request, HttpResponse(status=204))


def beacon_events(request: HttpRequest) -> EventBodies:
    if int(request.headers.get("Content-Length") or 0) > MAX_BEACON_BYTES:
        raise UnreadableEvents("The body is too large.")
    return parse_events(request.body)


def with_origin(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if is_foreign(request):
        response["Access-Control-Allow-Origin"] = request.headers["Origin"]
        response["Access-Control-Allow-Credentials"] = "true"
    return response
