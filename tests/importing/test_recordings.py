"""Round trips of what the real API was sent and gave back, and of what Datadog ships: JSON → YAML → payload."""

from __future__ import annotations

import pytest

from ddops.kinds.contract import kinds
from ddops.plan.carry import carry
from ddops.plan.compare import differences
from tests.importing.recorded import RECORDED, found, imported, payload, shipped, workspace_at, writes

pytestmark = pytest.mark.skipif(not RECORDED.is_dir(), reason="there are no recordings here")

KINDS = [*kinds().values()]

NO_WHOLE_OBJECT = {
    ("monitor", "PUT", "type"): "an update that sends some of the fields; the API keeps the others",
    ("logs_metric", "PATCH", "id"): "an update that does not say the metric's name; it stands in the path",
}
"""Requests that no spec can be made of: (kind, method, the field that is missing), and why."""


@pytest.fixture
def here(workspace):
    return workspace_at(workspace.root)


def partial(kind, write):
    """Why a request is no whole object, None where it is one."""
    sent = write.request.get("data", write.request) if isinstance(write.request, dict) else {}
    for (name, method, field), why in NO_WHOLE_OBJECT.items():
        if (name, method) == (kind.name, write.method) and field not in sent:
            return why
    return None


@pytest.mark.timeout(300)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_request_comes_back_from_its_file_and_is_what_the_answer_holds(kind, here, record_property):
    lost, drifted, total, left_out = [], [], 0, 0
    for write in writes(kind):
        if partial(kind, write):
            left_out += 1
            continue
        total += 1
        one = found(kind, write.case, write.request)
        resource = imported(here, one)
        sent = payload(here, resource)
        # Both ways, as a field that only one of them sets is no difference to a plan where the spec leaves it out.
        if changes := (*differences(kind, sent, one.body), *differences(kind, one.body, sent)):
            lost.append((write.case, changes))
        if write.live is not None and (drift := differences(kind, carry(kind, sent, write.live)[0], write.live)):
            drifted.append((write.case, write.method, drift))
    record_property("round trips", f"{total - len(lost)}/{total}")
    print(f"\n{kind.name}: {total - len(lost)} of {total} requests come back, {total - len(drifted)} without drift")
    print(f"{left_out} are no whole objects")
    assert total > 0
    assert lost == []
    assert drifted == []


@pytest.mark.timeout(300)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_an_answer_becomes_a_file_that_plans_as_nothing_but_the_adoption(kind, here):
    total = 0
    for write in writes(kind):
        if write.live is not None:
            total += 1
            resource = imported(here, found(kind, write.case, write.live))
            assert [note for note in resource.notes if note.startswith("a plan will change")] == [], write.case
    print(f"\n{kind.name}: {total} answers")
    assert total > 0


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", ["dashboard", "monitor"])
def test_what_others_keep_comes_back_from_its_file(name, here):
    kind, lost, total, unchecked = kinds()[name], [], 0, {}
    for shipped_kind, where, body in shipped():
        if shipped_kind == name:
            total += 1
            one = found(kind, where, body)
            resource = imported(here, one)
            sent = payload(here, resource)
            if changes := (*differences(kind, sent, one.body), *differences(kind, one.body, sent)):
                lost.append((where, changes))
            if notes := [note for note in resource.notes if "not checked" in note]:
                unchecked[where] = notes
    print(f"\n{name}: {total - len(lost)} of {total} come back; not checked: {unchecked}")
    assert total > 0
    assert lost == []
