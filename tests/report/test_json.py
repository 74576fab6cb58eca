import orjson

from ddops.address import Address
from ddops.lint.finding import Finding, Severity
from ddops.location import Location
from ddops.meaning.read import meaning
from ddops.plan.change import Action, Change, FieldChange, Plan
from ddops.report.contract import Review, Screen
from ddops.report.json import FORMAT, VERSION


def test_the_plan_as_a_document():
    change = Change(
        address=Address("shop", "monitor", "k"),
        org="main",
        action=Action.UPDATE,
        title="t",
        id="7",
        url="https://x",
        source=Location("m.yaml", 3, 5),
        fields=(FieldChange("priority", None, 2),),
        notes=("mind",),
        payload={"secret": "not part of it"},
        last_changed="2024",
    )
    plan = Plan(
        org="main",
        workspace="acme",
        products=("shop",),
        changes=(change,),
        unchanged=1,
        managed={"main": 2},
        notes=("n",),
        refusals=("r",),
        fingerprint="f",
    )
    finding = Finding(
        rule="required-tags",
        severity=Severity.ERROR,
        product="shop",
        message="m",
        address=Address("shop", "monitor", "k"),
        source=Location("m.yaml", 3, 5),
    )
    document = orjson.loads(FORMAT.plan(Review(plan, meaning(plan), [finding]), Screen(colour=True)))
    assert document == {
        "format": VERSION,
        "org": "main",
        "workspace": "acme",
        "products": ["shop"],
        "summary": {"create": 0, "update": 1, "adopt": 0, "delete": 0, "unchanged": 1},
        "notifications": [],
        "risks": {"high": 0, "medium": 0, "low": 0},
        "changes": [
            {
                "address": "shop/monitor/k",
                "action": "update",
                "kind": "monitor",
                "org": "main",
                "title": "t",
                "id": "7",
                "url": "https://x",
                "source": {"path": "m.yaml", "line": 3},
                "fields": [{"path": "priority", "before": None, "after": 2}],
                "notifications": [],
                "risks": [],
                "notes": ["mind"],
                "last_changed": "2024",
            }
        ],
        "findings": [
            {
                "rule": "required-tags",
                "severity": "error",
                "address": "shop/monitor/k",
                "message": "m",
                "source": {"path": "m.yaml", "line": 3, "column": 5},
            }
        ],
        "notes": ["n"],
        "refusals": ["r"],
        "fingerprint": "f",
    }
