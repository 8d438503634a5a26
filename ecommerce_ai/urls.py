from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.i18n import set_language
from django.views.static import serve

from ecommerce_ai.storefront.views.collect import beacon
from ecommerce_ai.storefront.views.health import health
from ecommerce_ai.storefront.views.support_widget import support_widget
from ecommerce_ai.storefront.views.widgets import widget

admin.autodiscover()
urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health, name="health"),
    path("collect", beacon, name="collect"),
    path("widgets/support", support_widget, name="support_widget"),
    path("widgets/<str:slot>", widget, name="widget"),
    path("i18n/setlang/", set_language, name="set_language"),
    path("api/", include("ecommerce_ai.api.urls")),
    # Behind a production proxy the proxy serves media; without one the application does.
    re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT}),
]
urlpatterns += i18n_patterns(
    path("admin/", include("ecommerce_ai.dashboard.urls")),
    path("admin/", admin.site.urls),
    path("", include("ecommerce_ai.storefront.urls")),
    prefix_default_language=False,
)
handler403 = "ecommerce_ai.storefront.views.errors.forbidden"
