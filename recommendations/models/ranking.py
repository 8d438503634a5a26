"""What training leaves for serving to read: neighbours of products, and each customer's ranking."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ecommerce_ai.inference.models import ModelRun
from ecommerce_ai.shop.models import Customer, Product


class ItemNeighbours(models.Model):
    """The products that go with one, best first, by one kind of evidence.

    `scores` are comparable within one kind: lift-weighed confidence of baskets, weights of the item model,
    the share of buyers who came back for it. `supports` counts the baskets or customers behind each; 0 where
    a model generalises.
    """

    class Kind(models.TextChoices):
        TOGETHER = "together", _("In the same basket, often enough to be sure")
        TOGETHER_RELAXED = "together_relaxed", _("In the same basket at least twice")
        COLLABORATIVE = "collaborative", _("Bought by the same customers")
        NEXT = "next", _("Bought on a later day")

    product = models.ForeignKey(
        Product, verbose_name=_("product"), on_delete=models.CASCADE, related_name="neighbours"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    product_ids = ArrayField(models.BigIntegerField(), verbose_name=_("products"))
    scores = ArrayField(models.FloatField(), verbose_name=_("scores"))
    supports = ArrayField(models.IntegerField(), verbose_name=_("baskets or customers behind each"))
    computed_at = models.DateTimeField(_("computed"))

    class Meta:
        verbose_name = _("neighbours of a product")
        verbose_name_plural = _("neighbours of products")
        ordering = ["product", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["product", "kind"], name="itemneighbours_once"),
            models.CheckConstraint(
                condition=Q(product_ids__len__gte=1)
                & Q(product_ids__len=F("scores__len"))
                & Q(product_ids__len=F("supports__len")),
                name="itemneighbours_arrays_of_one_length",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.kind}"


class CustomerRankingQuerySet(models.QuerySet["CustomerRanking"]):
    def live(self) -> Self:
        """Of the run that serves."""
        return self.filter(run__is_live=True)


class CustomerRanking(models.Model):
    """What one run of the ranker would show a customer, best first; only customers with a history have one.

    `sources` are bit sets over `run.parameters["sources"]`: which candidate lists held the product.
    `contributions` are float32 rows, one for each product, over `run.parameters["groups"]`; each adds up to
    the product's score.
    """

    customer = models.ForeignKey(
        Customer, verbose_name=_("customer"), on_delete=models.CASCADE, related_name="rankings"
    )
    run = models.ForeignKey(
        ModelRun, verbose_name=_("model run"), on_delete=models.CASCADE, related_name="rankings"
    )
    product_ids = ArrayField(models.BigIntegerField(), verbose_name=_("products"))
    scores = ArrayField(models.FloatField(), verbose_name=_("scores"))
    sources = ArrayField(models.IntegerField(), verbose_name=_("candidate lists"))
    contributions = models.BinaryField(_("contributions"))
    input_hash = models.CharField(_("hash of the history"), max_length=32)
    computed_at = models.DateTimeField(_("computed"))

    objects = CustomerRankingQuerySet.as_manager()

    class Meta:
        verbose_name = _("ranking of a customer")
        verbose_name_plural = _("rankings of customers")
        ordering = ["-computed_at"]
        constraints = [
            models.UniqueConstraint(fields=["customer", "run"], name="customerranking_once"),
            models.CheckConstraint(
                condition=Q(product_ids__len=F("scores__len")) & Q(product_ids__len=F("sources__len")),
                name="customerranking_arrays_of_one_length",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.run_id}"


class PreparedList(models.Model):
    """What a shopper would be shown, made before they ask; taken only while nothing that counts is another.

    `outline`: the list as JSON. `version` of the pipeline and the rules, `stamp` of all that is stored of the
    shopper, `goods_stamp` of the products, which can all be bought. `lists_left`: how many lists may be shown
    after `counted_until` until one of these products has been shown too often.
    """

    customer = models.OneToOneField(
        Customer,
        verbose_name=_("customer"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="prepared_list",
    )
    version = models.CharField(_("version of the pipeline and the rules"), max_length=32)
    stamp = models.BigIntegerField(_("stamp of what is known of the shopper"))
    product_ids = ArrayField(models.BigIntegerField(), verbose_name=_("products"))
    goods_stamp = models.DecimalField(_("stamp of the products"), max_digits=24, decimal_places=0)
    lists_left = models.PositiveSmallIntegerField(_("lists until it is too often"))
    counted_until = models.DateTimeField(_("lists counted until"))
    outline = models.TextField(_("products and reasons"))
    prepared_at = models.DateTimeField(_("prepared"))
    good_until = models.DateTimeField(_("good until"), db_index=True)

    class Meta:
        verbose_name = _("prepared list")
        verbose_name_plural = _("prepared lists")
        ordering = ["-prepared_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(good_until__gt=F("prepared_at")), name="preparedlist_good_for_a_while"
            ),
        ]

    def __str__(self) -> str:
        return str(self.customer_id)


class ProductJudgement(models.Model):
    """How likely a language model held it that a customer wants a product; kept, because asking is dear.

    Only for customers with little history. `score` from 0 to 1, NULL where the reply was no score.
    `input_hash`: of the history that the model was told.
    """

    customer = models.ForeignKey(
        Customer, verbose_name=_("customer"), on_delete=models.CASCADE, related_name="judgements"
    )
    product = models.ForeignKey(
        Product, verbose_name=_("product"), on_delete=models.CASCADE, related_name="judgements"
    )
    score = models.FloatField(_("score"), null=True)
    writer = models.CharField(_("writer"), max_length=200)
    input_hash = models.CharField(_("hash of the history"), max_length=32)
    computed_at = models.DateTimeField(_("computed"))

    class Meta:
        verbose_name = _("judgement of a product")
        verbose_name_plural = _("judgements of products")
        ordering = ["customer", "-score"]
        constraints = [
            models.UniqueConstraint(fields=["customer", "product"], name="productjudgement_once"),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__range=(0, 1)), name="productjudgement_from_0_to_1"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.product_id} {self.score}"
