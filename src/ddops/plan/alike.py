"""What was compared before and found to be the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b

import orjson

from ddops.compile import Desired
from ddops.kinds.contract import Body

DIGEST_BYTES = 16


@dataclass(slots=True)
class Alike:
    """Pairs of a payload and a live object that ask for no change: `known` from earlier plans, `found` in this one.

    A pair is a digest of everything that the comparison looks at, the whole live object among it, and not of an id and
    the time of a change: two edits can fall into one tick of the server's clock.
    """

    known: frozenset[bytes] = frozenset()
    found: set[bytes] = field(default_factory=set)

    def pair(self, resource: Desired, payload: Body, live: Body) -> bytes:
        """The digest of a resource, its payload with the ids that are known, and the live object that holds it."""
        compared = [str(resource.address), resource.spec.protect, payload, live]
        return blake2b(orjson.dumps(compared), digest_size=DIGEST_BYTES).digest()
