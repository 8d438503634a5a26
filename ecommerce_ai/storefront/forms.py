from typing import Any

from babel import Locale
from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext_lazy as _

from ecommerce_ai.accounts.models import User
from ecommerce_ai.shop.services import Delivery

NO_COUNTRIES = {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"}


def country_choices() -> list[tuple[str, str]]:
    """ISO codes with their names in the reader's language, sorted by name."""
    names = Locale.parse(to_locale(get_language() or "en")).territories
    countries = ((code, name) for code, name in names.items() if len(code) == 2 and code.isalpha())
    return sorted(
        ((code, name) for code, name in countries if code not in NO_COUNTRIES), key=lambda pair: pair[1]
    )


def autocomplete(purpose: str, **attributes: str) -> dict[str, Any]:
    return {"autocomplete": purpose, **attributes}


class DeliveryForm(forms.Form):
    """Who gets the parcel, and where."""

    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(autocomplete("email")))
    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput(autocomplete("name")))
    address = forms.CharField(
        label=_("Address"),
        max_length=500,
        widget=forms.TextInput(autocomplete("street-address")),
        help_text=_("Street, house number, flat"),
    )
    postcode = forms.CharField(
        label=_("Postcode"), max_length=20, widget=forms.TextInput(autocomplete("postal-code"))
    )
    city = forms.CharField(
        label=_("Town or city"), max_length=120, widget=forms.TextInput(autocomplete("address-level2"))
    )
    country = forms.ChoiceField(
        label=_("Country"), choices=country_choices, widget=forms.Select(autocomplete("country"))
    )

    def delivery(self) -> Delivery:
        return Delivery(**self.cleaned_data)


class LogInForm(AuthenticationForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs.update(autocomplete("email", inputmode="email"))
        del self.fields["username"].widget.attrs["autofocus"]

    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": _("The e-mail and the password do not go together. Mind capital letters."),
    }


class SignUpForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=150, widget=forms.TextInput(autocomplete("name")))
    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(autocomplete("email")))
    password = forms.CharField(
        label=_("Password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(autocomplete("new-password")),
        help_text=_("At least eight characters."),
    )

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if User.objects.filter(email__iexact=email).exists():
            raise ValidationError(_("There is an account with this e-mail already. Log in instead."))
        return email

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        asker = User(email=self.cleaned_data.get("email", ""), first_name=self.cleaned_data.get("name", ""))
        password_validation.validate_password(password, asker)
        return password

    def save(self) -> User:
        given = self.cleaned_data
        return User.objects.create_user(given["email"], given["password"], first_name=given["name"])


class NewPasswordForm(PasswordChangeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["old_password"].widget.attrs["autofocus"]


class QuestionForm(forms.Form):
    body = forms.CharField(
        label=_("Your question"), max_length=1000, widget=forms.Textarea({"rows": 3, "maxlength": 1000})
    )
