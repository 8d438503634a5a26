"""One form for each kind of condition of a segment; each knows the condition that its fields mean."""

from functools import cached_property
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
)

from ecommerce_ai.shop.models import Category, Customer, Event, Order, Product
from profiles.models import Label
from profiles.models import Trait as ProductTrait
from profiles.selectors.interests import trait_label
from profiles.selectors.segments import (
    MEASURE_NAMES,
    OPERATORS,
    TEXT_TRAITS,
    TRAIT_NAMES,
    Condition,
    Labelled,
    Measure,
    Performed,
    Share,
    Tag,
    Trait,
)

Choice = tuple[str, str | Promise]
YES_NO = {"yes": True, "no": False}


class Choices:
    """What the selects of all conditions offer, asked of the database once for a page."""

    @cached_property
    def actions(self) -> list[Choice]:
        return [(name.value, name.label) for name in Event.Name]

    @cached_property
    def shelves(self) -> list[Choice]:
        indented = (
            (shelf.path, "\u2003" * shelf.path.count("/") + shelf.local_name)
            for shelf in Category.objects.all()
        )
        return [("", _("Anything")), *indented]

    @cached_property
    def tags(self) -> list[Any]:
        groups: dict[str, list[Choice]] = {}
        for trait in ProductTrait.objects.all():
            kind = str(ProductTrait.Kind(trait.kind).label)
            groups.setdefault(kind, []).append((f"{trait.kind}:{trait.key}", trait_label(trait)))
        return list(groups.items())

    @cached_property
    def labels(self) -> list[Choice]:
        return [(label.key, gettext(label.name)) for label in Label.objects.filter(is_live=True)]

    def values_of(self, trait: str) -> list[Choice]:
        """The values of a customer's field that occur."""
        found = set(Customer.objects.current().order_by().values_list(trait, flat=True).distinct())
        if trait == "country":
            found |= set(Order.objects.order_by().values_list("country", flat=True).distinct())
        names: dict[str, Any] = dict(Customer.Gender.choices) if trait == "gender" else {}
        return [(value, names.get(value, value)) for value in sorted(found - {""})]


class ConditionForm(forms.Form):
    """Fields of one condition; `condition()` of a valid form is what they mean."""

    def __init__(self, *args: Any, kind: str, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.choices = choices
        self.offer()

    @property
    def name(self) -> str:
        """What the condition is about, where the kind names it: `measure:orders` → orders."""
        return self.kind.partition(":")[2]

    def offer(self) -> None:
        """Fill the selects."""

    def condition(self) -> Condition:
        raise NotImplementedError


def select(label: Any, choices: Any = (), **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=UnfoldAdminSelectWidget, **options)


def number(label: Any, low: int, high: int, **options: Any) -> forms.IntegerField:
    widget = UnfoldAdminIntegerFieldWidget(attrs={"min": low, "max": high, "inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=low, max_value=high, widget=widget, **options)


class PerformedForm(ConditionForm):
    is_done = select(_("Did or did not"), [("yes", _("Did")), ("no", _("Did not"))], initial="yes")
    action = select(_("What"), initial=Event.Name.VIEW_ITEM.value)
    at_least = number(_("Times or more"), 1, 10_000, initial=1)
    within_days = number(_("In the last days"), 1, 36_500, required=False, initial=30)
    category = select(_("Shelf"), required=False)
    sku = forms.CharField(
        label=_("or product (SKU)"), required=False, max_length=64, widget=UnfoldAdminTextInputWidget
    )

    def offer(self) -> None:
        self.fields["action"].choices = self.choices.actions  # type: ignore[attr-defined]
        self.fields["category"].choices = self.choices.shelves  # type: ignore[attr-defined]

    def clean_sku(self) -> str:
        sku = str(self.cleaned_data["sku"]).strip()
        if sku and not Product.objects.filter(sku=sku).exists():
            raise forms.ValidationError(gettext("There is no product with this SKU."))
        return sku

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("category") and data.get("sku"):
            self.add_error("sku", gettext("Choose a shelf or a product, not both."))
        return data

    def condition(self) -> Performed:
        return Performed(**{**self.cleaned_data, "is_done": YES_NO[self.cleaned_data["is_done"]]})


class TextTraitForm(ConditionForm):
    operator = select(_("Compare"), [(name, OPERATORS[name]) for name in ("is", "is_not")])
    value = select(_("Value"))

    def offer(self) -> None:
        self.fields["value"].choices = self.choices.values_of(self.name)  # type: ignore[attr-defined]

    def condition(self) -> Trait:
        return Trait(name=self.name, **self.cleaned_data)


class NumberTraitForm(ConditionForm):
    operator = select(_("Compare"), [(name, OPERATORS[name]) for name in ("at_least", "at_most")])
    value = number(_("Value"), 0, 36_500)

    def condition(self) -> Trait:
        return Trait(name=self.name, **self.cleaned_data)


class MeasureForm(ConditionForm):
    operator = select(_("Compare"), [(name, OPERATORS[name]) for name in ("at_least", "at_most")])
    value = forms.FloatField(
        label=_("Value"), min_value=0, max_value=10_000_000, widget=UnfoldAdminDecimalFieldWidget
    )

    def condition(self) -> Measure:
        return Measure(name=self.name, **self.cleaned_data)


class TagForm(ConditionForm):
    is_shown = select(_("Likes or not"), [("yes", _("Likes")), ("no", _("Does not like"))], initial="yes")
    tag = select(_("Interest"))

    def offer(self) -> None:
        self.fields["tag"].choices = self.choices.tags  # type: ignore[attr-defined]

    def condition(self) -> Tag:
        kind, _colon, key = self.cleaned_data["tag"].partition(":")
        return Tag(tag=kind, key=key, is_shown=YES_NO[self.cleaned_data["is_shown"]])


class LabelForm(ConditionForm):
    label = select(_("Label"))
    operator = select(_("Compare"), [(name, OPERATORS[name]) for name in ("at_least", "at_most")])
    percent = number(_("Percent"), 0, 100, initial=50)

    def offer(self) -> None:
        self.fields["label"].choices = self.choices.labels  # type: ignore[attr-defined]

    def condition(self) -> Labelled:
        return Labelled(**self.cleaned_data)


class ShareForm(ConditionForm):
    salt = forms.CharField(
        label=_("Name of the draw"), max_length=60, widget=UnfoldAdminTextInputWidget, initial="draw-1"
    )
    from_percent = number(_("From percent"), 0, 99, initial=0)
    to_percent = number(_("To percent"), 1, 100, initial=50)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("from_percent"), data.get("to_percent")
        if first is not None and last is not None and first >= last:
            self.add_error("to_percent", gettext("Has to be more than where it begins."))
        return data

    def condition(self) -> Share:
        return Share(**self.cleaned_data)


def kind_choices() -> list[Any]:
    """Every kind of condition, grouped as a merchant thinks of them."""
    return [
        (_("What they did"), [("performed", _("Did or did not do something"))]),
        (_("Who they are"), [(f"trait:{name}", label) for name, label in TRAIT_NAMES.items()]),
        (_("What they like"), [("tag", _("Interest"))]),
        (_("Counted and predicted"), [(f"measure:{name}", label) for name, label in MEASURE_NAMES.items()]),
        (_("Labels"), [("label", _("Label with a probability"))]),
        (_("By chance"), [("share", _("Random share"))]),
    ]


def form_class(kind: str) -> type[ConditionForm] | None:
    """The form behind a kind; None for one that does not exist."""
    base, _colon, name = kind.partition(":")
    if base == "trait" and name in TRAIT_NAMES:
        return TextTraitForm if name in TEXT_TRAITS else NumberTraitForm
    if base == "measure" and name in MEASURE_NAMES:
        return MeasureForm
    plain = {"performed": PerformedForm, "tag": TagForm, "label": LabelForm, "share": ShareForm}
    return plain.get(kind)


def initial_of(condition: Condition) -> tuple[str, dict[str, Any]]:
    """The kind and the fields that mean this condition."""
    fields = dict(vars(condition))
    if isinstance(condition, Trait | Measure):
        return f"{condition.kind}:{fields.pop('name')}", fields
    for name in ("is_done", "is_shown"):
        if name in fields:
            fields[name] = "yes" if fields[name] else "no"
    if isinstance(condition, Tag):
        fields["tag"] = f"{condition.tag}:{fields.pop('key')}"
    return condition.kind, fields
