from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ecommerce_ai.inference.models import ModelRun
from ecommerce_ai.shop.models import Customer


class CustomerValue(models.Model):
    """What a customer was worth and will be worth in twelve months, with intervals of 80 percent."""

    customer = models.OneToOneField(
        Customer, verbose_name=_("customer"), on_delete=models.CASCADE, primary_key=True, related_name="value"
    )
    currency = models.CharField(_("currency"), max_length=3)
    historic = models.DecimalField(_("value so far"), max_digits=16, decimal_places=2)
    predicted = models.DecimalField(_("value of 12 months"), max_digits=16, decimal_places=2)
    predicted_low = models.DecimalField(_("at least"), max_digits=16, decimal_places=2)
    predicted_high = models.DecimalField(_("at most"), max_digits=16, decimal_places=2)
    expected_orders = models.FloatField(_("orders in 12 months"))
    churn_probability = models.FloatField(_("probability that they left"))
    churn_low = models.FloatField(_("at least"))
    churn_high = models.FloatField(_("at most"))
    next_order_at = models.DateTimeField(_("next order"), null=True, blank=True)
    next_order_from = models.DateTimeField(_("earliest"), null=True, blank=True)
    next_order_until = models.DateTimeField(_("latest"), null=True, blank=True)
    model_run = models.ForeignKey(
        ModelRun, verbose_name=_("model run"), on_delete=models.CASCADE, related_name="+"
    )
    input_hash = models.CharField(_("hash of the input"), max_length=64)
    computed_at = models.DateTimeField(_("computed"))

    class Meta:
        verbose_name = _("customer value")
        verbose_name_plural = _("customer values")
        ordering = ["-predicted"]
        constraints = [
            models.CheckConstraint(
                condition=Q(predicted_low__lte=F("predicted"), predicted_high__gte=F("predicted")),
                name="customervalue_inside_its_interval",
            ),
            models.CheckConstraint(
                condition=Q(churn_probability__range=(0, 1)), name="customervalue_churn_is_a_probability"
            ),
        ]
        indexes = [models.Index(fields=["-predicted"], name="customervalue_best")]

    def __str__(self) -> str:
        return f"{self.predicted} {self.currency}"
