import pytest

from ddops.lint.recurrence import least_seconds_between, rule

DAY = 86_400


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FREQ=DAILY", DAY),
        ("RRULE:FREQ=DAILY;INTERVAL=3", 3 * DAY),
        ("freq=hourly", 3600),
        ("FREQ=WEEKLY", 7 * DAY),
        ("FREQ=WEEKLY;BYDAY=SU", 7 * DAY),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", 3 * DAY),
        ("FREQ=WEEKLY;BYDAY=SU,MO", DAY),
        ("FREQ=MONTHLY", 28 * DAY),
        ("FREQ=MONTHLY;BYDAY=1SU", None),
        ("FREQ=DAILY;BYHOUR=3", None),
        ("FREQ=DAILY;INTERVAL=x", None),
        ("nonsense", None),
    ],
)
def test_the_shortest_time_between_two_beginnings(text, expected):
    assert least_seconds_between(rule(text)) == expected
