"""An OpenAPI document as rows for a page."""

import json
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Parameter:
    name: str
    place: str
    type: str
    is_required: bool
    description: str


@dataclass(frozen=True)
class Operation:
    """`example`: a body that the operation takes, as JSON text; empty where it takes none or tells none."""

    method: str
    path: str
    summary: str
    description: list[SafeString]
    parameters: list[Parameter]
    example: str
    statuses: list[str]


def operations_of(schema: dict[str, Any]) -> list[Operation]:
    """Every operation in the order of the schema."""
    return [
        operation(path, method, details)
        for path, methods in schema["paths"].items()
        for method, details in methods.items()
    ]


def operation(path: str, method: str, details: dict[str, Any]) -> Operation:
    body = details.get("requestBody", {}).get("content", {}).get("application/json", {})
    example = body.get("example")
    return Operation(
        method=method.upper(),
        path=path,
        summary=details.get("summary", ""),
        description=paragraphs(details.get("description") or details.get("summary", "")),
        parameters=[parameter(each) for each in details.get("parameters", [])],
        example=json.dumps(example, indent=2, ensure_ascii=False) if example else "",
        statuses=sorted(str(status) for status in details.get("responses", {})),
    )


def parameter(details: dict[str, Any]) -> Parameter:
    schema = details.get("schema", {})
    return Parameter(
        name=details["name"],
        place=details["in"],
        type=type_words(schema),
        is_required=bool(details.get("required")),
        description=details.get("description") or schema.get("description", ""),
    )


def type_words(schema: dict[str, Any]) -> str:
    """`string`, `integer or null`, `array of string`."""
    if choices := schema.get("anyOf"):
        return " or ".join(type_words(each) for each in choices)
    if schema.get("type") == "array":
        return f"array of {type_words(schema.get('items', {}))}"
    return str(schema.get("type") or schema.get("$ref", "").rpartition("/")[2] or "any")


def paragraphs(text: str) -> list[SafeString]:
    """A docstring for a page: blank lines divide, backticks mark code."""
    blocks = [" ".join(block.split()) for block in text.split("\n\n") if block.strip()]
    return [format_html_join("", "{}", ((span,) for span in spans(block))) for block in blocks]


def spans(block: str) -> list[SafeString]:
    parts = enumerate(block.split("`"))
    return [format_html("<code>{}</code>" if number % 2 else "{}", part) for number, part in parts]
