"""Plans made of texts that want to be more than texts."""

from collections.abc import Sequence
from itertools import cycle
from typing import Any

from hypothesis import strategies as st

from ddops.address import Address
from ddops.apply.outcome import Outcome, Result
from ddops.backtest.contract import Backtest, Condition, Curve
from ddops.lint.finding import Finding
from ddops.lint.finding import Severity as Grade
from ddops.location import Location
from ddops.meaning.contract import (
    Difference,
    Listener,
    Meaning,
    Notice,
    Part,
    PlanMeaning,
    Risk,
    RouteTaken,
    Routing,
    Severity,
    Together,
    What,
)
from ddops.plan.change import Action, Cause, Change, FieldChange, Plan, Revision
from ddops.report.contract import Review

SNIPPETS = [
    *("@octocat", "@acme/on-call", "a@b.example.com", "#12", "GH-7", "octo/repo#1", "octo/repo@deadbeef01", ":smile:"),
    *(
        "[ours](https://evil.example)",
        "![x](https://evil.example/x.png)",
        "<https://evil.example>",
        "[a]: https://e.ex",
    ),
    *("https://evil.example/x", "www.evil.example", "ftp://evil.example", "mailto:a@b.ex", "javascript:alert(1)"),
    *("<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "</details>", "</pre>", "</code>", "<!--", "-->"),
    *("`", "``", "```", "~~~", "\n```\n", "\n\n# heading\n\n", "\n- item", "> quote", "| a | b |\n|---|---|", "1. one"),
    *("&lt;b&gt;", "&#64;octocat", "\\", "\\`", "**bold**", "__b__", "~~s~~", "$x$", "$$", "{{value}}", "$`x`$", "***"),
    *("\x1b[2J", "\x9b1m", "\u202e", "\x00", "\r\n", "\u2028", "\t", "    code", "<ddops:comment", "deadbeefdeadbeef"),
    *('"', "'", '"]', "%%{init", "end", ";", "#quot;", "]]>", "\u200b", "é", "→", "🙂", " ", "", "=", "---", "- - -"),
    *("</style>", "</title>", "url(https://evil.example)", "https://acme.datadoghq.com/monitors/7", "moved into group"),
    *("direction TB", "fa:fa-car", "click a", "classDef x:#1;"),
]

texts = st.lists(
    st.one_of(st.sampled_from(SNIPPETS), st.text(st.characters(exclude_categories=["Cs"]), max_size=8)), max_size=4
).map("".join)
several = st.lists(texts, min_size=1, max_size=9)
KINDS = ("monitor", "dashboard", "slo")


class Made:
    """A plan with everything in it that a plan can hold, its texts taken from the given ones in turn."""

    def __init__(self, given: Sequence[str]) -> None:
        self.given = cycle(given)
        self.changes = tuple(self.change(number, action) for number, action in enumerate(Action))
        self.meaning = PlanMeaning(
            changes=tuple(self.told() for _ in self.changes),
            notifications=(self.together(None), self.together(None)),
            risks=tuple(self.together(severity) for severity in Severity),
            routing=(self.routing(), self.routing()),
        )
        self.plan = Plan(
            org=self.text(),
            workspace=self.text(),
            products=self.texts(),
            changes=self.changes,
            unchanged=3,
            managed={self.text(): 4},
            notes=self.texts(),
            refusals=self.texts(),
            fingerprint=self.text(),
            base=Revision(self.text(), self.text()),
            since=Revision(self.text(), self.text()),
            only=frozenset({(self.text(), Address("shop", "monitor", "latency"))}),
        )
        self.findings = tuple(self.finding(severity) for severity in Grade)
        self.review = Review(self.plan, self.meaning, self.findings, tuple(map(self.backtest, self.changes)))
        self.outcomes = tuple(
            Outcome(change=change, result=result, id=self.text(), url=self.text(), why=self.text())
            for change, result in zip(self.changes, Result, strict=True)
        )

    def text(self) -> str:
        return next(self.given)

    def texts(self) -> tuple[str, ...]:
        return self.text(), self.text()

    def body(self) -> dict[str, object]:
        return {self.text(): self.text(), self.text(): [self.text(), 1.5, None, {self.text(): True}]}

    def address(self, number: int) -> Address:
        return Address(self.text(), KINDS[number % len(KINDS)], self.text())

    def place(self) -> Location:
        return Location(self.text(), 12, 5)

    def change(self, number: int, action: Action) -> Change:
        values = [self.text(), self.body(), [self.text()], 7, None, False, 2.5]
        return Change(
            address=self.address(number),
            org=self.text(),
            action=action,
            title=self.text(),
            id=self.text(),
            url=f"https://acme.datadoghq.com/{self.text()}" if number % 2 else self.text(),
            source=self.place() if number else None,
            fields=tuple(
                FieldChange(self.text(), before, after, cause)
                for before, after, cause in zip(values, values[1:], [None, *Cause, *Cause], strict=False)
            ),
            payload=self.dashboard() if number == 1 else self.body(),
            before=self.dashboard() if number < 3 else None,
            after=(0, 2),
            notes=self.texts(),
            last_changed=[self.text(), "2026-11-01T10:00:00+00:00", 1_700_000_000, None][number],
            author=self.text() if number else None,
            cause=[None, *Cause][number],
        )

    def dashboard(self) -> dict[str, object]:
        def widget(**more: object) -> dict[str, object]:
            queries = [{"query": self.text(), "name": self.text()}]
            definition = {"type": self.text(), "title": self.text(), "requests": [{"queries": queries}], **more}
            return {"definition": definition, "layout": {"x": 0, "y": self.text(), "width": 4, "height": 2}}

        group = widget(type="group", widgets=[widget(), widget(content=self.text(), background_color=self.text())])
        return {"title": self.text(), "layout_type": "ordered", "widgets": [widget(), group, self.text()]}

    def told(self) -> Meaning:
        return Meaning(
            differences=(
                self.difference(self.text(), self.text()),
                self.difference(None, self.body()),
                self.difference(self.text(), None),
                self.difference([self.text()], [self.text()], added=self.texts(), removed=self.texts()),
                self.difference(1, 2.5, sense="looser"),
                self.difference(
                    "a",
                    "b",
                    words=(("kept", "so it was " + self.text()), ("removed", self.text()), ("added", self.text())),
                ),
            ),
            parts=tuple(
                Part(
                    path=f"widgets[{number}]",
                    label=self.text(),
                    what=what,
                    group=self.text(),
                    moved=self.text(),
                    differences=(self.difference(self.text(), 1),),
                )
                for number, what in enumerate(What)
            ),
            notices=(
                Notice(
                    states=("alert", "no_data"),
                    gained=(self.listener(),),
                    lost=(self.listener(),),
                    before=(),
                    after=(self.listener(),),
                    text=self.text(),
                ),
            ),
            risks=tuple(Risk(risk=self.text(), severity=severity, message=self.text()) for severity in Severity),
        )

    def difference(self, before: object, after: object, **more: Any) -> Difference:
        path = self.text()
        return Difference(path=path, name=self.text(), what=What.CHANGED, before=before, after=after, **more)

    def listener(self) -> Listener:
        return Listener(handle=self.text(), name=self.text(), way="slack", pages=True)

    def together(self, severity: Severity | None) -> Together:
        return Together(text=self.text(), addresses=self.texts(), severity=severity)

    def routing(self) -> Routing:
        route = RouteTaken(
            name=self.text(), match=self.text(), states=("alert",), listeners=(self.listener(), self.listener()), uses=2
        )
        return Routing(product=self.text(), routes=(route, route))

    def backtest(self, change: Change) -> Backtest:
        return Backtest(
            org=change.org,
            address=change.address,
            query=self.text(),
            window=300,
            start=1_700_000_000,
            end=1_700_000_900,
            before=Condition(comparator=">", thresholds={"critical": 4.5, self.text(): 3}),
            after=Condition(comparator=">", thresholds={"critical": 5, "warning": 2}),
            unit=self.text(),
            curves=() if change.action is Action.CREATE else (self.curve(), self.curve()),
            more=2,
            doubts=self.texts(),
            missing=self.text(),
        )

    def curve(self) -> Curve:
        return Curve(scope=self.text(), points=((1_700_000_000, 1.5), (1_700_000_300, 7), (1_700_000_600, 2)))

    def finding(self, severity: Grade) -> Finding:
        return Finding(
            rule=self.text(),
            severity=severity,
            product=self.text(),
            address=self.address(1) if severity is Grade.INFO else None,
            message=self.text(),
            source=self.place(),
        )


made = several.map(Made)
