from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from ecommerce_ai.dashboard.access import office_page
from ecommerce_ai.dashboard.views.page import office_render
from ecommerce_ai.privacy.selectors.fairness import fairness_report


@office_page("inference.view_modelrun")
def fairness(request: HttpRequest) -> HttpResponse:
    """On whom the models' decisions fall, by age, gender and country."""
    context = {"rows": fairness_report(), "title": _("Fairness")}
    return office_render(request, "dashboard/fairness.html", context)
