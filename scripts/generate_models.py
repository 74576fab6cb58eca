"""Writes the models of dashboard widgets from the model classes of the installed datadog-api-client.

`make models` runs it. With a path as its argument it writes there, which is how the tests see that what is committed
is what comes out. What the API takes beyond the client's classes stands in the tables below, each with what shows it.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from inspect import Parameter, signature
from keyword import iskeyword
from pathlib import Path
from textwrap import indent
from typing import Any

from datadog_api_client.model_utils import ModelComposed, ModelNormal, ModelSimple
from datadog_api_client.v1.model.widget_definition import WidgetDefinition

TARGET = Path(__file__).parents[1] / "src" / "ddops" / "kinds" / "dashboard" / "generated.py"

HEADER = '''\
"""The models of dashboard widgets, one for each class of the datadog-api-client, by its name.

Written by scripts/generate_models.py (`make models`); not to be edited. A field that is left out is None.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from ddops.choice import Choice
from ddops.product import Model


class Generated(Model, defer_build=True):
    """Its validator is built when the first value needs it: of hundreds of models a run meets a few dozen."""


class Opaque(Generated, extra="allow"):
    """What the client has no class for: any field passes."""

'''

OPAQUE = {
    # Dashboards that ship with integrations have it (reference: dashboards, widgets).
    "CustomWidgetDefinition": "custom",
    # Old dashboards have it (reference: dashboards, widgets).
    "UptimeWidgetDefinition": "uptime",
}
"""Types of widgets that the API knows and the client does not."""

ELSEWHERE = {
    # widget.py checks what stands in a group: its widgets are never groups, and may be `unchecked`.
    "Widget": "Any",
}
"""Classes that are not generated, and what stands in their place."""

ANYTHING = "dict[str, Any]"

FIELDS: Mapping[str, Mapping[str, str]] = {
    # The switch "exclude missing" of a group by (appomni_events_overview.json, and 200 more queries).
    "FormulaAndFunctionEventQueryGroupBy": {"should_exclude_missing": "bool"},
    "FormulaAndFunctionEventQueryGroupByFields": {"should_exclude_missing": "bool"},
    # Fields that a query computes for itself (zscaler_web.json).
    "FormulaAndFunctionEventQueryDefinition": {"calculated_fields": f"list[{ANYTHING}]"},
    "ListStreamQuery": {"calculated_fields": f"list[{ANYTHING}]"},
    # How lines are told apart (redis_enterprise_active-active.json, auth0-api-usage.json).
    "TimeseriesRequestStyle": {"color_order": "str", "order_reverse": "bool"},
    "WidgetRequestStyle": {"color_order": "str", "order_reverse": "bool"},
    # What the monitors of a summary show beside their names (akamai_datastream_2_overview.json).
    "MonitorSummaryWidgetDefinition": {"last_triggered_format": "str", "show_status": "bool"},
    # Notes have had one (redis_enterprise-prometheus_node.json).
    "NoteWidgetDefinition": {"title": "str"},
    # Pivot tables (external_secrets_overview.json).
    "TableWidgetRequest": {
        "request_type": 'Literal["table"]',
        "rows": ANYTHING,
        "columns": f"list[{ANYTHING}]",
    },
}
"""Fields that the API takes and the client's classes lack, by class."""

TITLE = {"title_size": "str", "title_align": "WidgetTextAlign"}
"""What the UI saves with every title; some definitions of the client lack the one or the other (the split_group of
gravitee_apim.json)."""

OPTIONAL: Mapping[str, frozenset[str]] = {
    # Without `index` it is the first formula (TestAccDatadogDashboardV2SunburstSort).
    "WidgetFormulaSort": frozenset({"index"}),
}
"""Fields that the client calls required and the API does not need, by class."""

VARIANTS: Mapping[str, tuple[str, str]] = {
    # A colour for each value of a column, between two (redis_enterprise_shard.json).
    "WidgetConditionalFormat": ("WidgetConditionalFormatRange", 'type: Literal["range"]\npalette: str'),
    # The query of a pivot table (external_secrets_overview.json).
    "FormulaAndFunctionMetricQueryDefinition": (
        "FormulaAndFunctionMetricNameQueryDefinition",
        "data_source: FormulaAndFunctionMetricDataSource\nname: str\nmetric_name: str\nfilter: str | None = None",
    ),
}
"""Objects of another shape that stand wherever those of a class can, by that class: their names and their fields."""

BOUNDS = {
    "min_items": "min_length",
    "max_items": "max_length",
    "min_length": "min_length",
    "max_length": "max_length",
    "inclusive_minimum": "ge",
    "inclusive_maximum": "le",
    "exclusive_minimum": "gt",
    "exclusive_maximum": "lt",
}
"""The client's validations in pydantic's words. No class of a widget has another."""

PLAIN = {str: "str", bool: "bool", int: "int", float: "float", dict: "dict[str, Any]", list: "list[Any]"}


class Writer:
    """`blocks` are the definitions in an order in which each stands after those that it names."""

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self.known: set[str] = set()

    def annotation(self, about: Any) -> str:
        """The type of one value, as the client describes it: a class, `[item]`, `{str: (value,)}`, or a tuple of all
        that JSON can hold."""
        if isinstance(about, tuple):
            return self.annotation(about[0]) if len(about) == 1 else "Any"
        if isinstance(about, list):
            return f"list[{self.annotation(about[0])}]"
        if isinstance(about, dict):
            return f"dict[str, {self.annotation(about[str])}]"
        return PLAIN[about] if about in PLAIN else self.named(about)

    def named(self, client: Any) -> str:
        name: str = client.__name__
        if name in ELSEWHERE:
            return ELSEWHERE[name]
        if name not in self.known:
            self.known.add(name)
            if issubclass(client, ModelComposed):
                self.blocks.append(self.union(client))
            elif issubclass(client, ModelSimple):
                self.blocks.append(self.words(client))
            elif issubclass(client, ModelNormal):
                self.blocks.append(self.model(client))
                self.variant(name)
            else:
                raise TypeError(f"{name} is nothing that a widget has had so far")
        return f"Any{name}" if name in VARIANTS else name

    def variant(self, name: str) -> None:
        if name in VARIANTS:
            other, fields = VARIANTS[name]
            self.blocks.append(f"class {other}(Generated):\n" + indent(fields, "    "))
            self.blocks.append(f"Any{name} = Annotated[{name} | {other}, Choice(None, {name}, {other})]")

    def words(self, client: Any) -> str:
        values = sorted(client.allowed_values)
        return f"{client.__name__} = Literal[{', '.join(map(repr, values))}]"

    def union(self, client: Any) -> str:
        name = client.__name__
        options = list(flattened(client))
        names = list(dict.fromkeys(each for option in options for each in self.shapes(option)))
        if name == "WidgetDefinition":
            for opaque, word in OPAQUE.items():
                self.blocks.append(f"class {opaque}(Opaque):\n    type: Literal[{word!r}]")
                names.append(opaque)
        if not all(isinstance(option, type) and issubclass(option, ModelNormal) for option in options):
            return f"{name} = {' | '.join(names)}"
        by = telling(options)
        return f"{name} = Annotated[{' | '.join(names)}, Choice({by!r}, {', '.join(names)})]"

    def shapes(self, option: Any) -> Iterator[str]:
        """An option of a oneOf, and the variant that it has."""
        annotation = self.annotation(option)
        name = annotation.removeprefix("Any")
        yield from (name, VARIANTS[name][0]) if name in VARIANTS else (annotation,)

    def model(self, client: Any) -> str:
        described = Described(client)
        lines = [f"    {self.field(described, name)}" for name in described.types]
        lines += [f"    {name}: {annotation}" for name, annotation in described.added.items()]
        return f"class {client.__name__}(Generated):\n" + ("\n".join(lines) or "    pass")

    def field(self, described: Described, name: str) -> str:
        annotation = self.annotation(described.types[name])
        if described.nullable(name):
            annotation += " | None"
        json_name = described.names[name]
        arguments = [f"{BOUNDS[rule]}={limit}" for rule, limit in described.rules.get(name, {}).items()]
        python_name = json_name
        if iskeyword(json_name):
            python_name = f"{json_name}_"
            arguments.append(f"alias={json_name!r}")
        if name in described.required:
            return f"{python_name}: {annotation}" + (f" = Field({', '.join(arguments)})" if arguments else "")
        # The client lets a null pass wherever a field can be left out.
        optional = annotation if annotation.endswith("| None") or annotation == "Any" else f"{annotation} | None"
        return f"{python_name}: {optional} = " + (
            f"Field(default=None, {', '.join(arguments)})" if arguments else "None"
        )


class Described:
    """What a class of the client says of its fields, by the client's own names for them."""

    def __init__(self, client: Any) -> None:
        self.client = client
        self.types: Mapping[str, Any] = own(client, "openapi_types")
        self.names: Mapping[str, str] = client.attribute_map
        self.rules: Mapping[str, Mapping[str, Any]] = client.validations
        added = dict(FIELDS.get(client.__name__, {}))
        if "title" in {*self.names, *added} and client.__name__.endswith("WidgetDefinition"):
            added = {**TITLE, **added}
        self.added = {name: f"{kind} | None = None" for name, kind in added.items() if name not in self.names}

    @cached_property
    def required(self) -> set[str]:
        parameters = list(signature(self.client.__init__).parameters.values())[1:]
        needed = {one.name for one in parameters if one.default is one.empty and one.kind is not Parameter.VAR_KEYWORD}
        return needed - OPTIONAL.get(self.client.__name__, frozenset())

    def nullable(self, name: str) -> bool:
        kind = self.types[name][0]
        return isinstance(kind, type) and bool(getattr(kind, "_nullable", False))


def own(client: Any, name: str) -> Any:
    """A property of a class of the client; some are computed for an instance, and need nothing of it."""
    value = client.__dict__.get(name, {})
    return value._fn(None) if hasattr(value, "_fn") else value


def flattened(client: Any) -> Iterator[Any]:
    """The options of a oneOf, those of another oneOf among them."""
    for option in client._composed_schemas["oneOf"]:
        if isinstance(option, type) and issubclass(option, ModelComposed):
            yield from flattened(option)
        else:
            yield option


def telling(options: Iterable[Any]) -> str | None:
    """The field that tells the options of a oneOf apart best: required and of fixed words in each of them."""
    spread: dict[str, set[tuple[str, ...]]] = {}
    options = list(options)
    for option in options:
        described = Described(option)
        for name in described.required:
            kind = described.types[name][0]
            if isinstance(kind, type) and issubclass(kind, ModelSimple) and kind.allowed_values:
                words = spread.setdefault(described.names[name], set())
                words.add(tuple(sorted(map(str, kind.allowed_values))))
    everywhere = [name for name in spread if all(name in fixed_fields(option) for option in options)]
    best = max(everywhere, key=lambda name: (len(spread[name]), name), default=None)
    return best if best is not None and len(spread[best]) > len(options) / 2 else None


def fixed_fields(option: Any) -> set[str]:
    described = Described(option)
    return {described.names[name] for name in described.required if not isinstance(described.types[name][0], list)}


def source() -> str:
    writer = Writer()
    writer.named(WidgetDefinition)
    return HEADER + "\n\n".join(writer.blocks) + "\n"


def main(target: Path) -> None:
    target.write_text(source())
    ruff = Path(sys.executable).with_name("ruff")
    subprocess.run([ruff, "format", "--quiet", "--config", TARGET.parents[4] / "pyproject.toml", target], check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET)
