from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ecommerce_ai.shop.models import Customer, Product


class Refusal(models.Model):
    """What a shopper does not want: a product ("not for me"), or a reason they struck out.

    A struck reason has the reason's code and, where it names one, its product: what they did with that
    product no longer speaks for anything.
    """

    NOT_FOR_ME = "not_for_me"

    customer = models.ForeignKey(
        Customer, verbose_name=_("customer"), on_delete=models.CASCADE, related_name="refusals"
    )
    code = models.CharField(
        _("reason"), max_length=40, help_text=_("not_for_me, or the struck reason's code.")
    )
    product = models.ForeignKey(
        Product,
        verbose_name=_("product"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="refusals",
    )
    refused_at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("refusal")
        verbose_name_plural = _("refusals")
        ordering = ["-refused_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "code", "product"], name="refusal_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=~Q(code="not_for_me") | Q(product__isnull=False), name="refusal_names_its_product"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.product_id}"
