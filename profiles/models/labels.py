from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ecommerce_ai.inference.models import ModelRun
from ecommerce_ai.shop.models import Customer


class Label(models.Model):
    """Something that is true of some customers: built in, or defined by a merchant's examples."""

    class Kind(models.TextChoices):
        BUYS_SOON = "buys_soon", _("Likely to buy within 30 days")
        BUYS_IN_CATEGORY = "buys_in_category", _("Likely to buy on a shelf")
        PRICE_SENSITIVE = "price_sensitive", _("Price-sensitive")
        GIFT_BUYER = "gift_buyer", _("Buys gifts")
        BY_EXAMPLE = "by_example", _("Like these customers")

    key = models.SlugField(_("key"), max_length=100, unique=True, allow_unicode=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.BY_EXAMPLE)
    category_path = models.CharField(_("shelf"), max_length=700, blank=True)
    is_live = models.BooleanField(_("live"), default=True)
    status = models.JSONField(_("status"), default=dict, blank=True, editable=False)

    class Meta:
        verbose_name = _("label")
        verbose_name_plural = _("labels")
        ordering = ["kind", "name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="buys_in_category") | ~Q(category_path=""), name="label_names_its_shelf"
            )
        ]

    def __str__(self) -> str:
        return self.name


class LabelExample(models.Model):
    """A merchant says that a label is, or is not, true of a customer."""

    label = models.ForeignKey(
        Label, verbose_name=_("label"), on_delete=models.CASCADE, related_name="examples", db_index=False
    )
    customer = models.ForeignKey(
        Customer, verbose_name=_("customer"), on_delete=models.CASCADE, related_name="label_examples"
    )
    is_positive = models.BooleanField(_("is one"), default=True)

    class Meta:
        verbose_name = _("example of a label")
        verbose_name_plural = _("examples of labels")
        constraints = [models.UniqueConstraint(fields=["label", "customer"], name="labelexample_once")]

    def __str__(self) -> str:
        return f"{self.label}: {self.customer_id}"


class CustomerLabel(models.Model):
    """How probable a label is for a customer, with an interval of 95 percent, and what speaks for it."""

    customer = models.ForeignKey(
        Customer,
        verbose_name=_("customer"),
        on_delete=models.CASCADE,
        related_name="labels",
        db_index=False,
    )
    label = models.ForeignKey(
        Label, verbose_name=_("label"), on_delete=models.CASCADE, related_name="customer_labels"
    )
    probability = models.FloatField(_("probability"))
    low = models.FloatField(_("at least"))
    high = models.FloatField(_("at most"))
    reasons = models.JSONField(_("reasons"), default=list, blank=True)
    model_run = models.ForeignKey(
        ModelRun, verbose_name=_("model run"), on_delete=models.CASCADE, related_name="+"
    )
    computed_at = models.DateTimeField(_("computed"))

    class Meta:
        verbose_name = _("label of a customer")
        verbose_name_plural = _("labels of customers")
        ordering = ["-probability"]
        constraints = [
            models.UniqueConstraint(fields=["customer", "label"], name="customerlabel_once"),
            models.CheckConstraint(
                condition=Q(low__gte=0, low__lte=F("probability"), high__gte=F("probability"), high__lte=1),
                name="customerlabel_inside_its_interval",
            ),
        ]
        indexes = [models.Index(fields=["label", "-probability"], name="customerlabel_best")]

    def __str__(self) -> str:
        return f"{self.label}: {self.probability:.2f}"
