"""The shop's voice: what it learns from, its trainings with samples side by side, and which one is live."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ecommerce_ai.dashboard.access import member, office_page
from ecommerce_ai.dashboard.views.page import office_render
from ecommerce_ai.inference.models import ModelRun
from marketing.selectors.voice import VOICE, voice_page
from marketing.services.voice import ENOUGH, TASK, put_voice_live, silence_voice, start_voice


@office_page("marketing.view_brief")
def voice(request: HttpRequest) -> HttpResponse:
    context = {"page": voice_page(TASK), "need": ENOUGH, "title": _("The shop's voice")}
    return office_render(request, "dashboard/copy_voice.html", context)


@require_POST
@office_page("inference.change_modelrun")
def train(request: HttpRequest) -> HttpResponse:
    return redirect("dashboard:job", start_voice(by=member(request)).pk)


@require_POST
@office_page("inference.change_modelrun")
def put_live(request: HttpRequest, pk: int) -> HttpResponse:
    put_voice_live(get_object_or_404(ModelRun, pk=pk, name=VOICE))
    messages.success(request, _("This voice writes from now on."))
    return redirect("dashboard:copy_voice")


@require_POST
@office_page("inference.change_modelrun")
def silence(request: HttpRequest) -> HttpResponse:
    silence_voice()
    return redirect("dashboard:copy_voice")
