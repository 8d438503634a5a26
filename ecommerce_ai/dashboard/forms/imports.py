from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext, gettext_lazy
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminSelectWidget

from ecommerce_ai.shop.services.importing import FORMAT_LABELS, FORMATS, KINDS, SUFFIXES


def content_choices() -> list[Any]:
    """What a file may hold: formats grouped by kind, as `kind:format`; the header decides on an empty one."""
    by_header = gettext_lazy("By its columns")
    return [
        ("", gettext_lazy("Choose what the file holds")),
        *(
            (
                KINDS[kind],
                [
                    (f"{kind}:", by_header),
                    *((f"{kind}:{name}", FORMAT_LABELS[name]) for name in formats),
                ],
            )
            for kind, formats in FORMATS.items()
        ),
    ]


class ImportForm(forms.Form):
    """A file and what it holds."""

    content = forms.ChoiceField(
        label=gettext_lazy("What the file holds"), choices=content_choices, widget=UnfoldAdminSelectWidget
    )
    file = forms.FileField(label=gettext_lazy("File"), widget=UnfoldAdminFileFieldWidget)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ",".join(
            sorted({Path(name).suffix for name in SUFFIXES})
        )
        self.fields["file"].help_text = gettext("%(suffixes)s, up to %(size)s") % {
            "suffixes": " ".join(SUFFIXES),
            "size": filesizeformat(settings.IMPORT_MAX_BYTES),
        }

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.IMPORT_MAX_BYTES:
            raise forms.ValidationError(
                gettext(
                    "The file has %(size)s; the limit is %(limit)s. Split it, or use manage.py import_data."
                )
                % {"size": filesizeformat(file.size), "limit": filesizeformat(settings.IMPORT_MAX_BYTES)}
            )
        return file

    def kind_and_format(self) -> tuple[str, str]:
        kind, _, format_name = self.cleaned_data["content"].partition(":")
        return kind, format_name
