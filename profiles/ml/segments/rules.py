"""The rules of a segment as a typed tree: groups of conditions, so any formula of and / or / not fits."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Literal, TypeVar, get_args

Built = TypeVar("Built")

Match = Literal["all", "any"]
Operator = Literal["is", "is_not", "at_least", "at_most"]
NUMBER_OPERATORS = ("at_least", "at_most")
TEXT_TRAITS = ("country", "city", "language", "gender")
NUMBER_TRAITS = ("age", "known_days")
MEASURES = ("orders", "spent", "days_since_order", "value_12m", "churn_percent")
MAX_GROUPS, MAX_CONDITIONS, MAX_NUMBER = 10, 10, 10_000_000


class RuleError(ValueError):
    """Rules that cannot be read; the words name the place and what was expected there."""


@dataclass(frozen=True)
class Performed:
    """Did, or did not do, something so often within so many days or ever, about a shelf or a product."""

    kind: ClassVar[str] = "performed"
    action: str
    is_done: bool = True
    at_least: int = 1
    within_days: int | None = None
    category: str = ""
    sku: str = ""

    def __post_init__(self) -> None:
        expect(bool(self.action), "an action")
        expect(1 <= self.at_least <= MAX_NUMBER, "a count of 1 or more")
        expect(self.within_days is None or 1 <= self.within_days <= 36_500, "1 to 36,500 days")
        expect(not (self.category and self.sku), "a shelf or a product, not both")


@dataclass(frozen=True)
class Trait:
    """What the customer's row says; a condition on what is not known is not met."""

    kind: ClassVar[str] = "trait"
    name: str
    operator: Operator
    value: str | int

    def __post_init__(self) -> None:
        expect(self.name in (*TEXT_TRAITS, *NUMBER_TRAITS), "a trait that customers have")
        if self.name in TEXT_TRAITS:
            expect(self.operator in ("is", "is_not"), "is or is_not")
            expect(isinstance(self.value, str) and bool(self.value), "a text")
        else:
            expect(self.operator in NUMBER_OPERATORS, "at_least or at_most")
            expect(isinstance(self.value, int), "a whole number")


@dataclass(frozen=True)
class Tag:
    """An interest that the profile shows, such as category kitchen/mugs."""

    kind: ClassVar[str] = "tag"
    tag: str
    key: str
    is_shown: bool = True

    def __post_init__(self) -> None:
        expect(bool(self.tag and self.key), "a kind of tag and its key")


@dataclass(frozen=True)
class Measure:
    """A number of the profile, counted or predicted; customers without one do not match."""

    kind: ClassVar[str] = "measure"
    name: str
    operator: Operator
    value: float

    def __post_init__(self) -> None:
        expect(self.name in MEASURES, "a measure of the profile")
        expect(self.operator in NUMBER_OPERATORS, "at_least or at_most")
        expect(-MAX_NUMBER <= self.value <= MAX_NUMBER, "a plausible number")


@dataclass(frozen=True)
class Labelled:
    """A label of the profile holds (or not) with at least this probability; who has none does not match."""

    kind: ClassVar[str] = "label"
    label: str
    operator: Operator = "at_least"
    percent: int = 50

    def __post_init__(self) -> None:
        expect(bool(self.label), "the key of a label")
        expect(self.operator in NUMBER_OPERATORS, "at_least or at_most")
        expect(0 <= self.percent <= 100, "0 to 100 percent")


@dataclass(frozen=True)
class Share:
    """Customers whose hash falls between two percentages: always the same, others for another salt."""

    kind: ClassVar[str] = "share"
    salt: str
    from_percent: int = 0
    to_percent: int = 50

    def __post_init__(self) -> None:
        expect(bool(self.salt), "a name of the draw")
        expect(0 <= self.from_percent < self.to_percent <= 100, "percentages in order, 0 to 100")


Condition = Performed | Trait | Tag | Measure | Labelled | Share
KINDS: dict[str, type[Condition]] = {each.kind: each for each in get_args(Condition)}


@dataclass(frozen=True)
class Group:
    match: Match
    conditions: tuple[Condition, ...]

    def __post_init__(self) -> None:
        expect(self.match in get_args(Match), "all or any")
        expect(1 <= len(self.conditions) <= MAX_CONDITIONS, f"1 to {MAX_CONDITIONS} conditions")


@dataclass(frozen=True)
class Rules:
    match: Match
    groups: tuple[Group, ...]

    def __post_init__(self) -> None:
        expect(self.match in get_args(Match), "all or any")
        expect(1 <= len(self.groups) <= MAX_GROUPS, f"1 to {MAX_GROUPS} groups")


def parse_rules(json: Any) -> Rules:
    """`{"match", "groups": [{"match", "conditions": [{"kind", …}]}]}` as a tree; raises RuleError."""
    groups = tuple(
        parse_group(group, f"groups[{index}]") for index, group in enumerate(listed(json, "groups", "rules"))
    )
    return at("rules", lambda: Rules(json.get("match", "all"), groups))


def parse_group(json: Any, place: str) -> Group:
    conditions = tuple(
        parse_condition(each, f"{place}.conditions[{index}]")
        for index, each in enumerate(listed(json, "conditions", place))
    )
    return at(place, lambda: Group(json.get("match", "all"), conditions))


def parse_condition(json: Any, place: str) -> Condition:
    if not isinstance(json, dict) or json.get("kind") not in KINDS:
        raise RuleError(f"{place}: expected a condition of kind {', '.join(KINDS)}")
    fields = {key: value for key, value in json.items() if key != "kind"}
    return at(place, lambda: KINDS[json["kind"]](**fields))


def rules_as_json(rules: Rules) -> dict[str, Any]:
    """What `parse_rules` reads, without what stands at its default."""
    return {
        "match": rules.match,
        "groups": [
            {"match": group.match, "conditions": [condition_as_json(each) for each in group.conditions]}
            for group in rules.groups
        ],
    }


def condition_as_json(condition: Condition) -> dict[str, Any]:
    return {"kind": condition.kind, **asdict(condition)}


def listed(json: Any, key: str, place: str) -> list[Any]:
    found = json.get(key) if isinstance(json, dict) else None
    if not isinstance(found, list):
        raise RuleError(f"{place}: expected a list of {key}")
    return found


def at(place: str, build: Callable[[], Built]) -> Built:
    """What `build` makes; its errors name the place."""
    try:
        return build()
    except RuleError as error:
        raise RuleError(f"{place}: {error}") from error
    except TypeError as error:
        raise RuleError(f"{place}: fields are missing, unknown or of the wrong type") from error


def expect(is_met: bool, what: str) -> None:  # noqa: FBT001
    if not is_met:
        raise RuleError(f"expected {what}")
