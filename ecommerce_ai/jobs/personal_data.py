from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from ecommerce_ai.data_register import Store, Subject, impersonal, personal, store
from ecommerce_ai.jobs.models import JobRun

personal(
    "jobs.JobRun",
    person="",  # a store of its own: names come in free text only
    fields="title arguments note result error requested_by",
    other="id task status done total is_cancel_requested retry_of attempts created_at started_at heard_at "
    "finished_at",
)
impersonal("jobs.FinishedStep", "id app title finished_at")
TEXTS = ("title", "note", "error", "arguments", "result")


def runs_about(subject: Subject) -> QuerySet[JobRun]:
    """Jobs that name the person anywhere."""
    words = subject.words | subject.names
    naming = [Q(**{f"{text}__icontains": word}) for text in TEXTS for word in words]
    return JobRun.objects.filter(reduce(or_, naming)) if naming else JobRun.objects.none()


def blank_runs(subject: Subject) -> None:
    runs_about(subject).update(title="–", note="", error="", arguments={}, result={})


store(Store("jobs", count=lambda subject: runs_about(subject).count(), erase=blank_runs, order=20))
