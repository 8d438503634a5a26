from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from ecommerce_ai.dashboard.access import member, office_page
from ecommerce_ai.dashboard.forms import ImportForm
from ecommerce_ai.dashboard.rejects import rejects_response
from ecommerce_ai.dashboard.views.page import office_render
from ecommerce_ai.shop.models import ImportRun
from ecommerce_ai.shop.services.importing import ImportFileError, start_import


@office_page("shop.add_importrun")
def new_import(request: HttpRequest) -> HttpResponse:
    """Choose a file; its import runs as a job."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        kind, format_name = form.kind_and_format()
        try:
            run = start_import(
                kind=kind, format=format_name, upload=form.cleaned_data["file"], requested_by=member(request)
            )
        except ImportFileError as error:
            form.add_error("file", str(error))
        else:
            return redirect("dashboard:job", run.pk)
    return office_render(request, "dashboard/import.html", {"form": form, "title": _("Import a file")})


@office_page("shop.view_importrun")
def import_rejects(request: HttpRequest, pk: int) -> FileResponse:
    """The lines of an import that were not taken, each with its reason."""
    return rejects_response(get_object_or_404(ImportRun, pk=pk).rejects_file)
