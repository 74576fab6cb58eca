"""`ddops.yaml`: the workspace, its orgs and its policy."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

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

    name: str = Field(default="", exclude=True)
    site: str = "datadoghq.com"
    subdomain: HostLabel | None = None
    api_key_env: Variable = "DD_API_KEY"
    app_key_env: Variable = "DD_APP_KEY"


class Policy(Model):
    """What the lint rules ask of every monitor."""

    required_tags: list[str] = Field(default_factory=list)
    tag_values: dict[str, list[str]] = Field(default_factory=dict)


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

    workspace: Name
    source_url: Url | None = None
    orgs: Annotated[dict[Name, OrgConfig], BeforeValidator(_named), Field(min_length=1)]
    policy: Policy = Field(default_factory=Policy)

    @property
    def setting(self) -> Setting:
        return Setting(workspace=self.workspace, source_url=self.source_url)
