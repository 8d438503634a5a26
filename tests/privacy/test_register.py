"""The register of personal data: complete, and true to the models."""

from django.apps import apps
from django.db.models import CharField, JSONField, Model, TextField

from ecommerce_ai.data_register import OnErasure
from ecommerce_ai.privacy.selectors.holdings import model_of, register


def fields_of(model: type[Model]) -> set[str]:
    return {field.name for field in model._meta.concrete_fields}


def test_every_field_of_every_model_is_declared() -> None:
    """Add it to `personal_data.py` of its app: is it about a person, and what becomes of it?"""
    declared = {label: set(entry.fields) for label, entry in register().items()}
    models = {model._meta.label: fields_of(model) for model in apps.get_models(include_auto_created=True)}
    missing = {
        label: sorted(fields - declared.get(label, set()))
        for label, fields in models.items()
        if fields - declared.get(label, set())
    }
    gone = {
        label: sorted(fields - models.get(label, set()))
        for label, fields in declared.items()
        if fields - models.get(label, set())
    }
    assert (missing, gone) == ({}, {})


def test_no_field_is_both() -> None:
    assert [label for label, entry in register().items() if entry.personal & entry.other] == []


def test_what_is_kept_for_the_books_can_be_emptied() -> None:
    kept = [entry for entry in register().values() if entry.keeping.on_erasure == OnErasure.KEEP]
    assert {entry.model for entry in kept} == {"shop.Order", "shop.Shipment"}
    fields = [model_of(entry)._meta.get_field(name) for entry in kept for name in entry.personal]
    assert all(field.null or isinstance(field, CharField | TextField | JSONField) for field in fields)
