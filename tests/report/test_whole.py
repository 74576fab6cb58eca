import orjson
import pytest
from hypothesis import given, settings

from ddops.errors import PlanRefused
from ddops.report import saved
from tests.report import hostile


@given(hostile.made)
@settings(deadline=None)
def test_a_saved_plan_is_the_same_when_it_is_read(made):
    text = saved.write(made.review, 30).encode()
    assert saved.show(text, "plan.json") == made.review


def sealed(data):
    return orjson.dumps({**data, "digest": saved.digest(data)})


WRONG: list[object] = [None, {}, {"changes": []}, [], 1]


@pytest.mark.parametrize("shown", WRONG)
def test_what_does_not_hold_all_of_a_plan_is_refused(shown):
    made = hostile.Made(["x"])
    data = orjson.loads(saved.write(made.review, 30))
    with pytest.raises(PlanRefused, match=r"plan\.json does not hold all of a plan; plan again"):
        saved.show(sealed({**data, "shown": shown}), "plan.json")


def test_a_plan_whose_meaning_is_of_another_is_refused():
    made = hostile.Made(["x"])
    data = orjson.loads(saved.write(made.review, 30))
    data["shown"]["meaning"]["changes"].pop()
    with pytest.raises(PlanRefused, match="does not hold all"):
        saved.show(sealed(data), "plan.json")
