"""What was protected is not any more."""

from __future__ import annotations

from ddops.meaning.contract import Severity
from ddops.meaning.risks.contract import Found, Looked


def unprotects(looked: Looked) -> Found:
    found = looked.difference("protect")
    if found is not None and found.before is True and found.after is False:
        yield Severity.MEDIUM, "is not protected any more: without its spec it will be deleted"


RISK = unprotects
