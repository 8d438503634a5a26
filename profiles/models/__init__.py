"""Inferences about shoppers, rebuilt by `manage.py refresh`; beside them what people said about these."""

from profiles.models.interests import (
    LEAST_WEIGHT,
    Interest,
    InterestQuerySet,
    ProductTrait,
    TagRemoval,
    Taste,
    Trait,
)
from profiles.models.labels import CustomerLabel, Label, LabelExample
from profiles.models.profiles import Profile, ProfileQuerySet
from profiles.models.readings import TextReading
from profiles.models.risks import RiskAssessment
from profiles.models.segments import Segment, SegmentMembership
from profiles.models.values import CustomerValue

__all__ = [
    "LEAST_WEIGHT",
    "CustomerLabel",
    "CustomerValue",
    "Interest",
    "InterestQuerySet",
    "Label",
    "LabelExample",
    "ProductTrait",
    "Profile",
    "ProfileQuerySet",
    "RiskAssessment",
    "Segment",
    "SegmentMembership",
    "TagRemoval",
    "Taste",
    "TextReading",
    "Trait",
]
