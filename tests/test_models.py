"""The generated models of widgets: that they are what the script writes, and what they cost."""

import subprocess
import sys
import time
from contextlib import nullcontext
from pathlib import Path

import pytest
from datadog_api_client.model_utils import ModelNormal
from datadog_api_client.v1 import models as client
from pydantic import BaseModel, ValidationError

from ddops.kinds.dashboard import KIND, generated

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / "scripts" / "generate_models.py"

MODELS = [
    model
    for model in vars(generated).values()
    if isinstance(model, type) and issubclass(model, generated.Generated) and model is not generated.Generated
]


def test_generating_again_gives_the_same_file(tmp_path):
    written = tmp_path / "generated.py"
    subprocess.run([sys.executable, SCRIPT, written], check=True)
    assert written.read_text() == Path(generated.__file__).read_text()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_model_has_what_the_clients_class_has(model):
    described = getattr(client, model.__name__, None)
    if described is None:
        return  # one of the script's own tables
    assert issubclass(described, ModelNormal)
    fields = {about.alias or name: about for name, about in model.model_fields.items()}
    assert set(described.attribute_map.values()) <= set(fields)
    needed = any(about.is_required() for about in fields.values())
    with pytest.raises(ValidationError) if needed else nullcontext():
        model.model_validate({})


def test_most_of_the_client_is_there():
    assert len(MODELS) > 220
    assert all(issubclass(model, BaseModel) and model.model_config["strict"] for model in MODELS)


LAZY = """
import sys
from ddops.kinds.contract import kinds

def loaded(widgets):
    kind = kinds()["dashboard"]
    kind.model.model_validate(kind.expanded({"title": "t", "layout_type": "ordered", "widgets": widgets}).body)
    return "ddops.kinds.dashboard.generated" in sys.modules

print(loaded([]), loaded([{"definition": {"type": "note", "content": "x"}}]))
"""


def test_the_models_are_imported_when_a_widget_is_checked():
    run = subprocess.run([sys.executable, "-c", LAZY], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "True"]


def test_a_thousand_dashboards_are_checked_quickly():
    query = {"data_source": "metrics", "name": "q", "query": "avg:a{*} by {b}"}
    request = {
        "response_format": "timeseries",
        "queries": [query, {**query, "name": "r"}],
        "formulas": [{"formula": "q / r", "alias": "x"}],
        "display_type": "bars",
        "style": {"palette": "warm", "line_type": "solid"},
    }
    graph = {"type": "timeseries", "title": "t", "requests": [request], "yaxis": {"min": "0"}, "time": {}}
    layout = {"x": 0, "y": 0, "width": 6, "height": 3}
    body = {"title": "t", "layout_type": "ordered", "widgets": [{"definition": graph, "layout": layout}] * 20}
    begun = time.process_time()
    for _ in range(1000):
        KIND.model.model_validate(body)
    # Half a second on an idle machine.
    assert time.process_time() - begun < 3
