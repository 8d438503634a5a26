"""A person asks for candidates: those from facts at once, those of a model or a server by a job."""

from django.utils.translation import gettext_noop

from ecommerce_ai.accounts.models import User
from ecommerce_ai.jobs.services import start_job
from marketing.models import Brief, Writer
from marketing.selectors.studio import WRITING
from marketing.services.candidates import write_candidates
from marketing.services.writers import CopyWriter, FactsCopyWriter
from marketing.services.writers.model import ModelCopyWriter
from marketing.services.writers.server import ServerCopyWriter


def request_candidates(brief: Brief, *, by: User) -> int:
    """How many were written at once; whatever becomes of the job, there are those from facts."""
    made = write_candidates(brief)
    if brief.writer != Writer.FACTS:
        start_job(
            WRITING,
            title=gettext_noop("Candidates for a brief"),
            arguments={"brief_id": brief.pk},
            requested_by=by,
        )
    return sum(1 for each in made if each.score is not None)


def generate_copy(brief: Brief) -> dict[str, int]:
    """Candidates by the writer that the brief names; returns {"written", "refused"}."""
    made = write_candidates(brief, writer=writer_of(brief))
    written = sum(1 for each in made if each.score is not None)
    return {"written": written, "refused": len(made) - written}


def writer_of(brief: Brief) -> CopyWriter:
    if brief.writer == Writer.SERVER:
        return ServerCopyWriter()
    if brief.writer == Writer.MODEL:
        return ModelCopyWriter(brief.candidates.count())
    return FactsCopyWriter(brief.candidates.count())
