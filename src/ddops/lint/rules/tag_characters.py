"""A tag is one that Datadog stores as it is written: lower case, of letters, digits and `_ - : . /`, 200 characters at
most.

Why: other characters become `_` and capitals become small (reference: monitor queries, 2.8), so that a route, a
downtime or a search for the tag as it was written finds nothing.
Fix: write it as it is stored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ddops.address import MAX_TAG
from ddops.compile import Desired
from ddops.kinds.contract import tags
from ddops.lint.context import Context
from ddops.lint.finding import Flaw, Rule, Severity

_WRONG = re.compile(r"[^\w:./@*!#+-]")
"""What becomes `_`; `* @ ! # +` stand in tags that were seen, as values."""


def check(resource: Desired, _: Context) -> Iterator[Flaw]:
    own = resource.spec.body.get("tags") or []
    for tag in tags(resource.spec):
        path = ("tags", own.index(tag)) if tag in own else ()
        if wrong := _WRONG.search(tag):
            yield Flaw(f"'{tag}': '{wrong[0]}' is stored as '_'; write '{_WRONG.sub('_', tag)}'", path)
        elif len(tag) > MAX_TAG:
            yield Flaw(f"'{tag[:40]}…' is {len(tag)} characters long; a tag has at most {MAX_TAG}", path)


RULE = Rule(severity=Severity.WARNING, kinds=frozenset({"monitor", "slo", "synthetics_test"}), check=check)
