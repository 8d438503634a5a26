from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404


def rejects_path(recorded: str) -> Path | None:
    """The recorded file, if it lies where imports lie and still exists."""
    if not recorded:
        return None
    path = Path(recorded).resolve()
    return path if path.is_relative_to(Path(settings.IMPORTS_ROOT).resolve()) and path.is_file() else None


def rejects_response(recorded: str) -> FileResponse:
    """The file as a download; Http404 where there is none."""
    path = rejects_path(recorded)
    if path is None:
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name)
