"""The messenger for pages of other shops (`static/widgets/support.js`): a signed token, no cookies."""

import json
import uuid
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from ecommerce_ai.shop.services import visitor
from ecommerce_ai.storefront.limits import at_most
from ecommerce_ai.storefront.views.widgets import known_language
from support.models import Conversation, Message
from support.services.answering import answer_waiting
from support.services.conversations import Asker, NotYours, TooManyMessages, open_conversation, post_message
from support.services.people import hand_over

SALT, VALID_S = "support-widget", 30 * 24 * 3600
LONGEST_BODY = 16 * 1024


@csrf_exempt  # no cookie of ours is read: who speaks is told by the token that this view signed
@at_most("60/m")
def support_widget(request: HttpRequest) -> HttpResponse:
    """POST `{"text", "token", "language", "person"}` → `{"token", "status", "messages"}`; all parts optional.

    Nobody is logged in here, so orders are shown on the shop's own page only.
    """
    origin = request.headers.get("Origin", "")
    if origin not in settings.SUPPORT_ORIGINS:
        return HttpResponse("This site may not open conversations.", status=403, content_type="text/plain")
    if request.method == "OPTIONS":
        return with_origin(HttpResponse(status=204), origin)
    given = body_of(request)
    if request.method != "POST" or given is None:
        return with_origin(
            HttpResponse("A JSON object by POST.", status=400, content_type="text/plain"), origin
        )
    language = known_language(str(given.get("language", "")))
    with translation.override(language):
        return with_origin(answer_to(request, given, language), origin)


def answer_to(request: HttpRequest, given: dict[str, Any], language: str) -> HttpResponse:
    talk = conversation_of(str(given.get("token", "")))
    text = str(given.get("text", "")).replace("\x00", "").strip()
    if text or given.get("person"):
        talk = talk or begin(language)
    if talk is None:
        return JsonResponse({"token": "", "status": "", "messages": []})
    try:
        if text:
            post_message(talk, text)
    except TooManyMessages:
        return JsonResponse({"detail": "Too many messages."}, status=429)
    except NotYours:
        talk = begin(language)
        post_message(talk, text)
    if given.get("person"):
        hand_over(talk, Conversation.Reason.CUSTOMER_REQUEST)
    answer_waiting(talk, Asker(talk.customer))
    talk.refresh_from_db()
    shown = talk.messages.shown().prefetch_related("evidence__version")
    return JsonResponse(
        {
            "token": signing.dumps(str(talk.pk), salt=SALT),
            "status": talk.status,
            "messages": [as_item(request, message) for message in shown if message.text],
        }
    )


def begin(language: str) -> Conversation:
    """With a visitor of its own: another shop's reader is nobody that this shop knows."""
    return open_conversation(visitor(uuid.uuid4()), language=language.partition("-")[0], is_live_page=False)


def conversation_of(token: str) -> Conversation | None:
    """The conversation that this token was made for; None for any other text."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=VALID_S)
    except signing.BadSignature:
        return None
    return Conversation.objects.select_related("customer").filter(pk=pk, is_live_page=False).first()


def as_item(request: HttpRequest, message: Message) -> dict[str, Any]:
    needs_page = message.card.get("kind", "") not in ("", "choices", "offer_person")
    return {
        "author": message.author,
        "text": message.text,
        "choices": message.card.get("choices", []),
        "url": request.build_absolute_uri(reverse("storefront:support")) if needs_page else "",
        "sources": [
            {
                "title": evidence.version.title,
                "quote": evidence.quote,
                "url": request.build_absolute_uri(
                    reverse("storefront:article", args=[evidence.version.article_id])
                ),
            }
            for evidence in message.evidence.all()
        ],
    }


def body_of(request: HttpRequest) -> dict[str, Any] | None:
    if int(request.headers.get("Content-Length") or 0) > LONGEST_BODY:
        return None
    try:
        given = json.loads(request.body or b"{}")
    except ValueError:
        return None
    return given if isinstance(given, dict) else None


def with_origin(response: HttpResponse, origin: str) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = origin
    response["Access-Control-Allow-Headers"] = "Content-Type"
    response["Cache-Control"] = "no-store"
    return response
