"""`ddops drift`: what somebody changed in the org, and how it comes back into the YAML."""

import orjson
import pytest

LATENCY = "shop/monitor/latency"


@pytest.fixture
def applied(orgs, workspace):
    """An org that holds what the specs say, which have comments and quotes of their own."""
    workspace.replace(
        "monitors/shop.yaml",
        "  - key: latency\n    name: Shop is slow\n",
        "  # asked for by the shop's people\n  - key: latency   # p95\n    name: 'Shop is slow' # as they say\n"
        "    message: |\n      It is slow.\n\n      See ${dashboard:help.url} first.\n    # nothing above 3\n",
    )
    workspace.write("dashboards/shop/help.yaml", "product: shop\ntitle: Help\nlayout_type: ordered\nwidgets: []\n")
    orgs.apply()
    return orgs


def edit(orgs, kind, title, **fields):
    found = orgs.main.one(kind, title)
    return orgs.main.edit(kind, found["id"], **fields)


def thresholds(orgs, **values):
    latency = orgs.main.one("monitor", "Shop is slow")
    options = latency["options"]
    return edit(orgs, "monitor", "Shop is slow", options={**options, "thresholds": {**options["thresholds"], **values}})


def drift(orgs, *args):
    run = orgs("drift", "--format", "json", *args)
    assert run.exit_code in (0, 2), run.stderr
    return run.exit_code, orjson.loads(run.stdout)


def changed_lines(before, after):
    """The lines that are gone, and those that came."""
    one, other = before.splitlines(), after.splitlines()
    return [line for line in one if line not in other], [line for line in other if line not in one]


class TestShown:
    def test_none(self, applied):
        run = applied("drift")
        assert (run.exit_code, run.stdout) == (0, "No drift: 6 resources are as the specs say.\n")
        code, found = drift(applied)
        assert (code, found["drift"]) == (0, [])

    def test_a_change_in_the_ui_says_both_sides_and_when(self, applied):
        latency = thresholds(applied, warning=2)
        code, found = drift(applied)
        assert code == 2
        assert found["summary"] == {"changed": 1, "missing": 0, "unexpected": 0, "not taken over": 0}
        (one,) = found["drift"]
        assert one["fields"] == [{"path": "options.thresholds.warning", "specs": 1, "org": 2}]
        assert (one["address"], one["what"], one["id"]) == (LATENCY, "changed", str(latency["id"]))
        assert (one["last_changed"], one["author"]) == (latency["modified"], "sandbox@example.com")
        text = applied("drift").stdout
        assert "options.thresholds.warning: 1 in the specs, 2 in the org" in text
        assert " UTC; made by sandbox@example.com" in text
        assert text.endswith("Drift: 1 changed, 5 as the specs say.\n")

    def test_what_was_deleted_and_what_nobody_asked_for_count(self, applied, workspace):
        applied.main.delete("slo", applied.main.one("slo", "Shop answers")["id"])
        workspace.remove("dashboards/shop/help.yaml")
        workspace.replace("monitors/shop.yaml", "See ${dashboard:help.url} first.", "See it first.")
        _, found = drift(applied)
        what = {one["address"]: one["what"] for one in found["drift"]}
        assert what["shop/slo/availability"] == "missing"
        assert what["shop/dashboard/help"] == "unexpected"
        assert "deleted there, without its marker, or never applied" in applied("drift").stdout

    def test_a_spec_with_findings_and_much_of_the_org_is_no_reason_to_refuse(self, applied, workspace):
        workspace.replace("products/shop.yaml", "team: shop-team", "team: other-team")
        workspace.replace("monitors/shop.yaml", "warning: 1}", "warning: 9}")
        assert drift(applied)[0] == 2

    def test_products_limit_it(self, applied, workspace):
        thresholds(applied, warning=2)
        workspace.write("products/cart.yaml", "product: cart\ntitle: Cart\norg: main\nteam: cart-team\n")
        applied.apply("--product", "cart")
        assert drift(applied, "cart")[0] == 0
        assert drift(applied, "shop")[0] == 2

    def test_nothing_in_the_org_is_changed(self, applied):
        thresholds(applied, warning=2)
        applied.server.requests.clear()
        applied("drift")
        applied("drift", "--adopt", "--yes")
        assert applied.writes() == []


class TestAdopted:
    def adopt(self, orgs, *args, code=0):
        run = orgs("drift", "--adopt", "--yes", *args)
        assert run.exit_code == code, run.stderr + run.stdout
        return run

    def test_one_number_changes_one_number(self, applied, workspace):
        before = (workspace.root / "monitors" / "shop.yaml").read_text()
        thresholds(applied, warning=2)
        run = self.adopt(applied)
        after = (workspace.root / "monitors" / "shop.yaml").read_text()
        assert after == before.replace("warning: 1}", "warning: 2}")
        assert "+    options: {thresholds: {critical: 2.5, warning: 2}}" in run.stdout
        assert "1 resource in 1 file written" in run.stderr
        assert applied.changes() == []

    def test_comments_quotes_and_references_stay(self, applied, workspace):
        before = (workspace.root / "monitors" / "shop.yaml").read_text()
        latency = applied.main.one("monitor", "Shop is slow")
        message = latency["message"].replace("It is slow.", "It's slow.\n\n# Twice\n\nAsk ${nobody}.")
        edit(
            applied,
            "monitor",
            "Shop is slow",
            name="Shop is very slow",
            message=message,
            tags=[*latency["tags"], "tier:1"],
            priority=3,
        )
        self.adopt(applied)
        after = (workspace.root / "monitors" / "shop.yaml").read_text()
        gone, came = changed_lines(before, after)
        assert gone == [
            "    name: 'Shop is slow' # as they say",
            "      It is slow.",
            '    tags: ["env:prod"]',
        ]
        assert came == [
            "    name: 'Shop is very slow' # as they say",
            "      It's slow.",
            "      # Twice",
            "      Ask $${nobody}.",
            '    tags: ["env:prod", "tier:1"]',
            "    priority: 3",
        ]
        assert applied.changes() == []

    def test_what_was_taken_out_goes(self, applied, workspace):
        before = (workspace.root / "monitors" / "shop.yaml").read_text()
        latency = applied.main.one("monitor", "Shop is slow")
        edit(applied, "monitor", "Shop is slow", options={**latency["options"], "thresholds": {"critical": 2.5}})
        self.adopt(applied)
        after = (workspace.root / "monitors" / "shop.yaml").read_text()
        assert after == before.replace(", warning: 1", "")
        assert applied.changes() == []

    def test_an_override_is_written_where_it_stands(self, applied, workspace):
        before = (workspace.root / "monitors" / "shop.yaml").read_text()
        edit(applied, "monitor", "[staging] Shop errors", priority=5)
        self.adopt(applied)
        after = (workspace.root / "monitors" / "shop.yaml").read_text()
        assert after == before.replace("set: {priority: 4}", "set: {priority: 5}")
        assert applied.changes() == []

    def test_what_a_template_shares_is_named_and_left(self, applied, workspace):
        before = (workspace.root / "monitors" / "shop.yaml").read_text()
        prod = applied.main.one("monitor", "[prod] Shop errors")
        edit(applied, "monitor", "[prod] Shop errors", message=prod["message"].replace("errors.", "mistakes."))
        run = self.adopt(applied, code=2)
        assert (workspace.root / "monitors" / "shop.yaml").read_text() == before
        assert "monitors/shop.yaml:8:14: shop/monitor/errors.prod: message: not written: it is what " in run.stderr
        assert "shop/monitor/errors.staging says as well, and there it is otherwise" in run.stderr

    def test_a_template_is_written_where_an_override_says_otherwise_for_the_rest(self, applied, workspace):
        before = (workspace.root / "monitors" / "shop.yaml").read_text()
        edit(applied, "monitor", "[prod] Shop errors", priority=1)
        self.adopt(applied)
        assert (workspace.root / "monitors" / "shop.yaml").read_text() == before.replace("priority: 2", "priority: 1")
        assert applied.changes() == []

    def test_what_comes_from_a_preset_or_a_variable_is_named_with_its_place_and_the_rest_is_written(
        self, applied, workspace
    ):
        preset = (workspace.root / "presets" / "errors.yaml").read_text()
        prod = applied.main.one("monitor", "[prod] Shop errors")
        edit(
            applied,
            "monitor",
            "[prod] Shop errors",
            name="[prod] Errors",
            query=prod["query"].replace("50", "60"),
            options={**prod["options"], "thresholds": {"critical": 60}},
        )
        thresholds(applied, warning=2)
        run = self.adopt(applied, code=2)
        assert (
            "presets/errors.yaml:8:28: shop/monitor/errors.prod: options.thresholds.critical: not written"
            in (run.stderr)
            or "it comes from the preset in presets/errors.yaml" in run.stderr
        )
        assert "shop/monitor/errors.prod: name: not written: it is made of a variable" in run.stderr
        assert (workspace.root / "presets" / "errors.yaml").read_text() == preset
        assert [address for _, address in applied.changes()] == ["shop/monitor/errors.prod"]

    def test_a_template_is_written_where_all_of_it_changed_alike(self, applied, workspace):
        for env in ("prod", "staging"):
            found = applied.main.one("monitor", f"[{env}] Shop errors")
            options = {**found["options"], "renotify_interval": 30}
            applied.main.edit("monitor", found["id"], options=options)
        self.adopt(applied)
        assert "    options: {renotify_interval: 30}\n" in (workspace.root / "monitors" / "shop.yaml").read_text()
        assert applied.changes() == []

    def test_the_end_that_routes_make_of_a_message_is_left(self, applied):
        latency = applied.main.one("monitor", "Shop is slow")
        edit(applied, "monitor", "Shop is slow", message=latency["message"].replace("@vendor@example.com", "@all"))
        run = self.adopt(applied, code=2)
        assert "its end is what ddops adds" in run.stderr

    def test_what_would_change_something_else_is_left_and_says_what(self, applied, workspace):
        before = (workspace.root / "monitors" / "shop.yaml").read_text()
        workspace.replace("products/shop.yaml", "channels:\n", "catalog: {lifecycle: production}\nchannels:\n")
        applied.apply()
        edit(applied, "monitor", "[prod] Shop errors", priority=3)  # without the handles that the routes give to a P3
        board = applied.main.one("dashboard", "Help")  # by its title the catalog's entity calls it
        applied.main.edit("dashboard", board["id"], title="Help!")
        run = self.adopt(applied, code=2)
        assert "priority: not written: message would not be as the org has it then" in run.stderr
        assert "title: not written: shop/catalog_entity/shop would change as well" in run.stderr
        assert (workspace.root / "monitors" / "shop.yaml").read_text() == before

    def test_thresholds_of_an_slo_are_found_by_their_window(self, applied, workspace):
        slo = applied.main.one("slo", "Shop answers")
        windows = [{"timeframe": "7d", "target": 99}, {"timeframe": "30d", "target": 99.9}]
        edit(applied, "slo", "Shop answers", thresholds=windows, description="Most of the time.")
        assert slo["thresholds"] != windows
        self.adopt(applied)
        text = (workspace.root / "slos" / "shop.yaml").read_text()
        assert 'thresholds: [{timeframe: 30d, target: 99.9}, {timeframe: "7d", target: 99}]' in text
        assert "    description: Most of the time.\n" in text
        assert applied.changes() == []

    def test_widgets_that_came_went_and_changed(self, applied, workspace):
        workspace.write(
            "dashboards/shop/overview.yaml",
            """\
product: shop
title: Shop
layout_type: ordered
widgets:
  # hello
  - definition: {type: note, content: "Hello from ${product.title}"}
  # a graph
  - definition:
      type: alert_graph
      alert_id: "${monitor:latency}"   # the one
      viz_type: timeseries
  - definition: {type: note, content: Bye}
""",
        )
        applied.apply()
        board = applied.main.one("dashboard", "Shop")
        hello, graph, _ = board["widgets"]
        graph = {**graph, "definition": {**graph["definition"], "title": "Slow?"}}
        new = {"definition": {"type": "note", "content": "# New\nTwo lines"}}
        applied.main.edit("dashboard", board["id"], widgets=[hello, new, graph], title="The shop")
        self.adopt(applied)
        text = (workspace.root / "dashboards" / "shop" / "overview.yaml").read_text()
        assert "Bye" not in text
        assert '      alert_id: "${monitor:latency}"   # the one\n' in text
        assert '  - definition: {type: note, content: "Hello from ${product.title}"}\n' in text
        assert "      title: Slow?\n" in text
        assert "        # New\n        Two lines\n" in text
        assert "  # hello\n" in text
        assert "  # a graph\n" in text
        assert applied.changes() == []

    def test_another_object_where_a_reference_stood_is_left(self, applied, workspace):
        board = applied.main.one("dashboard", "Shop")
        other = applied.main.one("monitor", "[prod] Shop errors")
        note, graph = board["widgets"]
        graph = {**graph, "definition": {**graph["definition"], "alert_id": str(other["id"])}}
        edit(applied, "dashboard", "Shop", widgets=[note, graph])
        run = self.adopt(applied, code=2)
        assert "it is made of a variable" in run.stderr

    def test_objects_that_are_gone_or_nobody_asked_for_are_named(self, applied, workspace):
        applied.main.delete("slo", applied.main.one("slo", "Shop answers")["id"])
        run = self.adopt(applied, code=2)
        assert "slos/shop.yaml:3:5: shop/slo/availability: not written: it is not in the org" in run.stderr
        assert run.stdout == "nothing to write\n"

    def test_a_widget_that_moved_is_named(self, applied):
        board = applied.main.one("dashboard", "Shop")
        edit(applied, "dashboard", "Shop", widgets=board["widgets"][::-1])
        run = self.adopt(applied, code=2)
        assert "they stand in another order in the org; move them in the file" in run.stderr

    def test_what_a_products_tags_say_is_left(self, applied):
        latency = applied.main.one("monitor", "Shop is slow")
        edit(applied, "monitor", "Shop is slow", tags=[tag for tag in latency["tags"] if tag != "service:shop"])
        run = self.adopt(applied, code=2)
        assert "service:shop is not the resource's own, and gone in the org" in run.stderr

    def test_one_spec_for_two_orgs_is_written_where_both_changed(self, applied, workspace):
        workspace.replace(
            "monitors/shop.yaml", "  - key: latency   # p95\n", "  - key: latency\n    org: [main, partner]\n"
        )
        workspace.replace("monitors/shop.yaml", "      See ${dashboard:help.url} first.\n", "")
        workspace.replace("slos/shop.yaml", "${monitor:errors.prod}", "${monitor:latency}")
        applied.apply()
        before = (workspace.root / "monitors" / "shop.yaml").read_text()
        thresholds(applied, warning=2)
        run = self.adopt(applied, code=2)
        assert f"it is what {LATENCY} in another org says as well" in run.stderr
        there = applied.partner.one("monitor", "Shop is slow")
        options = {**there["options"], "thresholds": {"critical": 2.5, "warning": 2}}
        applied.partner.edit("monitor", there["id"], options=options)
        self.adopt(applied)
        after = (workspace.root / "monitors" / "shop.yaml").read_text()
        assert after == before.replace("warning: 1}", "warning: 2}")

    def test_protection_is_left(self, applied, workspace):
        workspace.replace("slos/shop.yaml", "    type: monitor", "    type: monitor\n    protect: true")
        applied.apply()
        slo = applied.main.one("slo", "Shop answers")
        edit(applied, "slo", "Shop answers", tags=[tag for tag in slo["tags"] if not tag.startswith("ddops-protect")])
        run = self.adopt(applied, code=2)
        assert "shop/slo/availability: protect: not written" in run.stderr

    def test_no_drift(self, applied):
        assert self.adopt(applied).stdout == "no drift\n"

    def test_only_products_that_are_named(self, applied, workspace):
        workspace.write("products/cart.yaml", "product: cart\ntitle: Cart\norg: main\nteam: cart-team\n")
        applied.apply("--product", "cart")
        thresholds(applied, warning=2)
        assert self.adopt(applied, "cart").stdout == "no drift\n"
        self.adopt(applied, "shop")
        assert applied.changes() == []

    def test_bytes_that_are_not_about_it_stay(self, applied, workspace):
        file = workspace.root / "monitors" / "shop.yaml"
        text = file.read_text()
        file.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
        thresholds(applied, warning=2)
        self.adopt(applied)
        wanted = text.replace("warning: 1}", "warning: 2}").replace("\n", "\r\n")
        assert file.read_bytes() == b"\xef\xbb\xbf" + wanted.encode()


class TestAsked:
    @pytest.fixture(autouse=True)
    def drifted(self, applied, workspace):
        self.file = workspace.root / "monitors" / "shop.yaml"
        self.before = self.file.read_text()
        thresholds(applied, warning=2)

    def test_a_dry_run_shows_a_diff_and_writes_nothing(self, applied):
        run = applied("drift", "--adopt", "--dry-run")
        assert run.exit_code == 2
        assert run.stdout.startswith("--- a/monitors/shop.yaml\n+++ b/monitors/shop.yaml\n@@ ")
        assert "1 resource in 1 file would be written; nothing is" in run.stderr
        assert self.file.read_text() == self.before

    @pytest.mark.parametrize(("answer", "code"), [("yes\n", 0), ("y\n", 1), ("no\n", 1)])
    def test_only_yes_is_a_yes(self, applied, answer, code):
        run = applied("drift", "--adopt", input=answer, terminal=True)
        assert run.exit_code == code
        assert (self.file.read_text() != self.before) is (code == 0)

    def test_without_a_terminal_somebody_has_to_say_so(self, applied):
        run = applied("drift", "--adopt")
        assert run.exit_code == 1
        assert "give --yes or --dry-run" in run.stderr

    @pytest.mark.parametrize("words", [["--yes"], ["--dry-run"], ["--adopt", "--yes", "--format", "json"]])
    def test_words_that_do_not_go_together(self, applied, words):
        assert applied("drift", *words).exit_code == 1
        assert self.file.read_text() == self.before
