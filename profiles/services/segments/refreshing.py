"""Every segment brought up to date, and the merchant's own writes."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from profiles.ml.segments.rules import Rules, parse_rules, rules_as_json
from profiles.models import Segment
from profiles.selectors.segments.matching import matching_customers
from profiles.services.segments.learning import learn_segments
from profiles.services.segments.members import MemberChanges, update_members


@transaction.atomic
def save_segment(segment: Segment | None = None, *, name: str, rules: Rules) -> Segment:
    """A segment by rules, new or changed, with its members."""
    segment = segment or Segment()
    segment.name, segment.rules = name, rules_as_json(rules)
    segment.save()
    refresh_segment(segment)
    segment.refresh_from_db()
    return segment


def delete_segment(segment: Segment) -> None:
    """A segment goes, with its history."""
    segment.delete()


def refresh_segment(segment: Segment) -> MemberChanges:
    """Who meets a segment's rules now."""
    wanted = matching_customers(parse_rules(segment.rules))
    return update_members(segment, wanted=wanted, at=timezone.now())


def refresh_segments() -> dict[str, Any]:
    """Every segment, by rules and learned; says how many customers came and went."""
    changes = [refresh_segment(segment) for segment in Segment.objects.ruled()]
    learned = {str(family): learn_segments(family, at=timezone.now()) for family in Segment.Family}
    return {
        "segments": len(changes),
        "entered": sum(change.entered for change in changes),
        "left": sum(change.left for change in changes),
        **learned,
    }
