import pytest

from ddops.plan.change import Action
from ddops.plan.limits import MAX_CHANGE
from ddops.plan.safety import too_much
from tests.plan.changes import change

MANY = """\
product: shop
monitors:
  - key: many
    for_each: {{n: [{numbers}]}}
    name: "Monitor ${{n}} {word}"
    type: query alert
    query: avg(last_5m):avg:shop.many{{n:${{n}}}} > 1
"""


@pytest.mark.parametrize(
    ("updates", "deletes", "others", "managed", "percent", "refused"),
    [
        (3, 0, 0, 10, MAX_CHANGE, False),
        (4, 0, 0, 10, MAX_CHANGE, True),
        (0, 4, 0, 10, MAX_CHANGE, True),
        (2, 2, 0, 10, MAX_CHANGE, True),
        (0, 9, 0, 9, MAX_CHANGE, False),
        (0, 0, 50, 10, MAX_CHANGE, False),
        (10, 0, 0, 10, 100, False),
        (1, 0, 0, 100, 0, True),
        (31, 0, 0, 100, MAX_CHANGE, True),
        (305, 0, 0, 1000, MAX_CHANGE, True),
    ],
)
def test_more_than_a_share_of_many_objects_is_too_much(updates, deletes, others, managed, percent, refused):
    changes = [
        *(change(f"u{number}") for number in range(updates)),
        *(change(f"d{number}", Action.DELETE) for number in range(deletes)),
        *(change(f"o{number}", action) for number in range(others) for action in (Action.CREATE, Action.ADOPT)),
    ]
    assert bool([*too_much(changes, {"main": managed}, percent)]) is refused


def test_what_is_advised_is_enough():
    changes = [change(f"u{number}") for number in range(305)]
    (reason,) = too_much(changes, {"main": 1000}, MAX_CHANGE)
    assert reason.startswith(
        "305 updates and 0 deletes are 31 % of the 1000 objects that this workspace manages in 'main'"
    )
    assert reason.endswith("--max-change 31")
    assert not [*too_much(changes, {"main": 1000}, 31)]


def test_each_org_counts_for_itself():
    changes = [change(f"u{number}", org=org) for number in range(4) for org in ("main", "partner")]
    (reason,) = too_much(changes, {"main": 10, "partner": 20}, MAX_CHANGE)
    assert "in 'main'" in reason


class TestThroughTheFrontDoor:
    @pytest.fixture
    def ten(self, orgs, workspace):
        for file in ("monitors/shop.yaml", "dashboards/shop/overview.yaml", "slos/shop.yaml"):
            workspace.remove(file)
        self.write(workspace, 10)
        orgs.apply()

    def write(self, workspace, count, word=""):
        numbers = ", ".join(f'"{number}"' for number in range(count))
        workspace.write("monitors/many.yaml", MANY.format(numbers=numbers, word=word))

    def test_a_plan_refuses_itself(self, orgs, workspace, ten):
        self.write(workspace, 6)
        run = orgs("plan", "--out", "plan.json")
        assert run.exit_code == 1
        assert "4 to delete" in run.stdout
        assert "refused: 0 updates and 4 deletes are 40 % of the 10 objects" in run.stderr
        assert "--max-change 40" in run.stderr
        assert not (workspace.root / "plan.json").exists()

    def test_so_does_an_apply(self, orgs, workspace, ten):
        self.write(workspace, 10, "renamed")
        orgs.server.requests.clear()
        run = orgs("apply", "--yes")
        assert run.exit_code == 1
        assert "10 updates and 0 deletes are 100 %" in run.stderr
        assert orgs.writes() == []

    def test_it_goes_on_with_the_share_that_it_names(self, orgs, workspace, ten):
        self.write(workspace, 6)
        assert orgs("plan", "--max-change", "40", "--out", "plan.json").exit_code == 0
        assert orgs("apply", "plan.json").exit_code == 0
        assert len(orgs.main.all("monitor")) == 6

    def test_few_changes_are_fine(self, orgs, workspace, ten):
        self.write(workspace, 7)
        orgs.apply()
        assert len(orgs.main.all("monitor")) == 7
