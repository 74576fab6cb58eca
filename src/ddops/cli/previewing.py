"""What a preview shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

from ddops.address import Address
from ddops.catalog.nearest import unknown
from ddops.cli.base import bases
from ddops.cli.environment import Environment
from ddops.cli.orgs import CACHE, choose, connected
from ddops.cli.planning import Workspace, let_go, meaning_of, workspace
from ddops.cli.reviewing import review
from ddops.errors import DdopsError, SpecError, UsageError
from ddops.meaning.selection import selected as about
from ddops.org.contract import Org, Series
from ddops.plan.change import Plan
from ddops.plan.limits import MAX_CHANGE
from ddops.plan.selection import selected, standing
from ddops.report import html
from ddops.report.contract import Review, Screen
from ddops.report.problems import problems
from ddops.report.text import summary

Answers = dict[tuple[str, str], tuple[tuple[int, int], tuple[Series, ...]]]
"""By org and query: the latest time asked about, and what the org said."""


@dataclass(frozen=True, slots=True)
class _Remembering:
    """The metrics of an org, where a query about the same time is asked once: an org takes only so many in an hour."""

    org: Org
    answers: Answers

    @property
    def is_sandbox(self) -> bool:
        return self.org.is_sandbox

    def series(self, query: str, start: int, end: int) -> tuple[Series, ...]:
        about, found = self.answers.get((self.org.name, query), ((0, 0), ()))
        if about != (start, end) or not found:
            found = self.org.series(query, start, end)
            self.answers[self.org.name, query] = (start, end), found
        return found


@dataclass(frozen=True, slots=True)
class Asked:
    """What a preview is of: `names` are addresses, or beginnings of some (`rms`, `rms/dashboard`); none for all that
    changes."""

    root: Path
    names: Sequence[str]
    org: str | None
    base: str | None
    environment: Environment
    remembered: Answers = field(default_factory=dict)
    """What orgs answered to metric queries: a save does not ask for the same again."""

    def review(self, here: Workspace, progress: Callable[[str], None]) -> Review:
        """The plan of the workspace. Raises what `ddops plan` raises, and UsageError for a name that nothing has."""
        (base,) = bases(self.root, self.base)
        target = choose(self.org, here.catalog.config.orgs, self.environment)
        with connected(target, self.root, self.environment, progress) as orgs:
            # All of it is planned, whatever is asked for: what a resource names may not be in the org yet.
            plan = here.plan(orgs, label=target.label, products=None, max_change=MAX_CHANGE, base=base)
            metrics = {name: _Remembering(org, self.remembered) for name, org in orgs.items()}
            if not self.names:
                return review(plan, here.findings, asking=metrics, progress=progress)
            self._refuse_unknown(plan)
            return review(
                selected(plan, self._wants),
                [one for one in here.findings if one.address is not None and self._wants(one.address)],
                meaning=about(meaning_of(plan), plan, self._wants),
                asking=metrics,
                standing=standing(plan, self._wants, orgs),
                progress=progress,
            )

    def _wants(self, address: Address) -> bool:
        return any(_begins(name, address) for name in self.names)

    def _refuse_unknown(self, plan: Plan) -> None:
        known = {one.address for one in plan.desired} | {one.address for one in plan.changes}
        for name in self.names:
            if not any(_begins(name, address) for address in known):
                raise UsageError(unknown("address", name, _names(known)))


@dataclass(frozen=True, slots=True)
class Page:
    """A whole HTML document, and what it says in a few lines for the terminal. `files` are those that it was made of,
    below the workspace's root, where they could be read."""

    html: str
    said: str
    files: Set[str] = frozenset()


def page(asked: Asked, progress: Callable[[str], None], *, is_first: bool) -> Page:
    """The page for the files as they are now. What is wrong with them, or with the org, is on it; what is wrong with
    the command line, if it is the first, is raised as UsageError."""
    try:
        return _page(asked, progress, is_first)
    finally:
        let_go()


def _page(asked: Asked, progress: Callable[[str], None], is_first: bool) -> Page:
    files: Set[str] = frozenset()
    try:
        here = workspace(asked.root, asked.root / CACHE)
        files = here.catalog.files.keys()
        found = asked.review(here, progress)
    except DdopsError as error:
        if isinstance(error, UsageError) and is_first:
            raise
        wrong = [str(one) for one in error.problems] if isinstance(error, SpecError) else [str(error)]
        return Page(problems(wrong), "\n".join(wrong), files)
    return Page(html.FORMAT.plan(found, Screen()), f"{found.plan.org}: {summary(found.plan)}", files)


def _begins(name: str, address: Address) -> bool:
    """Whether the address is the name, or goes on behind it: by a kind, a key, or the values of `for_each`."""
    return str(address) == name or str(address).startswith((f"{name}/", f"{name}."))


def _names(known: Iterable[Address]) -> set[str]:
    return {name for one in known for name in (one.product, f"{one.product}/{one.kind}", str(one))}
