"""Inferences about shoppers, rebuilt by `manage.py refresh`; beside them what people said about these."""

from profiles.models.interests import Interest, ProductTrait, TagRemoval, Taste, Trait
from profiles.models.labels import CustomerLabel, Label, LabelExample
from profiles.models.profiles import Profile, ProfileQuerySet
from profiles.models.risks import RiskAssessment
from profiles.models.values import CustomerValue

__all__ = [
    "CustomerLabel",
    "CustomerValue",
    "Interest",
    "Label",
    "LabelExample",
    "ProductTrait",
    "Profile",
    "ProfileQuerySet",
    "RiskAssessment",
    "TagRemoval",
    "Taste",
    "Trait",
]
