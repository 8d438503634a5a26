"""A brief: goods, audience, channel, tone, offer. Products are found by words, without script too."""

import re
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from ecommerce_ai.shop.models import Category, Customer, Product
from marketing.models import Brief, Language
from marketing.selectors.briefs import customer_called, offers_now, products_called
from profiles.models import Segment

CHOSEN = 50


class BriefForm(forms.ModelForm):  # type: ignore[type-arg]
    find = forms.CharField(label=_("Find products"), required=False, widget=UnfoldAdminTextInputWidget)
    products = forms.ModelMultipleChoiceField(
        label=_("Products"),
        queryset=Product.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=Language.choices, initial=["en"], widget=forms.CheckboxSelectMultiple
    )
    person = forms.CharField(
        label=_("One shopper"),
        required=False,
        help_text=_("The shop's number or the e-mail, in place of a segment."),
        widget=UnfoldAdminTextInputWidget,
    )

    class Meta:
        model = Brief
        fields = (
            "name", "products", "shelf", "segment", "channel", "tone", "languages", "offer", "market",
            "must_say", "must_not_say", "writer",
        )  # fmt: skip
        widgets = {
            "name": UnfoldAdminTextInputWidget,
            "market": UnfoldAdminTextInputWidget,
            "must_say": UnfoldAdminTextareaWidget(attrs={"rows": 2}),
            "must_not_say": UnfoldAdminTextareaWidget(attrs={"rows": 2}),
            **dict.fromkeys(
                ("shelf", "segment", "channel", "tone", "offer", "writer"), UnfoldAdminSelectWidget
            ),
        }
        help_texts = {
            "must_say": _(
                "Your own sentences, divided by semicolons, each in its language. They are taken as so."
            ),
            "must_not_say": _("Words, divided by semicolons."),
        }

    def __init__(self, data: Any = None, *, may_see_people: bool, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.choose_among("shelf", Category.objects.order_by("path"), _("No shelf"))
        self.choose_among("segment", Segment.objects.not_empty().select_related("category"), _("Everybody"))
        self.choose_among("offer", offers_now(), _("No offer"))
        self.fields["products"].queryset = self.products_shown()  # type: ignore[attr-defined]
        if not may_see_people:
            del self.fields["person"]
        elif self.instance.customer_id:
            self.initial["person"] = self.instance.customer.external_id or self.instance.customer.email

    def choose_among(self, name: str, rows: QuerySet[Any], nothing: Any) -> None:
        field = self.fields[name]
        field.queryset, field.empty_label = rows, nothing  # type: ignore[attr-defined]

    def products_shown(self) -> QuerySet[Product]:
        """Those that are chosen, and those that the words find."""
        chosen = [pk for pk in self.chosen_products() if str(pk).isdigit()][:CHOSEN]
        words = (self.data.get("find", "") if self.is_bound else "").replace("\x00", "")[:100]
        found = [product.pk for product in products_called(words)]
        return Product.objects.filter(Q(pk__in=chosen) | Q(pk__in=found)).order_by("title", "pk")

    def chosen_products(self) -> list[Any]:
        if self.is_bound:
            return list(self.data.getlist("products"))  # type: ignore[attr-defined]
        if self.instance.pk:
            return list(self.instance.products.values_list("pk", flat=True))
        return list(self.initial.get("products", []))

    def clean_market(self) -> str:
        code = str(self.cleaned_data["market"]).upper()
        if code and not re.fullmatch(r"[A-Z]{2}", code):
            raise forms.ValidationError(_("The two letters of a country, such as DE."))
        return code

    def clean_person(self) -> Customer | None:
        number = self.cleaned_data["person"].strip()
        if not number:
            return None
        if found := customer_called(number):
            return found
        raise forms.ValidationError(_("No shopper has this number or e-mail."))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("products") and not cleaned.get("shelf"):
            self.add_error("find", _("Choose products, or a shelf."))
        if cleaned.get("person") and cleaned.get("segment"):
            self.add_error("person", _("Choose a segment or one shopper, not both."))
        if not self.errors and "person" in self.fields:
            self.instance.customer = cleaned.get("person")
        return cleaned
