from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanWidget,
)

from marketing.models import Campaign, Variant
from marketing.models.briefs import MESSAGES, PLACES
from marketing.selectors.links import is_own_path
from profiles.models import Segment

TIME = "%Y-%m-%dT%H:%M"
DAYS_OPEN = 3


class VariantChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Approved texts, by what they say."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.get_channel_display()} · {obj} · {obj.get_language_display()}"


class SegmentChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.shown_name} ({obj.size})"


def moment_field(label: Any, help_text: Any = "") -> forms.DateTimeField:
    widget = UnfoldAdminTextInputWidget(attrs={"type": "datetime-local"})
    widget.format_value = lambda value: value if isinstance(value, str) else local(value)
    return forms.DateTimeField(label=label, help_text=help_text, widget=widget, input_formats=[TIME])


def local(value: Any) -> str | None:
    """As a browser's field for a time takes it, in the shop's zone."""
    if value is None:
        return None
    aware = timezone.localtime(value) if timezone.is_aware(value) else value
    return str(aware.strftime(TIME))


class CampaignForm(forms.ModelForm):  # type: ignore[type-arg]
    """A draft. Only approved texts of channels that are sent or shown can be chosen, none for one shopper."""

    variant = VariantChoice(
        label=_("Approved text"), queryset=Variant.objects.none(), widget=UnfoldAdminSelectWidget
    )
    segment = SegmentChoice(
        label=_("Audience"),
        queryset=Segment.objects.none(),
        required=False,
        empty_label=_("Everybody who agreed to the channel"),
        widget=UnfoldAdminSelectWidget,
    )
    starts_at = moment_field(_("Starts"))
    ends_at = moment_field(_("Ends"), _("Nothing is sent later than this."))

    class Meta:
        model = Campaign
        fields = (
            "name",
            "variant",
            "segment",
            "holdout_percent",
            "link",
            "starts_at",
            "ends_at",
            "uses_preferred_hour",
            "attribution_days",
        )
        widgets = {
            "name": UnfoldAdminTextInputWidget,
            "link": UnfoldAdminTextInputWidget,
            "holdout_percent": UnfoldAdminTextInputWidget(attrs={"type": "number", "min": 0, "max": 50}),
            "attribution_days": UnfoldAdminTextInputWidget(attrs={"type": "number", "min": 1, "max": 30}),
            "uses_preferred_hour": UnfoldBooleanWidget,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sendable = Variant.objects.in_use().filter(channel__in=[*MESSAGES, *PLACES], brief__customer=None)
        self.fields["variant"].queryset = sendable.select_related("brief")  # type: ignore[attr-defined]
        self.fields["segment"].queryset = Segment.objects.not_empty()  # type: ignore[attr-defined]
        self.fields["name"].label = _("Name of the campaign")
        if not self.instance.pk:
            begin = (timezone.now() + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
            self.initial.setdefault("starts_at", begin)
            self.initial.setdefault("ends_at", begin + timedelta(days=DAYS_OPEN))

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"]
        if not is_own_path(link):
            raise forms.ValidationError(_("Give a page of the shop, beginning with /."))
        return link

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("The end has to come after the start."))
        is_for_all = cleaned.get("segment") is None
        self.instance.audience = Campaign.Audience.EVERYBODY if is_for_all else Campaign.Audience.SEGMENT
        return cleaned
