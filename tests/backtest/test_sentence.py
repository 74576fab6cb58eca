import pytest

from ddops.backtest.contract import Count, Crossings
from ddops.backtest.sentence import sentence
from tests.backtest.made import backtest, curve, when

DAY = "In the last day "
OFTEN = " The monitor looks more often; it could have alerted."
VALUES = curve(1, 4, 6, 8)
OTHER = curve(1, 1, 1, 1, scope="b")


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (
            backtest(VALUES, before=when(critical=3), after=when(critical=5)),
            "2 of 4 evaluations would have alerted; with the old threshold 3.",
        ),
        (
            backtest(VALUES, before=when(critical=3), after=when(critical=9)),
            "none of 4 evaluations would have alerted; with the old threshold 3." + OFTEN,
        ),
        (
            backtest(VALUES, before=when(critical=9), after=when(critical=5)),
            "2 of 4 evaluations would have alerted; with the old threshold none.",
        ),
        (
            backtest(VALUES, before=when(critical=5), after=when(critical=5.5)),
            "2 of 4 evaluations would have alerted; with the old threshold as many.",
        ),
        (
            backtest(VALUES, before=when(critical=20), after=when(critical=30)),
            "none of 4 evaluations would have alerted; with the old threshold none either." + OFTEN,
        ),
        (
            backtest(VALUES, before=when(critical=5), after=when(critical=5)),
            "2 of 4 evaluations would have alerted, as before.",
        ),
        (backtest(VALUES, after=when(critical=5)), "2 of 4 evaluations would have alerted."),
        (
            backtest(VALUES, after=when(critical=5), query_changes=True),
            "2 of 4 evaluations would have alerted; the query is another one than before.",
        ),
        (
            backtest(VALUES, before=when(critical=5)),
            "2 of 4 evaluations would have alerted; with this plan none will.",
        ),
        (
            backtest(VALUES, after=when(critical=5), doubts=("It may differ.",)),
            "about 2 of 4 evaluations would have alerted.",
        ),
        (
            backtest(curve(1), after=when(critical=5), doubts=("It may differ.",)),
            "none of 1 evaluation would have alerted. "
            "The monitor looks more often, and not at just these values; it could have alerted.",
        ),
        (
            backtest(curve(1), after=when(critical=5), window=60),
            "none of 1 evaluation would have alerted.",
        ),
        (
            backtest(curve(1), after=when(critical=5), window=60, doubts=("It may differ.",)),
            "none of 1 evaluation would have alerted. "
            "The monitor does not look at just these values; it could have alerted.",
        ),
        (
            backtest(VALUES, OTHER, before=when(critical=3), after=when(critical=5)),
            "2 of 8 evaluations would have alerted, in 1 of 2 groups; with the old threshold 3, in 1 group.",
        ),
        (
            backtest(
                VALUES,
                before=when(critical=9),
                after=when(critical=5),
                rest=Crossings(
                    all=Count(evaluations=4000, groups=1000), critical_after=Count(evaluations=1500, groups=999)
                ),
            ),
            "1,502 of 4,004 evaluations would have alerted, in 1,000 of 1,001 groups; with the old threshold none.",
        ),
        (
            backtest(VALUES, before=when(critical=5, warning=2), after=when(critical=5, warning=3)),
            "2 of 4 evaluations would have alerted, as before. 1 would have warned; with the old threshold as many.",
        ),
        (
            backtest(VALUES, before=when(critical=5, warning=0), after=when(critical=5, warning=4.5)),
            "2 of 4 evaluations would have alerted, as before. None would have warned; with the old threshold 2.",
        ),
        (
            backtest(VALUES, before=when(critical=5), after=when(critical=7, warning=3)),
            "1 of 4 evaluations would have alerted; with the old threshold 2. "
            "2 would have warned; there was no threshold for that.",
        ),
        (
            backtest(VALUES, before=when(critical=7, warning=3), after=when(critical=7)),
            "1 of 4 evaluations would have alerted, as before. 2 would have warned; with this plan none will.",
        ),
        (
            backtest(VALUES, before=when(critical=7, warning=3), after=when(critical=6, warning=3)),
            "1 of 4 evaluations would have alerted; with the old threshold as many. 2 would have warned, as before.",
        ),
        (
            backtest(VALUES, after=when(critical=7, warning=3)),
            "1 of 4 evaluations would have alerted. 2 would have warned.",
        ),
    ],
)
def test_what_a_reviewer_reads_first(made, says):
    assert sentence(made) == DAY + says


@pytest.mark.parametrize(
    ("missing", "says"),
    [
        ("it watches events, not a metric", "No backtest: it watches events, not a metric."),
        ("is the name right?", "No backtest: is the name right?"),
        ("", "No backtest: nobody was asked."),
    ],
)
def test_why_there_is_no_curve(missing, says):
    assert sentence(backtest(missing=missing)) == says
