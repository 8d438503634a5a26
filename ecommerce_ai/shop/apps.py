from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class ShopConfig(AppConfig):
    name = "ecommerce_ai.shop"
    label = "shop"
    verbose_name = pgettext_lazy("the app", "Shop")
