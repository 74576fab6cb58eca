"""Executes exactly the plan it is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from ddops.address import Address
from ddops.apply.outcome import Outcome, Result
from ddops.errors import ApiError
from ddops.kinds.contract import Body, kinds
from ddops.org.contract import Org, object_id
from ddops.plan.change import Action, Change, Plan
from ddops.plan.resolve import resolve
from ddops.reference import Reference

WORKERS = 8
"""Writes side by side. More make Datadog's edge answer 512 (reference: API behaviour, rate limits)."""


def run(
    plan: Plan, orgs: Mapping[str, Org], finished: Callable[[Outcome], None], interrupted: Callable[[], bool]
) -> tuple[Outcome, ...]:
    """Makes the plan's changes and gives their outcomes in the plan's order.

    A change starts when all that it needs is done; one failure stops only what depends on it. Once `interrupted` says
    so nothing new is started, what is under way is finished, and the rest is `NOT_REACHED`. `finished` is called from
    this thread.
    """
    return _Run(plan, orgs, finished, interrupted).outcomes()


@dataclass(slots=True)
class _Run:
    plan: Plan
    orgs: Mapping[str, Org]
    finished: Callable[[Outcome], None]
    interrupted: Callable[[], bool]
    done: dict[int, Outcome] = field(default_factory=dict)
    created: dict[tuple[str, Address], str] = field(default_factory=dict)
    under_way: dict[Future[Outcome], int] = field(default_factory=dict)
    waiting: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.waiting = list(range(len(self.plan.changes)))

    def outcomes(self) -> tuple[Outcome, ...]:
        with ThreadPoolExecutor(max_workers=WORKERS) as pool:
            while len(self.done) < len(self.plan.changes):
                if not self.interrupted():
                    self._start(pool)
                elif not self.under_way:
                    break
                self._collect()
        return tuple(self.done.get(index) or _not_reached(change) for index, change in enumerate(self.plan.changes))

    def _start(self, pool: ThreadPoolExecutor) -> None:
        """Starts what can start. A create also waits for the deletes before it: the API refuses a monitor equal to one
        that is still there."""
        deleting = any(self.plan.changes[index].action is Action.DELETE for index in self.under_way.values())
        for index in list(self.waiting):
            if len(self.under_way) == WORKERS:
                return
            change = self.plan.changes[index]
            held_up = deleting and change.action is Action.CREATE
            deleting = deleting or change.action is Action.DELETE
            if held_up or not all(need in self.done for need in change.after):
                continue
            self.waiting.remove(index)
            missing = next((need for need in change.after if self.done[need].result is not Result.DONE), None)
            if missing is not None:
                self._finish(index, _skipped(change, self.done[missing]))
                continue
            self.under_way[pool.submit(self._make, change)] = index

    def _collect(self) -> None:
        if not self.under_way:
            return
        for future in wait(self.under_way, return_when=FIRST_COMPLETED).done:
            self._finish(self.under_way.pop(future), future.result())

    def _finish(self, index: int, outcome: Outcome) -> None:
        self.done[index] = outcome
        if outcome.change.action is Action.CREATE and outcome.id is not None:
            self.created[(outcome.change.org, outcome.change.address)] = outcome.id
        self.finished(outcome)

    def _make(self, change: Change) -> Outcome:
        org, kind = self.orgs[change.org], kinds()[change.address.kind]
        try:
            if change.action is Action.DELETE:
                assert change.id is not None
                org.delete(kind, change.id)
                return Outcome(change=change, result=Result.DONE)
            payload = self._payload(change)
            if change.id is None:
                live = org.create(kind, payload)
            else:
                live = org.update(kind, change.id, payload)
        except ApiError as error:
            return Outcome(change=change, result=Result.FAILED, id=change.id, url=change.url, why=str(error))
        found = object_id(live)
        return Outcome(change=change, result=Result.DONE, id=found, url=org.url(kind, found))

    def _payload(self, change: Change) -> Body:
        def found(reference: Reference) -> str | None:
            return self.created.get((change.org, reference.target))

        assert change.payload is not None
        return resolve(kinds()[change.address.kind], change.payload, found, self.orgs[change.org].url)


def _skipped(change: Change, missing: Outcome) -> Outcome:
    because = missing.change.address
    return Outcome(
        change=change, result=Result.SKIPPED, id=change.id, url=change.url, why=f"needs {because}", because=because
    )


def _not_reached(change: Change) -> Outcome:
    return Outcome(change=change, result=Result.NOT_REACHED, id=change.id, url=change.url, why="interrupted")
