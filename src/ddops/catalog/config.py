"""`ddops.yaml`: the workspace, its orgs and its policy."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic.json_schema import SkipJsonSchema

from ddops.kinds.contract import Setting, refuse
from ddops.product import Model, Name, shape

FILE = "ddops.yaml"

Variable = Annotated[str, shape(r"[A-Za-z_][A-Za-z0-9_]*", "name of an environment variable")]
HostLabel = Annotated[
    str, shape(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?", "part of a host name: lower case letters, digits and '-'")
]
Url = Annotated[str, shape(r"https?://[^\s$]*[^/\s$]", "URL that starts with https:// and ends without '/'")]


class OrgConfig(Model):
    """An org. The keys themselves are in the environment, under the names that stand here."""

    name: SkipJsonSchema[str] = Field(default="", exclude=True)
    site: str = Field(
        default="datadoghq.com",
        description="Datadog's site that the org is on: datadoghq.com, datadoghq.eu, ddog-gov.com, …",
    )
    subdomain: HostLabel | None = Field(
        default=None, description="The org's own host name in front of the site; links to it read so."
    )
    api_key_env: Variable = Field(default="DD_API_KEY", description="The environment variable that holds the API key.")
    app_key_env: Variable = Field(
        default="DD_APP_KEY", description="The environment variable that holds the application key."
    )


class Policy(Model):
    """What the lint rules ask of every monitor."""

    required_tags: list[str] = Field(default_factory=list, description="Keys of tags that every monitor must carry.")
    tag_values: dict[str, list[str]] = Field(
        default_factory=dict, description="The values that a tag may have, by its key."
    )
    required_runbook: bool = Field(
        default=False, description="Whether every monitor that notifies somebody must say what to do."
    )
    environment_tags: list[str] = Field(
        default_factory=list,
        description="Keys of tags, beside env, that stand for one environment in a query, such as a cluster's.",
    )


TAKEN = ("sandbox", "all")
"""Words of the command line for the local org, and for every org."""


def _named(orgs: Any) -> Any:
    if not isinstance(orgs, dict):
        return orgs
    named = [name for name, org in orgs.items() if isinstance(org, dict) and "name" in org]
    refuse("orgs", [((name, "name"), "the key in front is the org's name; leave this out") for name in named])
    refuse(
        "orgs",
        [((name,), "the word means something else to ddops; take another name") for name in TAKEN if name in orgs],
    )
    return {name: {**org, "name": name} if isinstance(org, dict) else org for name, org in orgs.items()}


class Config(Model):
    """`source_url` is where a reader finds the repository's files; links to runbooks start with it."""

    workspace: Name = Field(description="Names this repository in the marker of every object that it owns.")
    source_url: Url | None = Field(
        default=None, description="Where a reader finds this repository's files; links to runbooks start with it."
    )
    orgs: Annotated[dict[Name, OrgConfig], BeforeValidator(_named), Field(min_length=1)] = Field(
        description="The orgs, by names of your own."
    )
    policy: Policy = Field(default_factory=Policy, description="What the lint rules ask of every monitor.")

    @property
    def setting(self) -> Setting:
        return Setting(workspace=self.workspace, source_url=self.source_url)
