"""A backtest in HTML: the sentence, the picture, and its values as a table."""

from __future__ import annotations

import math
from collections.abc import Iterator

from ddops.backtest.contract import Backtest, Curve
from ddops.backtest.crossings import counted, crossings
from ddops.backtest.sentence import sentence
from ddops.report.escape import marked_up
from ddops.report.plot import key, plot
from ddops.report.scale import amount, moment
from ddops.report.words import line


def backtested(backtest: Backtest | None) -> str:
    """All of it; empty where nobody asked."""
    if backtest is None:
        return ""
    said = sentence(backtest)
    if not backtest.curves:
        asked = f" <code>{_text(backtest.query)}</code>" if backtest.query else ""
        return f'<p class="dim">{_text(said)}{asked}</p>'
    doubts = "".join(f'<p class="dim">{_text(doubt)}</p>' for doubt in backtest.doubts)
    return (
        f'<figure class="backtest"><p class="verdict">{_text(said)}</p>{plot(backtest, said)}'
        f"<figcaption>{''.join(_caption(backtest))}</figcaption>{_legend(backtest)}{doubts}{_values(backtest)}</figure>"
    )


def _caption(backtest: Backtest) -> Iterator[str]:
    yield f"<code>{_text(backtest.query)}</code>"
    first, last = moment(backtest.start), moment(backtest.end)
    yield f' <span class="dim">{first} to {last} UTC, a point for each {_seconds(backtest.window)}.'
    found = crossings(backtest)
    if (found.critical_after if backtest.after is not None else found.critical_before).evaluations:
        yield " Dots are evaluations that alert."
    yield "</span>"


def _legend(backtest: Backtest) -> str:
    """The names of the curves, where there are several."""
    if len(backtest.curves) < 2:
        return ""
    names = [f"{key(index)}<code>{_text(curve.scope)}</code>" for index, curve in enumerate(backtest.curves)]
    if backtest.more:
        names.append(f"and {backtest.more:,} more that came less far")
    return f'<ul class="legend">{"".join(f"<li>{name}</li>" for name in names)}</ul>'


def _values(backtest: Backtest) -> str:
    heads = ["group", "least", "most", "last", *(["would have alerted"] if backtest.after else [])]
    heads += ["with the old threshold"] if backtest.before else []
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    rows = "".join(_row(backtest, curve) for curve in backtest.curves)
    table = f'<div class="wide" tabindex="0"><table><tr>{head}</tr>{rows}</table></div>'
    return f"<details><summary>Values</summary>{table}</details>"


def _row(backtest: Backtest, curve: Curve) -> str:
    values = [value for _, value in curve.points if math.isfinite(value)]
    shown = [amount(value, backtest.unit) for value in (min(values), max(values), values[-1])] if values else [""] * 3
    found = counted([curve], backtest.before, backtest.after)
    shown += [f"{found.critical_after.evaluations:,} of {found.all.evaluations:,}"] if backtest.after else []
    shown += [f"{found.critical_before.evaluations:,} of {found.all.evaluations:,}"] if backtest.before else []
    cells = "".join(f"<td>{_text(one)}</td>" for one in shown)
    return f'<tr><th scope="row"><code>{_text(curve.scope)}</code></th>{cells}</tr>'


def _seconds(count: int) -> str:
    """`5 minutes`."""
    for unit, name in ((604_800, "week"), (86_400, "day"), (3600, "hour"), (60, "minute")):
        if count >= unit and count % unit == 0:
            return name if count == unit else f"{count // unit} {name}s"
    return f"{count} seconds"


def _text(value: object) -> str:
    return marked_up(line(value))
