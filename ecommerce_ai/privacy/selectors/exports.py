from pathlib import Path

from django.conf import settings
from django.core import signing

from ecommerce_ai.privacy.models import ExportRequest

SALT = "privacy.export"
FILES = ("data.json", "data.html")


def export_token(request: ExportRequest) -> str:
    """What a link to the copy carries: nobody can guess it, and it ends with the copy."""
    return signing.dumps(str(request.pk), salt=SALT)


def exported_file(token: str, name: str) -> Path | None:
    """The file behind a link, or None: forged, expired, not ready, or no such file."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=settings.PRIVACY_EXPORT_DAYS * 86_400)
    except signing.BadSignature:
        return None
    request = ExportRequest.objects.filter(pk=pk).first()
    if request is None or not request.is_ready or name not in FILES:
        return None
    path = Path(settings.EXPORTS_ROOT) / str(request.pk) / name
    return path if path.is_file() else None
