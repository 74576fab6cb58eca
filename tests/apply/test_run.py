"""How a plan is carried out, seen from the org: what is begun when, and what is not begun at all."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddops.address import Address
from ddops.apply.outcome import Outcome, Result
from ddops.apply.run import WORKERS, run
from ddops.errors import ApiError
from ddops.plan.change import Action, Change, Plan

MOST = 14


@dataclass
class Org:
    """Writes down what it is told, and refuses what concerns the `failing` objects. An object's id is its name."""

    failing: frozenset[str] = frozenset()
    name: str = "main"
    is_sandbox: bool = False
    events: list[tuple[str, str]] = field(default_factory=list)
    sent: dict[str, Any] = field(default_factory=dict)
    side_by_side: int = 0
    _lock: Any = field(default_factory=threading.Lock)
    _under_way: int = 0

    def _make(self, name: str, payload: Any = None) -> Any:
        with self._lock:
            self.events.append(("begin", name))
            self.sent[name] = payload
            self._under_way += 1
            self.side_by_side = max(self.side_by_side, self._under_way)
        with self._lock:
            self._under_way -= 1
            self.events.append(("end", name))
        if name in self.failing:
            raise ApiError("no", status=400, method="POST", path="/")
        return {"id": name}

    def create(self, kind: Any, payload: Any) -> Any:
        return self._make(payload["name"], payload)

    def update(self, kind: Any, object_id: str, payload: Any) -> Any:
        return self._make(object_id, payload)

    def delete(self, kind: Any, object_id: str) -> None:
        self._make(object_id)

    def url(self, kind: Any, object_id: str) -> str:
        return f"https://main.example.com/{object_id}"

    def read(self, *_: Any, **how: Any) -> Any:
        raise NotImplementedError

    def get(self, *_: Any) -> Any:
        raise NotImplementedError

    validate = handles = metrics = metric_tags = series = get


def change(number: int, action: Action, after: tuple[int, ...] = (), payload: Any = None) -> Change:
    name = str(number)
    return Change(
        address=Address("shop", "monitor", name),
        org="main",
        action=action,
        title=name,
        id=None if action is Action.CREATE else name,
        payload=None if action is Action.DELETE else {"name": name, **(payload or {})},
        after=after,
    )


def plan(*changes: Change) -> Plan:
    return Plan(
        org="main",
        workspace="acme",
        products=None,
        changes=changes,
        unchanged=0,
        managed={},
        notes=(),
        refusals=(),
        fingerprint="",
    )


def never() -> bool:
    return False


@st.composite
def plans(draw: Any) -> Plan:
    """Changes in order, each after some of those before it."""
    changes = []
    for number in range(draw(st.integers(0, MOST))):
        after = draw(st.frozensets(st.integers(0, number - 1), max_size=3)) if number else ()
        changes.append(change(number, draw(st.sampled_from(Action)), tuple(sorted(after))))
    return plan(*changes)


@settings(deadline=None)
@given(plans(), st.frozensets(st.integers(0, MOST).map(str), max_size=4))
def test_a_change_is_made_once_and_after_what_it_needs(made: Plan, failing: frozenset[str]) -> None:
    org, finished = Org(failing), list[Outcome]()
    outcomes = run(made, {"main": org}, finished.append, never)
    assert [outcome.change for outcome in outcomes] == list(made.changes)
    assert sorted(finished, key=lambda one: int(one.change.title)) == list(outcomes)
    begun = [name for event, name in org.events if event == "begin"]
    assert len(begun) == len(set(begun))
    for number, (one, outcome) in enumerate(zip(made.changes, outcomes, strict=True)):
        unmet = [need for need in one.after if outcomes[need].result is not Result.DONE]
        expected = Result.SKIPPED if unmet else Result.FAILED if str(number) in failing else Result.DONE
        assert outcome.result is expected
        assert (str(number) in begun) is (expected is not Result.SKIPPED)
        if unmet:
            assert outcome.because in [made.changes[need].address for need in unmet]
            continue
        at = org.events.index(("begin", str(number)))
        assert all(org.events.index(("end", str(need))) < at for need in one.after)


@settings(deadline=None)
@given(plans())
def test_a_create_waits_for_the_deletes_before_it(made: Plan) -> None:
    """The API refuses a monitor that equals one that is still there."""
    org = Org()
    run(made, {"main": org}, lambda outcome: None, never)
    for number, one in enumerate(made.changes):
        if one.action is Action.CREATE:
            at = org.events.index(("begin", str(number)))
            for earlier in made.changes[:number]:
                if earlier.action is Action.DELETE:
                    assert org.events.index(("end", earlier.title)) < at


@settings(deadline=None)
@given(plans(), st.integers(0, MOST))
def test_once_interrupted_nothing_new_is_begun(made: Plan, after: int) -> None:
    org, finished = Org(), list[Outcome]()
    outcomes = run(made, {"main": org}, finished.append, lambda: len(finished) >= after)
    begun = {name for event, name in org.events if event == "begin"}
    assert len(begun) < after + WORKERS + 1
    for outcome in outcomes:
        done = outcome.change.title in begun
        assert outcome.result is (Result.DONE if done else Result.NOT_REACHED)
        assert (outcome in finished) is done


def test_what_has_nothing_to_wait_for_runs_side_by_side() -> None:
    gate = threading.Barrier(WORKERS, timeout=10)

    class Slow(Org):
        def update(self, kind: Any, object_id: str, payload: Any) -> Any:
            gate.wait()
            return super().update(kind, object_id, payload)

    outcomes = run(
        plan(*(change(number, Action.UPDATE) for number in range(2 * WORKERS))),
        {"main": Slow()},
        lambda one: None,
        never,
    )
    assert all(outcome.result is Result.DONE for outcome in outcomes)


@pytest.mark.parametrize("action", [Action.UPDATE, Action.ADOPT, Action.CREATE])
def test_references_to_what_was_just_created_are_filled_in(action: Action) -> None:
    org = Org()
    text = "see ${monitor:shop/7.url} and ${monitor:shop/9}"
    ids = {"alert_id": "${monitor:shop/7}", "monitor_ids": ["${monitor:shop/7}"]}
    second = replace(change(8, action, (0,), {"message": text, **ids}), address=Address("shop", "slo", "8"))
    run(plan(change(7, Action.CREATE), second), {"main": org}, lambda one: None, never)
    assert org.sent["8"]["message"] == "see https://main.example.com/7 and ${monitor:shop/9}"
    assert (org.sent["8"]["alert_id"], org.sent["8"]["monitor_ids"]) == ("7", [7])


def test_ids_of_one_org_are_not_those_of_another() -> None:
    main, partner = Org(), Org(name="partner")
    there = replace(change(7, Action.CREATE), org="partner", payload={"name": "70"})
    here = change(7, Action.CREATE)
    users = [
        replace(change(8, Action.UPDATE, (0, 1), {"id": "${monitor:shop/7}"}), org=org) for org in ("main", "partner")
    ]
    run(plan(here, there, *users), {"main": main, "partner": partner}, lambda one: None, never)
    assert (main.sent["8"]["id"], partner.sent["8"]["id"]) == ("7", "70")


def test_an_outcome_says_what_is_there_now() -> None:
    def outcomes() -> Iterator[Outcome]:
        made = plan(*(change(number, action) for number, action in enumerate(Action)))
        yield from run(made, {"main": Org(frozenset("1"))}, lambda one: None, never)

    found = {outcome.change.action: (outcome.id, outcome.url, outcome.why) for outcome in outcomes()}
    assert found == {
        Action.CREATE: ("0", "https://main.example.com/0", None),
        Action.UPDATE: ("1", None, "POST /: 400 no"),
        Action.ADOPT: ("2", "https://main.example.com/2", None),
        Action.DELETE: (None, None, None),
    }
