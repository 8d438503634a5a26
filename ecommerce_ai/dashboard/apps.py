from typing import Any

from django.apps import AppConfig
from django.contrib import admin
from django.contrib.admin.checks import check_admin_app
from django.core import checks
from django.utils.translation import gettext_lazy as _


class DashboardConfig(AppConfig):
    name = "ecommerce_ai.dashboard"
    verbose_name = _("Dashboard")

    def ready(self) -> None:
        admin.site.index_title = _("Overview")
        checks.register(check_every_page, checks.Tags.admin)


def check_every_page(app_configs: Any, **options: Any) -> list[checks.CheckMessage]:
    """Django's checks of the admin, of all its pages: when its own run, they may not have been found yet."""
    admin.autodiscover()
    return check_admin_app(app_configs, **options)
