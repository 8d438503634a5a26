from django.apps import AppConfig
from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class DashboardConfig(AppConfig):
    name = "ecommerce_ai.dashboard"
    verbose_name = _("Dashboard")

    def ready(self) -> None:
        admin.site.index_title = _("Overview")
