"""The road from an uploaded file to a queued import."""

import re
import secrets
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.utils.translation import gettext as _

from ecommerce_ai.accounts.models import User
from ecommerce_ai.jobs.models import JobRun
from ecommerce_ai.jobs.services import start_job
from ecommerce_ai.shop.services.importing.kinds import FORMATS, KINDS, SUFFIXES
from ecommerce_ai.shop.services.importing.rows import ImportFileError

TASK = "ecommerce_ai.shop.tasks.import_file"


def start_import(*, kind: str, format: str, upload: File, requested_by: User | None) -> JobRun:  # type: ignore[type-arg]
    """Keep an uploaded file and queue its import; `format` may be empty, then the header decides.

    Raises ImportFileError for a kind, format or file name that cannot be imported.
    """
    check_request(kind=kind, format=format, file_name=upload.name or "")
    path = keep_upload(upload)
    return start_job(
        TASK,
        title=(_("Import: %(kind)s") % {"kind": KINDS[kind]} + f" ({path.name})"),
        arguments={"kind": kind, "format": format, "path": str(path)},
        requested_by=requested_by,
    )


def check_request(*, kind: str, format: str, file_name: str) -> None:
    if kind not in FORMATS:
        raise ImportFileError(
            _("Unknown kind “%(kind)s”. Known: %(known)s.") % {"kind": kind, "known": ", ".join(FORMATS)}
        )
    if format and format not in FORMATS[kind]:
        raise ImportFileError(
            _("No format “%(format)s” for %(kind)s. Known: %(known)s.")
            % {"format": format, "kind": kind, "known": ", ".join(FORMATS[kind])}
        )
    if not file_name.lower().endswith(SUFFIXES):
        raise ImportFileError(
            _("“%(name)s” is none of %(suffixes)s.")
            % {"name": Path(file_name).name, "suffixes": ", ".join(SUFFIXES)}
        )


def keep_upload(upload: File) -> Path:  # type: ignore[type-arg]
    """Store an upload under a name that nobody can guess or break out with; returns where it is."""
    folder = Path(settings.IMPORTS_ROOT) / secrets.token_hex(8)
    folder.mkdir(parents=True, mode=0o700)
    path = folder / safe_name(upload.name or "")
    with path.open("wb") as target:
        for chunk in upload.chunks():
            target.write(chunk)
    return path


def safe_name(name: str) -> str:
    return re.sub(r"[^\w.-]+", "_", Path(name).name)[-100:].lstrip(".") or "upload"
