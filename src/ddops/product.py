"""A product: what one team runs and is paged for. Its channels, routes and runbook."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from ddops.address import NAME


def shape(pattern: str, words: str) -> AfterValidator:
    """For an annotated `str` that `pattern` matches as a whole; `words` say in an error what the text is not."""
    whole = re.compile(pattern)

    def check(text: str) -> str:
        if whole.fullmatch(text) is None:
            raise ValueError(f"'{text if len(text) <= 60 else text[:59] + '…'}' is no {words}")
        return text

    return AfterValidator(check)


Name = Annotated[str, shape(NAME.pattern, "name: lower case letters, digits, '-' and '_'")]

State = Literal["alert", "warning", "no_data", "recovery", "renotify", "unknown"]
"""A state of a monitor that a route can be for; each has its conditional block in a message (`{{#is_alert}}` …)."""


class Model(BaseModel):
    """What people write: unknown fields are errors, and a number in quotes is not a number."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


# What may follow the `@` of a handle: it ends at white space, and a comma, brace or quote ends it too (reference:
# notifications, handle grammar).
HandleName = Annotated[
    str, shape(r"[^\s@#,{}'\"]+", "name for a handle: it holds no blank and none of @ # , { } ' \"")
]
Mailbox = Annotated[str, shape(r"[^\s@,{}'\"]+@[^\s@,{}'\"]+", "mail address")]


class Channel(Model):
    """Where a notification can go: exactly one of the ways, and for Slack the workspace where the org has several."""

    slack: HandleName | None = None
    workspace: HandleName | None = None
    pagerduty: HandleName | None = None
    email: Mailbox | None = None
    microsoft_teams: HandleName | None = None
    opsgenie: HandleName | None = None
    webhook: HandleName | None = None
    team: HandleName | None = None
    on_call: HandleName | None = None
    user: Mailbox | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ways = [name for name in _HANDLES if getattr(self, name) is not None]
        if len(ways) != 1:
            what = f"{' and '.join(ways)} stand together" if ways else "no way to notify"
            raise ValueError(f"{what}; a channel has exactly one of {', '.join(_HANDLES)}")
        if self.workspace is not None and self.slack is None:
            raise ValueError("`workspace` goes with `slack`")
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


class Route(Model):
    """Which channels hear about which states of which monitors.

    `match` maps a tag's key, or `priority`, `type` or `key`, to a value or a list of values; all must match.
    Without `states` the channels hear about every transition.
    """

    name: Name | None = None
    match: dict[str, str | int | list[str | int]] = Field(default_factory=dict)
    states: list[State] | None = Field(default=None, min_length=1)
    notify: list[str] = Field(min_length=1)
    opt_in: bool = False

    @model_validator(mode="after")
    def _opt_in_has_a_name(self) -> Self:
        if self.opt_in and self.name is None:
            raise ValueError("an `opt_in` route needs a `name` for monitors to ask for it by")
        return self


class Runbook(Model):
    """What to do when a monitor rings: a Markdown file of this repository, or a page elsewhere with its sections."""

    file: str | None = None
    url: str | None = None
    sections: list[str] | None = None

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

    hours: str
    timezone: str | None = None


class Product(Model):
    """products/NAME.yaml."""

    product: Name
    title: str
    description: str | None = None
    org: Name | Annotated[list[Name], Field(min_length=1)]
    team: str
    tags: dict[str, str] = Field(default_factory=dict)
    depends_on: list[str] = Field(default_factory=list)
    support: Support | None = None
    links: dict[str, str] = Field(default_factory=dict)
    runbook: Runbook | None = None
    vars: dict[Name, str | int | float | bool] = Field(default_factory=dict)
    channels: dict[Name, Channel] = Field(default_factory=dict)
    routes: list[Route] = Field(default_factory=list)

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


def anchor(heading: str) -> str:
    """The anchor that GitHub gives a heading: lower case, punctuation dropped, blanks as `-`."""
    return re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", heading.strip().lower()))


def sections(markdown: str) -> list[str]:
    """The anchors of a Markdown text's headings, in order; what stands in fenced code blocks is no heading."""
    prose = re.sub(r"^(```|~~~).*?^\1\s*$", "", markdown, flags=re.MULTILINE | re.DOTALL)
    return [anchor(match.group(2)) for match in HEADING.finditer(prose)]
