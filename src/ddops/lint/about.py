"""The rules by name, and their documentation: the docstring of a rule's module.

Its first paragraph says what is to hold, `Why: …` what happens otherwise, and `Fix: …` what to write.
"""

from __future__ import annotations

import inspect
import sys
from dataclasses import dataclass
from functools import cache

import ddops.lint.online
import ddops.lint.rules
from ddops.discovery import collect
from ddops.kinds.contract import kinds
from ddops.lint.finding import OnlineRule, ProductRule, Rule, Severity

_HEAD = """\
# The lint rules

`ddops lint` and `ddops validate` run them, and a plan with an error is refused. Written from the rules themselves by
`make rules`; `ddops lint --explain RULE` says the same.

A rule that need not hold somewhere is ignored there, with the reason: beside the resource, or in the product's file
for a rule that looks at products.

```yaml
ignore: {no-environment: "one monitor for all environments, on purpose"}
```

"""


@dataclass(frozen=True, slots=True)
class About:
    """A rule as people read of it. `text` is all of the documentation, `what` its first paragraph on one line."""

    name: str
    severity: Severity
    where: str
    text: str

    @property
    def what(self) -> str:
        return " ".join(self.text.partition("\n\n")[0].split())

    def row(self) -> str:
        """Its row in the table of docs/rules.md."""
        what = self.what.replace("|", "\\|")
        return f"| [{self.name}](#{self.name}) | {self.severity} | {what} |"

    def section(self) -> str:
        """Its section of docs/rules.md, which is also what `ddops lint --explain` says."""
        return f"## {self.name}\n\n{self.severity.capitalize()}; looks at {self.where}.\n\n{self.text}\n"


@cache
def offline() -> dict[str, Rule | ProductRule]:
    """The rules that look at the files alone, by name."""
    return {_id(name): rule for name, rule in collect(ddops.lint.rules, "RULE").items()}


@cache
def online() -> dict[str, OnlineRule]:
    """The rules that ask an org, by name."""
    return {_id(name): rule for name, rule in collect(ddops.lint.online, "RULE").items()}


def every() -> dict[str, About]:
    """All rules, in the order of their names."""
    found = {name: _about(name, rule, "rules") for name, rule in offline().items()}
    found |= {name: _about(name, rule, "online") for name, rule in online().items()}
    return dict(sorted(found.items()))


def page() -> str:
    """The page of all rules, docs/rules.md."""
    table = ["| rule | severity | what is to hold |", "| --- | --- | --- |", *(rule.row() for rule in every().values())]
    return _HEAD + "\n".join([*table, "", *(rule.section() for rule in every().values())])


def _about(name: str, rule: Rule | ProductRule | OnlineRule, package: str) -> About:
    module = sys.modules[f"ddops.lint.{package}.{name.replace('-', '_')}"]
    if isinstance(rule, ProductRule):
        where = "products"
    else:
        where = ", ".join(sorted(kinds()[kind].collection for kind in rule.kinds)) or "every `ignore`"
    where += " and asks the org" if isinstance(rule, OnlineRule) else ""
    return About(name, rule.severity, where, inspect.getdoc(module) or "")


def _id(module: str) -> str:
    return module.replace("_", "-")
