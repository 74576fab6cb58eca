"""One model of several: which one a value is checked by, and what an error then speaks of."""

from typing import Annotated, Literal

import pytest
from pydantic import ValidationError

from ddops.choice import Choice, models_at
from ddops.product import Model


class Circle(Model):
    type: Literal["circle"]
    radius: int


class Square(Model):
    type: Literal["square", "box"]
    side: int


class Old(Model):
    """Shares its word with Circle."""

    type: Literal["circle"]
    diameter: int


SHAPES = Choice("type", Circle, Square, Old)
EITHER = Choice(None, Circle, Square)


class Drawing(Model):
    shapes: list[Annotated[Circle | Square | Old, SHAPES]]
    named: dict[str, Annotated[Circle | Square, EITHER]] | None = None


def faults(body):
    with pytest.raises(ValidationError) as refused:
        Drawing.model_validate(body)
    return [(detail["loc"], detail["type"]) for detail in refused.value.errors()]


@pytest.mark.parametrize(
    ("value", "model"),
    [
        ({"type": "circle", "radius": 1}, Circle),
        ({"type": "box", "side": 1}, Square),
        ({"type": "circle", "diameter": 1}, Old),
    ],
)
def test_a_value_is_of_the_model_that_it_says(value, model):
    assert isinstance(Drawing.model_validate({"shapes": [value]}).shapes[0], model)
    assert models_at(Drawing, ("shapes", 0), {"shapes": [value]}) == [model]


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ({"type": "box", "sid": 1}, [(("side",), "missing"), (("sid",), "extra_forbidden")]),
        ({"type": "circle", "diameter": "1"}, [(("diameter",), "int_type")]),
        ({"type": "circle", "radius": "1"}, [(("radius",), "int_type")]),
        ({"type": "cube"}, [(("type",), "literal_error")]),
        ({"type": ["box"]}, [(("type",), "literal_error")]),
        ({"side": 1}, [(("type",), "missing")]),
        ("box", [((), "dict_type")]),
        (None, [((), "dict_type")]),
    ],
)
def test_an_error_speaks_of_one_model_at_its_place(value, found):
    assert faults({"shapes": [value]}) == [(("shapes", 0, *place), kind) for place, kind in found]


def test_without_a_word_it_is_the_nearest():
    assert faults({"shapes": [], "named": {"a": {"type": "circle", "radius": "1"}}}) == [
        (("named", "a", "radius"), "int_type")
    ]
    assert models_at(Drawing, ("named", "a"), {"named": {"a": {"side": 1}}}) == [Square]


def test_what_does_not_say_what_it_is_can_be_any():
    assert models_at(Drawing, ("shapes", 0), {"shapes": [{}]}) == [Circle, Square, Old]
    assert models_at(Drawing, ("shapes", 5), {"shapes": "x"}) == [Circle, Square, Old]
    assert models_at(Drawing, ("nothing",), {}) == []
