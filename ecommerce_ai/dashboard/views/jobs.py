from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ecommerce_ai.dashboard.access import member, office_page
from ecommerce_ai.dashboard.rejects import rejects_response
from ecommerce_ai.dashboard.selectors import job_status
from ecommerce_ai.dashboard.views.page import office_render
from ecommerce_ai.jobs.models import JobRun
from ecommerce_ai.jobs.services import REFRESH, cancel_job, retry_job, start_refresh

PAGE_SIZE = 30
# What one must be allowed besides starting jobs.
ALSO_NEEDED = {
    "ecommerce_ai.shop.tasks.import_file": "shop.add_importrun",
    "marketing.tasks.send_campaign": "marketing.send_campaign",
    "marketing.tasks.write_personal_texts": "marketing.change_variant",
    "marketing.tasks.generate_copy": "marketing.change_candidate",
    "marketing.tasks.train_voice": "inference.change_modelrun",
}


@office_page("jobs.view_jobrun")
def jobs(request: HttpRequest) -> HttpResponse:
    """Every job, newest first."""
    runs = JobRun.objects.select_related("requested_by").defer("arguments", "result", "error")
    page = Paginator(runs, PAGE_SIZE).get_page(request.GET.get("page"))
    return office_render(request, "dashboard/jobs.html", {"page": page, "title": _("Jobs")})


@office_page("jobs.view_jobrun")
def job(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far one job is; htmx asks for the changing part every second."""
    run = get_object_or_404(JobRun.objects.select_related("requested_by", "retry_of"), pk=pk)
    template = "dashboard/_job.html" if getattr(request, "htmx", False) else "dashboard/job.html"
    context = {
        "status": job_status(run),
        "run": run,
        "title": run.shown_title,
        "may_start": may_start(request, run),
    }
    return office_render(request, template, context)


def may_start(request: HttpRequest, run: JobRun) -> bool:
    needed = ["jobs.add_jobrun", ALSO_NEEDED.get(run.task, "jobs.add_jobrun")]
    return request.user.has_perms(needed)


@require_POST
@office_page("jobs.add_jobrun")
def retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same job again, as a new run."""
    run = get_object_or_404(JobRun, pk=pk)
    if not may_start(request, run):
        raise PermissionDenied
    return redirect("dashboard:job", retry_job(run, requested_by=member(request)).pk)


@require_POST
@office_page("jobs.change_jobrun")
def stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask a job to stop; what it has committed stays."""
    run = get_object_or_404(JobRun, pk=pk)
    cancel_job(run)
    return redirect("dashboard:job", run.pk)


@require_POST
@office_page("jobs.add_jobrun")
def refresh(request: HttpRequest) -> HttpResponse:
    """Bring every derived row up to date; joins a refresh that is under way."""
    if JobRun.objects.unfinished().filter(task=REFRESH).exists():
        messages.info(request, _("A refresh is under way already."))
    return redirect("dashboard:job", start_refresh(requested_by=member(request)).pk)


@office_page("shop.view_importrun")
def rejects(request: HttpRequest, pk: UUID) -> FileResponse:
    """The lines that an import job did not take."""
    run = get_object_or_404(JobRun, pk=pk)
    return rejects_response(str(run.result.get("rejects_file") or ""))
