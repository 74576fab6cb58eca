"""Which orgs a run talks to: real ones where there are keys, the sandbox where somebody has none yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ddops.catalog.config import OrgConfig
from ddops.catalog.nearest import unknown
from ddops.cli.environment import Environment
from ddops.errors import UsageError

if TYPE_CHECKING:
    from ddops.org.contract import Org

SANDBOX = "sandbox"
FOLDER = Path(".ddops")
"""Below the workspace's root: the sandbox's database, and what is only a cache."""
CACHE = FOLDER / "cache"
"""The workspace as it was compiled, and bodies that were read before."""
DATABASE = FOLDER / "sandbox.sqlite"


@dataclass(frozen=True, slots=True)
class Target:
    """What a run is for: `label` is the org's name, `sandbox`, or `all`; `orgs` those that it covers. `note` says why,
    where that was not asked for."""

    label: str
    orgs: Mapping[str, OrgConfig]
    note: str | None = None

    @property
    def is_sandbox(self) -> bool:
        return self.label == SANDBOX


def choose(org: str | None, orgs: Mapping[str, OrgConfig], environment: Environment) -> Target:
    """Decides where a run goes. Raises UsageError for an unknown org, and where keys are missing: a pipeline that lost
    its secrets must not pass by planning against nothing."""
    if org == SANDBOX:
        return Target(SANDBOX, orgs)
    if org is not None and org not in orgs:
        raise UsageError(unknown("org", org, [*orgs, SANDBOX]))
    wanted = orgs if org is None else {org: orgs[org]}
    names = [name for config in wanted.values() for name in (config.api_key_env, config.app_key_env)]
    missing = environment.missing(*names)
    if not missing:
        return Target("all" if len(wanted) > 1 else next(iter(wanted)), wanted)
    if org is None and not environment.is_ci and len(missing) == len(set(names)):
        return Target(SANDBOX, orgs, f"no keys in the environment: this is the local sandbox ({DATABASE}), not Datadog")
    ask = f"set {' and '.join(missing)}" + ("" if len(missing) > 1 else " as well")
    raise UsageError(f"keys are missing: {ask}, or use --org {SANDBOX} to work without a Datadog account")


@contextmanager
def connected(
    target: Target, root: Path, environment: Environment, progress: Callable[[str], None]
) -> Iterator[Mapping[str, Org]]:
    """The orgs of a target, connected; the sandbox runs as long as the block does."""
    from ddops.org.http import HttpOrg
    from ddops.org.site import api_url

    with ExitStack() as stack:
        sandbox = stack.enter_context(_sandbox(root)) if target.is_sandbox else None
        orgs: dict[str, Org] = {}
        for name, config in target.orgs.items():
            if sandbox is not None:
                # Each API key is an org of its own there.
                api_key, app_key, base_url = f"{SANDBOX}-{name}", SANDBOX, sandbox
            else:
                keys = environment.keys(config.api_key_env, config.app_key_env)
                api_key, app_key = keys.api, keys.app
                base_url = api_url(config, environment.api_url, environment.allowed_hosts)
            orgs[name] = stack.enter_context(
                HttpOrg(
                    config,
                    api_key=api_key,
                    app_key=app_key,
                    base_url=base_url,
                    cache=root / CACHE,
                    on_progress=progress,
                    is_sandbox=target.is_sandbox,
                )
            )
        yield orgs


@contextmanager
def _sandbox(root: Path) -> Iterator[str]:
    from ddops.sandbox.server import Sandbox

    (root / FOLDER).mkdir(exist_ok=True)
    with Sandbox(root / DATABASE) as sandbox:
        yield sandbox.url
