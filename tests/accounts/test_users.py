import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError

from ecommerce_ai.accounts.models import User
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["ada@shop.example", "ADA@Shop.Example"])
def test_a_person_signs_in_by_e_mail_in_any_case(typed: str) -> None:
    user = make_user(email="Ada@shop.example", password="correct horse 1")
    assert authenticate(username=typed, password="correct horse 1") == user


def test_a_wrong_password_signs_nobody_in() -> None:
    make_user(email="ada@shop.example")
    assert authenticate(username="ada@shop.example", password="guess") is None


def test_one_address_is_one_account_whatever_its_case() -> None:
    make_user(email="ada@shop.example")
    with pytest.raises(IntegrityError):
        User.objects.create(email="ADA@shop.example")


def test_a_superuser_is_staff() -> None:
    user = User.objects.create_superuser("root@shop.example", "correct horse 1")
    assert (user.is_staff, user.is_superuser, str(user)) == (True, True, "root@shop.example")
