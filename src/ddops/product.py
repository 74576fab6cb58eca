"""A product: what one team runs and is paged for. Its channels, routes and runbook."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from ddops.address import NAME


@dataclass(frozen=True, slots=True)
class Shape(AfterValidator):
    """A check that a text has the form of `pattern`; a JSON schema has the pattern."""

    pattern: str

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {**handler(schema), "pattern": f"^(?:{self.pattern})$"}


def shape(pattern: str, words: str) -> Shape:
    """For an annotated `str` that `pattern` matches as a whole; `words` say in an error what the text is not."""
    whole = re.compile(pattern)

    def check(text: str) -> str:
        if whole.fullmatch(text) is None:
            raise ValueError(f"'{text if len(text) <= 60 else text[:59] + '…'}' is no {words}")
        return text

    return Shape(check, pattern)


Name = Annotated[str, shape(NAME.pattern, "name: lower case letters, digits, '-' and '_'")]

State = Literal["alert", "warning", "no_data", "recovery", "renotify", "unknown"]
"""A state of a monitor that a route can be for; each has its conditional block in a message (`{{#is_alert}}` …)."""


class Model(BaseModel):
    """What people write: unknown fields are errors, and a number in quotes is not a number."""

    # Built when it is first used: a plan of what did not change checks no spec.
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


# What may follow the `@` of a handle: it ends at white space, and a comma, brace or quote ends it too (reference:
# notifications, handle grammar).
HandleName = Annotated[str, shape(r"[^\s@#,{}'\"]+", "name for a handle: it holds no blank and none of @ # , { } ' \"")]
Mailbox = Annotated[str, shape(r"[^\s@,{}'\"]+@[^\s@,{}'\"]+", "mail address")]


WebPage = Annotated[str, shape(r"https?://\S+", "address of a web page: it starts with https://")]


class Channel(Model):
    """Where a notification can go: exactly one of the ways, and for Slack the workspace where the org has several.

    `url` is its page (a Slack archive, a PagerDuty service), which the software catalog links to.
    """

    slack: HandleName | None = Field(default=None, description="A Slack channel, without its `#`.")
    workspace: HandleName | None = Field(default=None, description="The Slack workspace, where the org has several.")
    pagerduty: HandleName | None = Field(default=None, description="A service of Datadog's PagerDuty integration.")
    email: Mailbox | None = Field(default=None, description="A mail address.")
    microsoft_teams: HandleName | None = Field(
        default=None, description="A connection of Datadog's Microsoft Teams integration."
    )
    opsgenie: HandleName | None = Field(default=None, description="A service of Datadog's Opsgenie integration.")
    webhook: HandleName | None = Field(default=None, description="A webhook of Datadog's webhooks integration.")
    team: HandleName | None = Field(default=None, description="A Datadog team.")
    on_call: HandleName | None = Field(default=None, description="A team of Datadog On-Call.")
    user: Mailbox | None = Field(default=None, description="A Datadog user, by mail address.")
    url: WebPage | None = Field(default=None, description="Its web page, for the software catalog.")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ways = [name for name in _HANDLES if getattr(self, name) is not None]
        if len(ways) != 1:
            what = f"{' and '.join(ways)} stand together" if ways else "no way to notify"
            raise ValueError(f"{what}; a channel has exactly one of {', '.join(_HANDLES)}")
        if self.workspace is not None and self.slack is None:
            raise ValueError("`workspace` goes with `slack`")
        if self.url is not None and self.way not in _WITH_PAGES:
            raise ValueError(f"`url` goes with {', '.join(_WITH_PAGES)}")
        return self

    @property
    def way(self) -> str:
        """`slack`, `pagerduty`, …"""
        return next(name for name in _HANDLES if getattr(self, name) is not None)

    @property
    def handle(self) -> str:
        """The `@handle` that a message notifies this channel by (reference: notifications, handle grammar)."""
        target = getattr(self, self.way)
        if self.workspace is not None:
            target = f"{self.workspace}-{target}"
        return f"@{_HANDLES[self.way]}{target}"


_HANDLES: Mapping[str, str] = {
    "slack": "slack-",
    "pagerduty": "pagerduty-",
    "email": "",
    "microsoft_teams": "teams-",
    "opsgenie": "opsgenie-",
    "webhook": "webhook-",
    "team": "team-",
    "on_call": "oncall-",
    "user": "",
}
"""Each way to notify, and what its handle begins with."""

_WITH_PAGES = ("slack", "pagerduty", "microsoft_teams", "opsgenie")
"""The ways whose other end has a web page that the software catalog can show."""


class Route(Model):
    """Which channels hear about which states of which monitors.

    `match` maps a tag's key, or `priority`, `type` or `key`, to a value or a list of values; all must match.
    Without `states` the channels hear about every transition.
    """

    name: Name | None = Field(default=None, description="By which a monitor can name it.")
    match: dict[str, str | int | list[str | int]] = Field(
        default_factory=dict,
        description="A tag's key, or `priority`, `type` or `key`, and the value or values that it must have.",
    )
    states: list[State] | None = Field(
        default=None, min_length=1, description="The states that it is for; without it every transition."
    )
    notify: list[str] = Field(min_length=1, description="Names of channels.")
    opt_in: bool = Field(default=False, description="Only for monitors that ask for it by name.")

    @model_validator(mode="after")
    def _opt_in_has_a_name(self) -> Self:
        if self.opt_in and self.name is None:
            raise ValueError("an `opt_in` route needs a `name` for monitors to ask for it by")
        return self


class Given(Model):
    """Of which monitors, and when: those of the product with this `monitor` as their key (with or without the
    `for_each` values behind it), this `priority`, and any further word as a tag (`env: prod`). A tag that the monitor
    lacks and its query is grouped by is the group's. `from` is the state before; `ok` where it is left out, `alert`
    before a recovery or a repetition."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, str | int]

    state: State
    monitor: str | None = None
    priority: int | None = None
    from_: Literal["ok", "alert", "warning", "no_data", "unknown"] | None = Field(default=None, alias="from")

    @model_validator(mode="after")
    def _changes(self) -> Self:
        if self.from_ == "ok" and self.state in ("recovery", "renotify"):
            raise ValueError(f"from `ok` there is no {self.state}: the monitor was well before")
        return self

    @property
    def tags(self) -> Mapping[str, str]:
        return {key: str(value) for key, value in (self.__pydantic_extra__ or {}).items()}


class RoutingTest(Model):
    """What the routes, and the messages, are to do: channels (or `@handles`) that hear, and that do not. An empty
    `notifies` says that nobody hears."""

    name: str | None = None
    given: Given
    notifies: list[str] | None = None
    not_notifies: list[str] = Field(default_factory=list)

    @model_validator(mode="after")
    def _expects_something(self) -> Self:
        if self.notifies is None and not self.not_notifies:
            raise ValueError("a test says who is notified (`notifies`), who is not (`not_notifies`), or both")
        return self


class Runbook(Model):
    """What to do when a monitor rings: a Markdown file of this repository, or a page elsewhere with its sections."""

    file: str | None = Field(
        default=None, description="A Markdown file of this repository; its headings are the sections."
    )
    url: str | None = Field(default=None, description="A page elsewhere.")
    sections: list[str] | None = Field(default=None, description="The anchors of the page elsewhere.")

    @model_validator(mode="after")
    def _file_or_url(self) -> Self:
        if (self.file is None) == (self.url is None):
            raise ValueError("a runbook is a `file` of this repository or a `url`, one of the two")
        if self.url is not None and self.sections is None:
            raise ValueError("a runbook elsewhere (`url`) names its `sections`")
        if self.file is not None and self.sections is not None:
            raise ValueError("the sections of a runbook `file` are its headings; leave `sections` out")
        return self

    def page(self, source_url: str | None) -> str:
        """Where people read it: the page elsewhere, or the repository's file as its host shows it."""
        if self.url is not None:
            return self.url
        return f"{source_url}/{self.file}" if source_url is not None else str(self.file)


class Support(Model):
    """When people answer."""

    hours: str = Field(description="For example `Mon-Fri 13:00-20:00`.")
    timezone: str | None = Field(default=None, description="For example `America/New_York`.")


NATIVE_KINDS = ("service", "system", "datastore", "queue", "api")
"""The kinds of entities that the software catalog brings along (the client's EntityV3…Kind)."""
EntityKind = Annotated[
    str,
    shape(
        rf"{'|'.join(NATIVE_KINDS)}|custom\.[a-z]+(?:[A-Z][a-z]*)*",
        f"kind of entity: {', '.join(NATIVE_KINDS)}, or the org's own, custom.NAME",
    ),
]
"""One of these, or one that the org made: `custom.library` (Datadog's own schema of v3)."""


class CatalogEntry(Model):
    """How the product stands in the software catalog, beside what the rest of its file says.

    `name` is its name there where that is not the `service` tag. `adopt` takes over an entity that is there already,
    `service:default/NAME`, or a map from org to that.
    """

    kind: EntityKind = "service"
    name: str | None = Field(default=None, min_length=1)
    namespace: str | None = Field(default=None, min_length=1)
    lifecycle: str | None = Field(default=None, min_length=1)
    tier: str | None = Field(default=None, min_length=1)
    type: str | None = None
    languages: list[str] = Field(default_factory=list)
    component_of: list[str] = Field(default_factory=list)
    repositories: list[WebPage] = Field(default_factory=list)
    adopt: str | dict[Name, str] | None = None

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        """What the client's models of each kind of entity have."""
        if self.languages and self.kind != "service":
            raise ValueError("`languages` goes with `kind: service`")
        if self.component_of and self.kind in ("system", "api"):
            raise ValueError(f"`component_of` does not go with `kind: {self.kind}`")
        if self.type is not None and self.kind == "system":
            raise ValueError("`type` does not go with `kind: system`")
        return self


class Product(Model):
    """products/NAME.yaml."""

    product: Name = Field(description="Its name; the file is products/NAME.yaml.")
    title: str = Field(description="Its name for people.")
    description: str | None = Field(default=None, description="One line on what it is.")
    org: Name | Annotated[list[Name], Field(min_length=1)] = Field(
        description="The org that its resources go to, or a list of them; a resource can say otherwise."
    )
    team: str = Field(description="Becomes the tag `team:…` of its resources.")
    tags: dict[str, str] = Field(default_factory=dict, description="Tags of its monitors and SLOs.")
    depends_on: list[str] = Field(default_factory=list, description="Upstream systems.")
    support: Support | None = Field(default=None, description="When people answer.")
    links: dict[str, str] = Field(
        default_factory=dict, description="Named links; `${product.links.NAME}` puts one into a text."
    )
    runbook: Runbook | None = Field(default=None, description="What to do when a monitor rings.")
    vars: dict[Name, str | int | float | bool] = Field(
        default_factory=dict, description="Texts and numbers that several specs share: `${product.vars.NAME}`."
    )
    channels: dict[Name, Channel] = Field(
        default_factory=dict, description="Where a notification can go, by names of your own."
    )
    routes: list[Route] = Field(
        default_factory=list, description="Every route that matches a monitor adds its channels."
    )
    routing: Literal["messages", "rules"] = Field(
        default="messages",
        description="`messages`: routes are handles in messages; `rules`: they are notification rules.",
    )
    tests: list[RoutingTest] = Field(default_factory=list)
    catalog: CatalogEntry | None = Field(
        default=None, description="How it stands in the software catalog; without it, it does not."
    )
    ignore: dict[str, Any] | list[Any] | str = Field(default_factory=dict)

    @model_validator(mode="after")
    def _routes_name_channels(self) -> Self:
        names = [route.name for route in self.routes if route.name is not None]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"two routes are called '{name}'")
        return self

    @property
    def orgs(self) -> list[str]:
        return [self.org] if isinstance(self.org, str) else list(dict.fromkeys(self.org))

    def variables(self, source_url: str | None) -> dict[str, Any]:
        """What `${product.…}` can name; `runbook` is the address of its page."""
        named = self.model_dump(include={"title", "description", "team", "tags", "links", "vars"}, exclude_none=True)
        return named if self.runbook is None else {**named, "runbook": self.runbook.page(source_url)}


HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$", re.MULTILINE)
_CODE = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1[`~]*\s*$|\Z)", re.MULTILINE | re.DOTALL)


def anchor(heading: str) -> str:
    """The anchor that GitHub gives a heading: lower case, punctuation dropped, blanks as `-`."""
    return re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", heading.strip().lower()))


def sections(markdown: str) -> list[str]:
    """The anchors of a Markdown text's headings, in order; what stands in fenced code blocks is no heading. GitHub
    numbers those that stand several times: `steps`, `steps-1`."""
    times: Counter[str] = Counter()
    found = []
    for match in HEADING.finditer(_CODE.sub("", markdown)):
        name = anchor(match.group(2))
        found.append(f"{name}-{times[name]}" if times[name] else name)
        times[name] += 1
    return found
