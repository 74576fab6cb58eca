"""Synthetic tests: of APIs, in browsers, on phones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ddops.kinds.contract import Body, Endpoint, Json, Kind, Paging
from ddops.kinds.synthetics_test.continued import continued
from ddops.kinds.synthetics_test.model import SyntheticsTest
from ddops.kinds.synthetics_test.normal import NORMAL
from ddops.kinds.synthetics_test.payload import payload
from ddops.marking import InTags
from ddops.wire import plain

TESTS = "/api/v1/synthetics/tests"


def deletion(object_id: str) -> tuple[str, str, Json]:
    """Tests are deleted by a list of ids."""
    return "POST", f"{TESTS}/delete", {"public_ids": [object_id]}


def refers(live: Body) -> Iterator[tuple[str, str]]:
    """The tests that steps play."""
    steps: list[Any] = [*((live.get("config") or {}).get("steps") or ()), *(live.get("steps") or ())]
    for step in steps:
        found = step.get("subtestPublicId") or (step.get("params") or {}).get("subtestPublicId")
        if found:
            yield "synthetics_test", str(found)


def outline(steps: Json) -> Iterable[str]:
    """A line for each step of a browser or mobile test."""
    return [f"{step.get('type', '')}: {step.get('name', '')}" for step in steps or ()]


KIND = Kind(
    name="synthetics_test",
    collection="synthetics",
    model=SyntheticsTest,
    payload=payload,
    endpoint=Endpoint(
        collection=TESTS,
        creation=f"{TESTS}/{{type}}",
        item=f"{TESTS}/{{type}}/{{id}}",
        # The path without a type leaves out the steps of a browser test, and so does the list.
        lookup=f"{TESTS}/{{id}}",
        list_is_whole=False,
        paging=Paging(start="page_number", size="page_size", most=100, by="page"),
        listed="tests",
        wire=plain(id_field="public_id"),
        deletion=deletion,
        modified="modified_at",
        author="creator.handle",
    ),
    normal=NORMAL,
    # Each type has paths of its own.
    replaced_by=frozenset({"type"}),
    # Somebody paused it, or brought it back.
    kept=frozenset({"status"}),
    marking=InTags(),
    refers=refers,
    continued=continued,
    web="/synthetics/details/{id}",
    outlines={"steps": outline},
)
