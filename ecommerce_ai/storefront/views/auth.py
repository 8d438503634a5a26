from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from ecommerce_ai.shop.models import Event
from ecommerce_ai.storefront.forms import LogInForm, SignUpForm
from ecommerce_ai.storefront.limits import at_most
from ecommerce_ai.storefront.recording import record
from ecommerce_ai.storefront.redirects import safe_next
from ecommerce_ai.storefront.requests import ShopRequest

BACKEND = "django.contrib.auth.backends.ModelBackend"


@sensitive_post_parameters()
@never_cache
@at_most("10/m", key="post:username", method="POST")
@at_most("30/m", method="POST")
def log_in(request: ShopRequest) -> HttpResponse:
    onwards = safe_next(request, resolve_url(settings.LOGIN_REDIRECT_URL))
    if request.user.is_authenticated:
        return HttpResponseRedirect(onwards)
    form = LogInForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        login(request, form.get_user())
        record(request, Event.Name.LOGIN)
        return HttpResponseRedirect(onwards)
    status = 422 if form.errors else 200
    return render(request, "storefront/log_in.html", {"form": form, "next": onwards}, status=status)


@sensitive_post_parameters()
@never_cache
@at_most("20/h", method="POST")
def sign_up(request: ShopRequest) -> HttpResponse:
    onwards = safe_next(request, resolve_url(settings.LOGIN_REDIRECT_URL))
    if request.user.is_authenticated:
        return HttpResponseRedirect(onwards)
    form = SignUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        login(request, form.save(), backend=BACKEND)
        record(request, Event.Name.SIGN_UP)
        return HttpResponseRedirect(onwards)
    status = 422 if form.errors else 200
    return render(request, "storefront/sign_up.html", {"form": form, "next": onwards}, status=status)


@require_POST
def log_out(request: ShopRequest) -> HttpResponse:
    logout(request)
    list(messages.get_messages(request))  # what was still to be said was meant for whoever leaves
    return redirect(settings.LOGOUT_REDIRECT_URL)
