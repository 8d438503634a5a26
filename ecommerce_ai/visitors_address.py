from django.conf import settings
from django.http import HttpRequest


def visitors_address(request: HttpRequest) -> str:
    """Whose tries a rate limit counts: the peer, or behind a trusted proxy whom that proxy saw.

    Proxies append to X-Forwarded-For: only its last part is the proxy's own word, the rest anybody can write.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or request.META["REMOTE_ADDR"]
