"""From a plan to what it means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import ddops.meaning.risks
from ddops.address import Address
from ddops.discovery import collect
from ddops.meaning.contract import Meaning, Notice, PlanMeaning, Risk, Severity, Together, worst_first
from ddops.meaning.differences import differences
from ddops.meaning.notices import notices
from ddops.meaning.risks.contract import Looked, RiskRule
from ddops.meaning.routes import routes
from ddops.meaning.watching import RULE
from ddops.plan.change import Action, Change, Plan

SEVERITIES = [*Severity]


def meaning(plan: Plan) -> PlanMeaning:
    """What the plan means. Simulates the monitors that it touches; asks nobody."""
    told = notices(plan)
    twice = Counter((change.org, change.address) for change in plan.changes)
    changes = tuple(_meaning(change, told, twice[(change.org, change.address)] > 1) for change in plan.changes)
    return PlanMeaning(
        changes=changes,
        notifications=_notifications(told),
        risks=_risks(plan.changes, changes),
        routing=routes(plan),
    )


def _meaning(change: Change, told: Mapping[tuple[str, Address], Sequence[Notice]], replaced: bool) -> Meaning:
    own, parts = differences(change)
    # A delete and a create of one address have their notices once, with the create.
    is_half = replaced and change.action is Action.DELETE
    looked = Looked(
        change=change,
        before=change.before or {},
        after=change.payload or {},
        replaced=replaced,
        differences=own,
        parts=parts,
        notices=() if is_half else tuple(told.get((change.org, change.address), ())),
    )
    found = [
        Risk(risk=name, severity=severity, message=message)
        for name, rule in risks().items()
        for severity, message in rule(looked)
    ]
    return Meaning(differences=own, parts=parts, notices=looked.notices, risks=worst_first(dict.fromkeys(found)))


@cache
def risks() -> Mapping[str, RiskRule]:
    """Every rule by its name."""
    return {name.replace("_", "-"): rule for name, rule in collect(ddops.meaning.risks, "RISK").items()}


def _notifications(told: Mapping[tuple[str, Address], Sequence[Notice]]) -> tuple[Together, ...]:
    """The lines of the monitors, those about paging first. The notices of a rule are about monitors that have their
    own."""
    found: dict[str, set[str]] = {}
    paging: set[str] = set()
    for (_, address), lines in told.items():
        for notice in lines if address.kind != RULE else ():
            found.setdefault(notice.text, set()).add(str(address))
            if any(one.pages for one in (*notice.gained, *notice.lost)):
                paging.add(notice.text)
    ranked = sorted(found.items(), key=lambda item: item[0] not in paging)
    return tuple(Together(text=text, addresses=tuple(sorted(where))) for text, where in ranked)


def _risks(changes: Iterable[Change], meanings: Iterable[Meaning]) -> tuple[Together, ...]:
    found: dict[tuple[Severity, str], dict[str, None]] = {}
    for change, one in zip(changes, meanings, strict=True):
        for risk in one.risks:
            found.setdefault((risk.severity, risk.message), {})[str(change.address)] = None
    ranked = sorted(found.items(), key=lambda item: SEVERITIES.index(item[0][0]))
    return tuple(
        Together(text=text, addresses=tuple(sorted(where)), severity=severity) for (severity, text), where in ranked
    )
