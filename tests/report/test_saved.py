import orjson
import pytest

from ddops.address import Address
from ddops.errors import PlanRefused
from ddops.meaning.read import meaning
from ddops.plan.change import Action, Change, FieldChange, Plan
from ddops.report import saved
from ddops.report.contract import Review

WARNING = FieldChange("options.thresholds.warning", 1, 2)


def plan(*changes: Change, fingerprint: str = "f", products: tuple[str, ...] | None = None) -> Plan:
    return Plan(
        org="main",
        workspace="acme",
        products=products,
        changes=changes,
        unchanged=3,
        managed={"main": 4},
        notes=(),
        refusals=(),
        fingerprint=fingerprint,
    )


def update(*fields: FieldChange, key: str = "latency", last_changed: object = "2024", live_id: str = "7") -> Change:
    return Change(
        address=Address("shop", "monitor", key),
        org="main",
        action=Action.UPDATE,
        title="Shop is slow",
        id=live_id,
        fields=fields,
        last_changed=last_changed,
    )


def kept(made: Plan, max_change: int = 30) -> saved.Saved:
    return saved.read(saved.write(Review(made, meaning(made)), max_change).encode(), "plan.json")


@pytest.mark.parametrize("products", [None, ("cart", "shop")])
def test_what_is_saved_is_read_again(products):
    found = kept(plan(update(WARNING), products=products), max_change=55)
    assert (found.org, found.max_change, found.fingerprint) == ("main", 55, "f")
    assert found.products == (list(products) if products else None)


WRONG: list[dict[str, object]] = [
    {"org": 1},
    {"products": "shop"},
    {"max_change": "30"},
    {"changes": None},
    {"changes": [{}]},
    {"changes": ["shop/monitor/latency"]},
    {"fingerprint": None},
]
VALID = orjson.loads(saved.write(Review(plan(update(WARNING)), meaning(plan(update(WARNING)))), 30))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"", "is not JSON"),
        (b"\xff\xfe", "is not JSON"),
        (b"{", "is not JSON"),
        (b"[]", "`ddops plan --out FILE` writes one"),
        (b"{}", "`ddops plan --out FILE` writes one"),
        (b"null", "`ddops plan --out FILE` writes one"),
        *[(orjson.dumps({**VALID, **wrong}), "`ddops plan --out FILE` writes one") for wrong in WRONG],
        (orjson.dumps({key: value for key, value in VALID.items() if key != "max_change"}), "writes one"),
        (orjson.dumps({**VALID, "format": 2}), "another version of ddops (format 2)"),
        (orjson.dumps({"format": 99}), "another version of ddops (format 99)"),
    ],
)
def test_what_is_no_saved_plan_is_refused(text, says):
    with pytest.raises(PlanRefused, match=r"^plan\.json ") as refused:
        saved.read(text, "plan.json")
    assert says in str(refused.value)


def test_fields_of_later_versions_are_passed_over():
    later = {**VALID, "later": 1}
    assert saved.read(orjson.dumps({**later, "digest": saved.digest(later)}), "plan.json").fingerprint == "f"


LOST = object()
EDITED: list[dict[str, object]] = [
    {"max_change": 100},
    {"changes": []},
    {"notes": ["all is well"]},
    {"only": []},
    {"later": 1},
    {"format": LOST},
    {"shown": LOST},
    {"notes": LOST},
]


@pytest.mark.parametrize("read", [saved.read, saved.show])
@pytest.mark.parametrize("edit", EDITED)
def test_a_file_that_was_edited_or_lost_a_part_is_refused(read, edit):
    data = {name: value for name, value in {**VALID, **edit}.items() if value is not LOST}
    with pytest.raises(PlanRefused, match=r"plan\.json is not as it was saved: somebody edited it"):
        read(orjson.dumps(data), "plan.json")


def test_the_same_plan_is_not_refused():
    saved.refuse_if_moved(kept(plan(update(WARNING))), plan(update(WARNING)))


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ([], [update(WARNING)], ["shop/monitor/latency in main: update is needed now, and was not planned"]),
        ([update(WARNING)], [], ["shop/monitor/latency in main: update was planned, and is not needed any more"]),
        (
            [update(WARNING)],
            [update(FieldChange("options.thresholds.warning", 1, 3))],
            ["shop/monitor/latency in main: update would do something else to options.thresholds.warning"],
        ),
        (
            [update(WARNING)],
            [update(WARNING, FieldChange("name", "a", "b"), last_changed="2025")],
            ["shop/monitor/latency in main: somebody changed 7 in the org; update would do something else to name"],
        ),
        (
            [update(WARNING)],
            [update(WARNING, last_changed="2025")],
            ["shop/monitor/latency in main: somebody changed 7 in the org"],
        ),
        (
            [update(WARNING)],
            [update(WARNING, live_id="8", last_changed="2025")],
            ["shop/monitor/latency in main: update is for 8 now, and was planned for 7"],
        ),
        (
            [update(WARNING), update(WARNING, key="errors")],
            [update(WARNING), update(WARNING, key="load")],
            ["shop/monitor/errors in main: update was planned", "shop/monitor/load in main: update is needed now"],
        ),
        ([update(WARNING)], [update(WARNING)], ["specs, in a way that changes nothing in the plan"]),
    ],
)
def test_what_moved_is_named(before, after, says):
    with pytest.raises(PlanRefused) as refused:
        saved.refuse_if_moved(kept(plan(*before)), plan(*after, fingerprint="g"))
    lines = str(refused.value).splitlines()[1:]
    assert len(lines) == len(says)
    for line, words in zip(lines, says, strict=True):
        assert line.strip().startswith(words)


def test_of_much_that_moved_some_is_named_and_the_rest_counted():
    changes = [update(WARNING, key=f"m{number}") for number in range(25)]
    with pytest.raises(PlanRefused) as refused:
        saved.refuse_if_moved(kept(plan()), plan(*changes, fingerprint="g"))
    lines = str(refused.value).splitlines()
    assert (len(lines), lines[-1]) == (22, "  and 5 more")
