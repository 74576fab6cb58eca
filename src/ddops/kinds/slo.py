"""Service level objectives.

Names in brackets are recorded cases or sections of the reference's page on SLOs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from ddops import reference
from ddops.kinds.contract import Body, Endpoint, Json, Kind, Normal, Paging, Setting, Spec, refuse, tags, without
from ddops.location import NodePath
from ddops.marking import InTags
from ddops.product import Model
from ddops.wire import plain

Text = Annotated[str, Field(min_length=1)]
Percent = Annotated[float, Field(gt=0, lt=100)]
Timeframe = Literal["7d", "30d", "90d"]
Fault = tuple[NodePath, str]

READ_ONLY = frozenset(
    {
        # On every answer [test_create_an_slo_object_returns_ok_response].
        *("id", "creator", "created_at", "modified_at", "type_id", "monitor_tags"),
        *("thresholds[].target_display", "thresholds[].warning_display"),
        # With `with_configured_alert_ids=true`, and in searches [2.2].
        *("configured_alert_ids", "overall_status", "status"),
    }
)
"""Fields that the server alone writes."""


def _monitor_id(value: Any) -> Any:
    if isinstance(value, str):
        found = reference.parse(value)
        if found is None or found.target.kind != "monitor" or found.url:
            raise ValueError(f"'{value}' is neither a monitor's id nor a reference `${{monitor:KEY}}`")
    return value


MonitorId = Annotated[int | str, BeforeValidator(_monitor_id)]


class Threshold(Model):
    timeframe: Timeframe = Field(description="The window, rolling.")
    target: Percent = Field(description="Percent that must be good.")
    warning: Percent | None = Field(default=None, description="Percent below which it warns; above the target.")

    @model_validator(mode="after")
    def _warns_before(self) -> Self:
        if self.warning is not None and self.warning <= self.target:
            reason = f"{self.warning:g} must be above the target {self.target:g}: it warns before the target is missed"
            refuse("threshold", [(("warning",), reason)])
        return self


class Ratio(Model):
    """Good events over all events."""

    numerator: Text = Field(description="Good events.")
    denominator: Text = Field(description="All events.")


class Query(BaseModel):
    """A query that a formula names; what belongs to its data source passes as it is."""

    model_config = ConfigDict(extra="allow", strict=True, frozen=True)

    data_source: str
    name: Text


class Formula(Model):
    formula: Text


class Count(Model):
    """Good events, and either bad ones or all."""

    good_events_formula: Formula
    bad_events_formula: Formula | None = None
    total_events_formula: Formula | None = None
    queries: Annotated[list[Query], Field(min_length=1)]

    @model_validator(mode="after")
    def _bad_or_total(self) -> Self:
        if (self.bad_events_formula is None) == (self.total_events_formula is None):
            raise ValueError("has `bad_events_formula` or `total_events_formula`, one of the two")
        return self


class TimeSliceQuery(Model):
    formulas: Annotated[list[Formula], Field(min_length=1, max_length=1)]
    queries: Annotated[list[Query], Field(min_length=1)]


class TimeSlice(Model):
    """A slice of time is good where the query compares so with the threshold."""

    comparator: Literal[">", ">=", "<", "<="]
    threshold: float = Field(description="What the query is compared with.")
    query: TimeSliceQuery
    query_interval_seconds: Literal[60, 300] | None = Field(default=None, description="The length of a slice.")


class SliSpecification(Model):
    count: Count | None = None
    time_slice: TimeSlice | None = None


class Slo(Model):
    name: Text = Field(description="Its title.")
    type: Literal["metric", "monitor", "time_slice"] = Field(
        description="`metric`: events; `monitor`: uptime of monitors; `time_slice`: time in which a query is good."
    )
    description: str | None = Field(default=None, description="What is promised, and why so much.")
    tags: list[Text] | None = Field(default=None, description="Its own tags; the product's are added.")
    thresholds: Annotated[list[Threshold], Field(min_length=1, max_length=3)] = Field(
        description="The target of each timeframe."
    )
    timeframe: Timeframe | None = Field(default=None, description="The primary one of `thresholds`.")
    target_threshold: Percent | None = None
    warning_threshold: Percent | None = None
    query: Ratio | None = Field(default=None, description="Of type `metric`: good events over all.")
    sli_specification: SliSpecification | None = Field(
        default=None, description="Of types `metric` and `time_slice`: formulas and queries."
    )
    monitor_ids: list[MonitorId] | None = Field(
        default=None, description="Of type `monitor`: ids, or `${monitor:KEY}`."
    )
    groups: Annotated[list[str], Field(max_length=100)] | None = Field(
        default=None, description="Of one monitor that is grouped: the groups that count."
    )

    @model_validator(mode="before")
    @classmethod
    def _pasted(cls, body: Any) -> Any:
        """What the UI exports can be pasted: fields that the server alone writes are passed over."""
        return without(body, READ_ONLY) if isinstance(body, dict) else body

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        refuse("slo", [*self._type_faults(), *self._threshold_faults(), *self._tag_faults()])
        return self

    def _type_faults(self) -> Iterable[Fault]:
        """The server's words: `Invalid payload: must specify the query for count types`, `… monitor_ids` [2.2]."""
        sli = self.sli_specification
        if self.type == "metric" and self.query is None and (sli is None or sli.count is None):
            yield ("type",), "an SLO of type `metric` needs `query` or `sli_specification.count`"
        if self.type == "monitor" and not self.monitor_ids:
            yield ("type",), "an SLO of type `monitor` needs `monitor_ids`"
        if self.type == "time_slice" and (sli is None or sli.time_slice is None):
            yield ("type",), "an SLO of type `time_slice` needs `sli_specification.time_slice`"
        foreign = {
            ("query",): (self.query, "metric"),
            ("sli_specification", "count"): (sli and sli.count, "metric"),
            ("sli_specification", "time_slice"): (sli and sli.time_slice, "time_slice"),
            ("monitor_ids",): (self.monitor_ids, "monitor"),
            ("groups",): (self.groups, "monitor"),
        }
        for place, (value, owner) in foreign.items():
            if value and self.type != owner:
                yield place, f"goes with an SLO of type `{owner}`, not `{self.type}`"

    def _threshold_faults(self) -> Iterable[Fault]:
        timeframes = [threshold.timeframe for threshold in self.thresholds]
        for index, timeframe in enumerate(timeframes):
            if timeframe in timeframes[:index]:
                yield ("thresholds", index, "timeframe"), f"two thresholds are for {timeframe}"
        if self.timeframe is not None and self.timeframe not in timeframes:
            yield ("timeframe",), f"is that of no threshold; there is {', '.join(timeframes)}"

    def _tag_faults(self) -> Iterable[Fault]:
        for index, tag in enumerate(self.tags or ()):
            if tag != tag.lower():
                yield ("tags", index), f"'{tag}': the tags of an SLO are lower case, '{tag.lower()}'"


def payload(spec: Spec, setting: Setting) -> Body:
    """The API's fields in the order of the spec, with the product's tags in lower case."""
    body = {**without(spec.body, READ_ONLY)}
    body["tags"] = list(dict.fromkeys(tag.lower() for tag in tags(spec)))
    return body


def _count(body: Body) -> Json:
    return (body.get("sli_specification") or {}).get("count")


def _derived(payload: Body, live: Body) -> Iterator[str]:
    """A payload has one form of a metric SLO's query; the server writes the other from it, so that newer answers have
    both, older ones only `query` [2.1]. The form that both sides have is compared."""
    if _count(payload) and _count(live) and not payload.get("query"):
        yield "query"
    elif not _count(payload) or not _count(live):
        yield "sli_specification.count"


def _with_query(body: Body) -> Body:
    """Beside a count the `query` that the server derives from it: the formulas with their queries in place, all events
    as `(good) + (bad)` where only bad ones are counted [2.1]."""
    count = _count(body)
    if not count or body.get("query"):
        return body
    texts = {query["name"]: str(query.get("query", "")) for query in count.get("queries") or ()}

    def inlined(field: str) -> str:
        formula = (count.get(field) or {}).get("formula", "")
        return _NAME.sub(lambda match: texts.get(match.group(), match.group()), formula)

    good = inlined("good_events_formula")
    total = inlined("total_events_formula") or f"({good}) + ({inlined('bad_events_formula')})"
    return {**body, "query": {"numerator": good, "denominator": total}}


_NAME = re.compile(r"[A-Za-z_]\w*")


def refers(live: Body) -> Iterator[tuple[str, str]]:
    """The monitors that a monitor SLO counts."""
    yield from (("monitor", str(found)) for found in live.get("monitor_ids") or ())


def derived(live: Body) -> Iterator[str]:
    """The primary window is that of a threshold, and `query` says what a count says [2.1]."""
    windows = {threshold.get("timeframe"): threshold for threshold in live.get("thresholds") or ()}
    primary = windows.get(live.get("timeframe"), {})
    if primary.get("target") == live.get("target_threshold") and primary.get("warning") == live.get(
        "warning_threshold"
    ):
        yield from ("timeframe", "target_threshold", "warning_threshold")
    if _count(live):
        yield "query"


KIND = Kind(
    name="slo",
    collection="slos",
    model=Slo,
    payload=payload,
    endpoint=Endpoint(
        collection="/api/v1/slo",
        item="/api/v1/slo/{id}",
        paging=Paging(start="offset", size="limit", most=1000, by="offset"),
        listed="data",
        wire=plain("data"),
        modified="modified_at",
        author="creator.handle",
        find="tags_query",
    ),
    normal=Normal(
        read_only=READ_ONLY,
        absent={
            # Null and missing come back as an empty text, or list [2.1].
            "description": ("", None),
            "tags": ([], None),
            # Only returned where there are any.
            "groups": ([], None),
            "monitor_ids": ([], None),
            "query": (None,),
            "sli_specification": ({}, None),
            "thresholds[].warning": (None,),
            "warning_threshold": (None,),
            # Added where it is not sent (TestAccDatadogServiceLevelObjective_TimeSlice).
            "sli_specification.time_slice.query_interval_seconds": (300,),
        },
        # Tags come back in another order [2.1]. Thresholds are one for each timeframe, in whatever order.
        unordered=frozenset({"tags", "groups", "monitor_ids", "thresholds"}),
        trimmed=frozenset({"name"}),
        # The primary window: filled from the first threshold where they are absent.
        if_set=frozenset({"timeframe", "target_threshold", "warning_threshold"}),
        conditional=_derived,
        rewritten=_with_query,
    ),
    # PUT takes the whole object; an empty text makes sure of the description.
    blank={"description": ""},
    replaced_by=frozenset({"type"}),
    id_as_number=frozenset({"monitor_ids"}),
    marking=InTags(),
    refers=refers,
    derived=derived,
    web="/slo?slo_id={id}",
)
