from django.urls import path, re_path

from ecommerce_ai.api.gorse import api as gorse
from ecommerce_ai.api.problems import not_found
from ecommerce_ai.api.v1 import api
from ecommerce_ai.api.views import docs

urlpatterns = [
    path("v1/docs", docs, name="api_docs"),
    path("v1/", api.urls),
    re_path(r"^v1/.*$", not_found),
    path("", gorse.urls),
]
