from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ecommerce_ai.shop.models import Product, Question
from ecommerce_ai.storefront.forms import QuestionForm
from ecommerce_ai.storefront.limits import at_most
from ecommerce_ai.storefront.requests import ShopRequest
from ecommerce_ai.storefront.selectors import product_page
from ecommerce_ai.storefront.templatetags.shop import product_url
from ecommerce_ai.storefront.visitors import current_customer, customer_to_write


@require_POST
@at_most("10/h", method="POST")
def ask(request: ShopRequest, pk: int, slug: str) -> HttpResponse:
    """Takes a question about a product; it is shown once the shop has answered it."""
    shown = get_object_or_404(Product.objects.live().select_related("category"), pk=pk)
    form = QuestionForm(request.POST)
    if not form.is_valid():
        page = product_page(shown, customer=current_customer(request), review_page="1")
        context = {"page": page, "question_form": form}
        return render(request, "storefront/product.html", context, status=422)
    Question.objects.create(
        product=shown,
        customer=customer_to_write(request),
        body=form.cleaned_data["body"],
        language=get_language() or "en",
        created_at=timezone.now(),
    )
    messages.success(request, _("Thank you. Your question is shown here once we have answered it."))
    return HttpResponseRedirect(product_url(shown))
