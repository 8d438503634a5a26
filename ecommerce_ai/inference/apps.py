from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InferenceConfig(AppConfig):
    name = "ecommerce_ai.inference"
    label = "inference"
    verbose_name = _("Models")

    def ready(self) -> None:
        from ecommerce_ai.inference import checks  # noqa: F401 (registers them)
