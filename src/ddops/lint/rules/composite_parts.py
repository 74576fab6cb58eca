"""The parts of a composite are monitors of its own org, and no composites.

Why: ids are those of one org, so that a part in another is none (`Some monitor IDs are invalid`), and a composite of
composites is refused (reference: monitor queries, 7).
Fix: a composite in each org, of that org's monitors; the conditions of the inner composite, written out.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddops.compile import Desired
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity
from ddops.lint.monitors import tree
from ddops.query.queries import CompositeQuery
from ddops.reference import parse


def check(resource: Desired, context: Context) -> Iterator[Flaw]:
    query = tree(resource)
    if not isinstance(query, CompositeQuery):
        return
    for text in query.monitors:
        reference = parse(text)
        if reference is not None:
            part = context.by_place.get((resource.org, reference.target))
        else:
            adopted = context.adopted.get(("monitor", text), ())
            part = next((one for one in adopted if one.org == resource.org), None)
            if adopted and part is None:
                other = adopted[0]
                yield Flaw(
                    f"monitor {text} is {other.address} of the org '{other.org}', and this composite is for "
                    f"'{resource.org}'",
                    ("query",),
                )
        if part is not None and part.spec.body["type"] == "composite":
            yield Flaw(f"{part.address} is a composite itself; write its condition out", ("query",))


RULE = Rule(severity=Severity.ERROR, kinds=frozenset({"monitor"}), check=check)
