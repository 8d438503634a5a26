"""What people decide about assessed risks; apart from what learns, so that pages load no model library."""

from django.utils import timezone

from ecommerce_ai.accounts.models import User
from profiles.models import RiskAssessment


def review_risk(assessment: RiskAssessment, *, status: str, reviewer: User, note: str = "") -> RiskAssessment:
    """A person's verdict; it teaches the model and does nothing to the order."""
    assessment.status, assessment.reviewed_by, assessment.note = status, reviewer, note or assessment.note
    assessment.reviewed_at = timezone.now()
    assessment.save(update_fields=["status", "reviewed_by", "note", "reviewed_at"])
    return assessment
