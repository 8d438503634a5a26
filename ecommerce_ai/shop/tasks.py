from pathlib import Path
from typing import Any

from ecommerce_ai.jobs.declare import tracked_job
from ecommerce_ai.jobs.progress import Progress
from ecommerce_ai.shop.services import importing


@tracked_job()
def import_file(progress: Progress, *, kind: str, format: str, path: str) -> dict[str, Any]:
    """Import an uploaded file; run again, it goes on where it was killed."""
    return importing.import_file(Path(path), kind=kind, format=format, progress=progress).as_dict()
