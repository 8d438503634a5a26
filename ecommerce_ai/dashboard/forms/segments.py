"""The rule builder: its own buttons add, change and remove rows, so it works without script."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from ecommerce_ai.dashboard.forms.conditions import (
    Choices,
    ConditionForm,
    form_class,
    initial_of,
    kind_choices,
)
from profiles.models import Segment
from profiles.selectors.segments import MAX_CONDITIONS, MAX_GROUPS, Condition, Group, Rules, parse_rules

FIRST_KIND = "performed"
ROW = re.compile(r"g(\d{1,4})-c(\d{1,4})-kind")


class NameForm(forms.Form):
    name = forms.CharField(
        label=pgettext_lazy("of a thing", "Name"), max_length=120, widget=UnfoldAdminTextInputWidget
    )


class MatchForm(forms.Form):
    match = forms.ChoiceField(
        label=_("Who meets"),
        choices=[("all", _("all of these")), ("any", _("any of these"))],
        widget=UnfoldAdminSelectWidget,
        initial="all",
    )


class KindForm(forms.Form):
    kind = forms.ChoiceField(label=_("Condition"), choices=kind_choices, widget=UnfoldAdminSelectWidget)


@dataclass
class Row:
    """One condition: which kind is chosen, and the fields of that kind."""

    prefix: str
    kind: KindForm
    condition: ConditionForm

    @property
    def shown(self) -> str:
        return self.condition.kind


@dataclass
class GroupRows:
    prefix: str
    match: MatchForm
    rows: dict[int, Row] = field(default_factory=dict)


class RuleBuilder:
    """Name, groups and conditions as posted, or as a segment has them, or one empty row.

    `is_valid()` checks everything; `rules()` of a valid one is what it says.
    """

    def __init__(self, data: Mapping[str, Any] | None = None, *, segment: Segment | None = None) -> None:
        self.data = data
        self.choices = Choices()
        self.groups: dict[int, GroupRows] = {}
        name = segment.name if segment else ""
        self.name = NameForm(data, prefix="segment", initial={"name": name})
        self.match = MatchForm(data, prefix="segment")
        if data is not None:
            self.read(data)
        elif segment:
            self.show(parse_rules(segment.rules))
        if not self.groups:
            self.add_group()

    def read(self, data: Mapping[str, Any]) -> None:
        """The rows that were posted, in the order of their numbers."""
        places = sorted((int(found[1]), int(found[2])) for key in data if (found := ROW.fullmatch(key)))
        for group, row in places[: MAX_GROUPS * MAX_CONDITIONS]:
            rows = self.groups.setdefault(group, GroupRows(f"g{group}", MatchForm(data, prefix=f"g{group}")))
            rows.rows[row] = self.posted_row(f"g{group}-c{row}", data)

    def posted_row(self, prefix: str, data: Mapping[str, Any]) -> Row:
        """Fields of a kind that was only just chosen were not on the page: they begin at their defaults."""
        kind = str(data.get(f"{prefix}-kind", ""))
        if form_class(kind) is None:
            kind = FIRST_KIND
        was_on_page = data.get(f"{prefix}-shown") == kind
        return self.row(prefix, kind, data=data if was_on_page else None)

    def row(
        self,
        prefix: str,
        kind: str = FIRST_KIND,
        *,
        data: Mapping[str, Any] | None = None,
        initial: dict[str, Any] | None = None,
    ) -> Row:
        fields = form_class(kind)
        assert fields is not None  # noqa: S101 (callers ask only for kinds that exist)
        form = fields(data, prefix=prefix, initial=initial, kind=kind, choices=self.choices)
        return Row(prefix, KindForm(prefix=prefix, initial={"kind": kind}), form)

    def show(self, rules: Rules) -> None:
        self.match = MatchForm(prefix="segment", initial={"match": rules.match})
        for number, group in enumerate(rules.groups):
            shown = GroupRows(f"g{number}", MatchForm(prefix=f"g{number}", initial={"match": group.match}))
            for place, condition in enumerate(group.conditions):
                kind, initial = initial_of(condition)
                shown.rows[place] = self.row(f"g{number}-c{place}", kind, initial=initial)
            self.groups[number] = shown

    def change(self, action: str) -> None:
        """What a button of the form asks for: `add-group`, `add:0`, `remove:0:2`; others change nothing."""
        verb, *places = action.split(":")
        numbers = [int(place) for place in places if place.isdecimal()]
        if verb == "add-group" and len(self.groups) < MAX_GROUPS:
            self.add_group()
        elif verb == "add" and len(numbers) == 1 and numbers[0] in self.groups:
            self.add_row(numbers[0])
        elif verb == "remove" and len(numbers) == 2 and numbers[0] in self.groups:
            self.remove_row(*numbers)

    def add_group(self) -> None:
        number = max(self.groups, default=-1) + 1
        self.groups[number] = GroupRows(f"g{number}", MatchForm(prefix=f"g{number}"))
        self.add_row(number)

    def add_row(self, number: int) -> None:
        rows = self.groups[number].rows
        if len(rows) < MAX_CONDITIONS:
            place = max(rows, default=-1) + 1
            rows[place] = self.row(f"g{number}-c{place}")

    def remove_row(self, number: int, place: int) -> None:
        self.groups[number].rows.pop(place, None)
        if not self.groups[number].rows:
            del self.groups[number]
        if not self.groups:
            self.add_group()

    @property
    def conditions(self) -> list[ConditionForm]:
        return [row.condition for group in self.groups.values() for row in group.rows.values()]

    def is_valid(self) -> bool:
        """Every row was filled in, and right; a name is needed to save, not to preview."""
        matches = [self.match, *(group.match for group in self.groups.values())]
        return all([form.is_valid() for form in [*matches, *self.conditions]])  # noqa: C419 (all show errors)

    def rules(self) -> Rules:
        return Rules(
            self.match.cleaned_data["match"],
            tuple(
                Group(group.match.cleaned_data["match"], conditions_of(group))
                for group in self.groups.values()
            ),
        )


def conditions_of(group: GroupRows) -> tuple[Condition, ...]:
    return tuple(row.condition.condition() for row in group.rows.values())
