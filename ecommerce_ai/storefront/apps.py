from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StorefrontConfig(AppConfig):
    name = "ecommerce_ai.storefront"
    verbose_name = _("Storefront")

    def ready(self) -> None:
        from ecommerce_ai.storefront import signals  # noqa: F401  # connects the receivers
