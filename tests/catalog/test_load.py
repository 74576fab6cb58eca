"""The workspace as a whole: every problem of every file, once, and nothing that only follows from another."""

import os
import stat

import pytest


def names(workspace):
    return [f"{spec.address}@{spec.org}" for spec in workspace.load().specs]


def test_the_workspace_is_read_in_the_order_of_addresses(workspace):
    assert names(workspace) == [
        "shop/dashboard/overview@main",
        "shop/monitor/errors.prod@main",
        "shop/monitor/errors.staging@main",
        "shop/monitor/latency@main",
        "shop/slo/availability@main",
    ]
    catalog = workspace.load()
    assert [*catalog.config.orgs] == ["main", "partner"]
    assert catalog.config.orgs["partner"].name == "partner"
    assert str(catalog.specs[0].source) == "dashboards/shop/overview.yaml:1:1"
    assert str(catalog.specs[1].source) == "monitors/shop.yaml:3:5"


def test_files_of_a_kind_stand_in_any_folder_below_its_own(workspace):
    text = "product: shop\nname: n\ntype: query alert\nquery: q > 1\n"
    for path in ("monitors/a/b/one.yml", "monitors/two.YAML", "monitors/three.yaml"):
        workspace.write(path, text)
    workspace.write("monitors/four.yaml", text + "key: fourth\n")
    for path in ("monitors/.hidden.yaml", "monitors/.git/x.yaml", "monitors/README.md", "monitors/old.yaml.bak"):
        workspace.write(path, "not: [YAML")
    found = {name.split("/")[2] for name in names(workspace) if "/monitor/" in name}
    assert found >= {"one@main", "two@main", "three@main", "fourth@main"}


def test_a_workspace_may_hold_nothing_yet(tmp_path):
    from ddops.catalog.load import load

    (tmp_path / "ddops.yaml").write_text("workspace: w\norgs: {o: {}}\n")
    assert load(tmp_path).specs == ()


MONITORS = "monitors/more.yaml"
PRODUCT = "products/shop.yaml"


@pytest.mark.parametrize(
    ("path", "text", "problems"),
    [
        ("ddops.yaml", "", ["ddops.yaml:1:1: this file is empty"]),
        ("ddops.yaml", "- a", ["ddops.yaml:1:1: should be a mapping, not a list"]),
        ("ddops.yaml", "orgs: {main: {}}", ["ddops.yaml:1:1: the field 'workspace' is missing"]),
        ("ddops.yaml", "workspace: Acme Inc\norgs: {main: {}}", 1),
        ("ddops.yaml", "workspace: w\norgs: {}", ["ddops.yaml:2:7: orgs: should not be empty"]),
        ("ddops.yaml", "workspace: w\norgs: {main: 5}", ["ddops.yaml:2:14: orgs.main: should be a mapping, not 5"]),
        ("ddops.yaml", "workspace: w\norgs: {main: {sitee: a}}", 1),
        (MONITORS, "", [f"{MONITORS}:1:1: this file is empty; it begins with `product:`"]),
        (MONITORS, "- key: a", [f"{MONITORS}:1:1: a file of monitors begins with `product:`"]),
        (MONITORS, "hello", [f"{MONITORS}:1:1: a file of monitors begins with `product:`"]),
        (MONITORS, "monitors: []", [f"{MONITORS}:1:1: the field 'product' is missing"]),
        (MONITORS, "product: [shop]", [f"{MONITORS}:1:10: product: should be text, not a list"]),
        (MONITORS, "product:", [f"{MONITORS}:1:9: product: should be text; there is no value"]),
        (MONITORS, "product: shpo", [f"{MONITORS}:1:10: unknown product 'shpo'; did you mean 'shop'?"]),
        (MONITORS, "product: shop\nmonitors: {}", [f"{MONITORS}:2:11: monitors: should be a list, not a mapping"]),
        (MONITORS, "product: shop\nmonitors:", [f"{MONITORS}:2:10: monitors: should be a list; there is no value"]),
        (MONITORS, "product: shop\nmonitors: [a, null, [], 5]", 4),
        (
            MONITORS,
            "product: shop\nmonitors: []\ndefaults: {}",
            [f"{MONITORS}:3:1: unknown field 'defaults'; known: mon"],
        ),
        (
            MONITORS,
            "product: shop\nmonitors: []\nmonitorss: {}",
            [f"{MONITORS}:3:1: unknown field 'monitorss'; did you"],
        ),
        (MONITORS, "product: shop\nmonitor: []", 4),
        (MONITORS, "product: shop\nmonitors:\n- name: n", [f"{MONITORS}:3:3: the field 'key' is missing"]),
        (
            "monitors/My File.yaml",
            "product: shop\nname: n",
            ["monitors/My File.yaml:1:1: 'My File' is no key: lower case"],
        ),
        ("products/other.yaml", "", ["products/other.yaml:1:1: this file is empty"]),
        ("products/other.yaml", "product: third\ntitle: T\norg: main\nteam: t", 1),
        (
            "products/more.yaml",
            "product: more\ntitle: T\norg: mian\nteam: t",
            ["products/more.yaml:3:6: unknown org 'mian';"],
        ),
        ("presets/errors2.yaml", "preset: errors\nkind: slo\nbody: {}", 1),
    ],
)
def test_what_is_wrong_with_a_file(workspace, path, text, problems):
    workspace.write(path, text)
    found = workspace.problems()
    assert len(found) == (problems if isinstance(problems, int) else len(problems)), found
    if not isinstance(problems, int):
        assert all(said.startswith(expected) for said, expected in zip(found, problems, strict=True)), found


@pytest.mark.parametrize(
    ("before", "after", "problems"),
    [
        (
            "title: Shop",
            "titel: Shop",
            ["1:1: the field 'title' is missing", "2:1: unknown field 'titel'; did you mean 'title'?"],
        ),
        ("title: Shop", "title: [", 1),
        ("org: main", "org: mian", ["3:6: unknown org 'mian'; did you mean 'main'?"]),
        ("org: main", "org: [main, man]", ["3:13: unknown org 'man'; did you mean 'main'?"]),
        ("title: Shop", "title: ${product}", ["2:8: a product's file has no variables; '${' means nothing here"]),
        (
            "{service: shop}",
            "{service: '${monitor:a/b}'}",
            ["5:17: a product's file has no variables; '${' means nothing her"],
        ),
        ("[page, alerts]", "[pge, alerts]", ["13:97: unknown channel 'pge'; did you mean 'page'?"]),
        ("name: vendor", "name: prod-page", ["two routes are called 'prod-page'"]),
        (
            "{name: vendor, opt_in",
            "{opt_in",
            ["15:5: routes[2]: an `opt_in` route needs a `name` for monitors to ask for it by"],
        ),
        (
            "runbooks/shop.md",
            "runbooks/shp.md",
            ["7:17: the runbook 'runbooks/shp.md' cannot be read: No such file or direc"],
        ),
        ("runbooks/shop.md", "runbooks", ["7:17: the runbook 'runbooks' is no file"]),
        ("runbooks/shop.md", "../../etc/passwd", ["7:17: '../../etc/passwd' is outside the repository"]),
        ("runbooks/shop.md", "/etc/passwd", ["7:17: '/etc/passwd' is outside the repository"]),
        ("runbooks/shop.md", '"a\\0"', ["7:17: a NUL (\\0) cannot stand in a text"]),
        (
            "{file: runbooks/shop.md}",
            "{url: https://x}",
            ["7:10: runbook: a runbook elsewhere (`url`) names its `sections`"],
        ),
    ],
)
def test_what_is_wrong_in_a_product_is_said_there_alone(workspace, before, after, problems):
    workspace.replace(PRODUCT, before, after)
    if "name: prod-page" in after:
        workspace.replace("monitors/shop.yaml", "    routes: {add: [vendor]}\n", "")
    found = workspace.problems()
    assert all(said.startswith(f"{PRODUCT}:") for said in found), found
    assert len(found) == (problems if isinstance(problems, int) else len(problems)), found
    if not isinstance(problems, int):
        for said, expected in zip(found, problems, strict=True):
            assert expected in said


def test_a_product_that_stands_twice(workspace):
    workspace.write("products/a.yaml", (workspace.root / PRODUCT).read_bytes())
    assert workspace.problems() == [
        "products/a.yaml:1:10: the product 'shop' belongs into products/shop.yaml",
        "products/shop.yaml:1:10: the product 'shop' stands in products/a.yaml already",
    ]


def test_two_specs_with_one_address(workspace):
    workspace.write("monitors/again.yaml", (workspace.root / "monitors/shop.yaml").read_bytes())
    taken = [f"monitors/again.yaml:{line}:5 already" for line in (3, 3, 12)]
    found = workspace.problems()
    assert [said.split(" is taken by ")[1] for said in found] == taken
    assert found[2].startswith("monitors/shop.yaml:12:5: the address shop/monitor/latency")


def test_every_problem_of_every_file_in_the_order_of_files_and_lines(workspace):
    workspace.replace("ddops.yaml", "workspace: acme", "workspce: acme")
    workspace.replace(PRODUCT, "[page, alerts]", "[pge, alerts]")
    workspace.replace("presets/errors.yaml", "options: {", "optons: {")
    workspace.replace("monitors/shop.yaml", "critical: 2.5", "critical: high")
    workspace.replace("monitors/shop.yaml", "runbook: errors", "runbok: errors")
    workspace.replace("dashboards/shop/overview.yaml", "type: note", "type: nte")
    workspace.replace("dashboards/shop/overview.yaml", "monitor:latency", "monitr:latency")
    workspace.replace("slos/shop.yaml", "target: 99.5", "target: '99.5'")
    workspace.write("slos/more.yaml", "product: [")
    workspace.write("monitors/more.yaml", b"\xff")
    assert [said.split(": ")[0] for said in workspace.problems()] == [
        "dashboards/shop/overview.yaml:5:24",
        "dashboards/shop/overview.yaml:6:47",
        "ddops.yaml:1:1",
        "ddops.yaml:1:1",
        "monitors/more.yaml:1:1",
        "monitors/shop.yaml:10:5",
        "monitors/shop.yaml:18:38",
        "presets/errors.yaml:9:3",
        "products/shop.yaml:13:97",
        "slos/more.yaml:2:1",
        "slos/shop.yaml:7:43",
    ]


@pytest.mark.parametrize(
    ("path", "before", "after", "problem"),
    [
        (
            "slos/shop.yaml",
            "errors.prod",
            "errors",
            "6:19: ${monitor:shop/errors}: there is no shop/monitor/errors; did you",
        ),
        (
            "slos/shop.yaml",
            "monitor:errors",
            "monitor:shp/errors",
            "6:19: ${monitor:shp/errors.prod}: there is no shp/monito",
        ),
        (
            "monitors/shop.yaml",
            "overview.url",
            "overvew.url",
            "8:14: ${dashboard:shop/overvew.url}: there is no shop/dashboard",
        ),
        (
            "dashboards/shop/overview.yaml",
            "product: shop",
            "product: shop\norg: partner",
            "7:47: ${monitor:shop/latency}: shop/monitor/latency is for 'main', and shop/dashboard/overview ",
        ),
    ],
)
def test_references_that_lead_nowhere(workspace, path, before, after, problem):
    workspace.replace(path, before, after)
    assert workspace.problems()[0].startswith(f"{path}:{problem}")


def test_a_reference_into_what_could_not_be_read_is_not_called_wrong(workspace):
    workspace.replace("monitors/shop.yaml", "critical: 2.5", "critical: high")
    workspace.replace("monitors/shop.yaml", "metric: shop.errors", "metric: '${nope}'")
    assert [said.split(": ")[0] for said in workspace.problems()] == [
        "monitors/shop.yaml:6:20",
        "monitors/shop.yaml:18:38",
    ]


def test_there_is_no_workspace(workspace):
    workspace.remove("ddops.yaml")
    assert workspace.problems() == ["ddops.yaml:1:1: there is no such file; a workspace begins with it (docs/specs.md)"]


@pytest.mark.parametrize("path", ["ddops.yaml", PRODUCT, "presets/errors.yaml", "slos/shop.yaml", "monitors/new.yaml"])
def test_a_directory_where_a_file_should_be(workspace, path):
    if (workspace.root / path).exists():
        workspace.remove(path)
    (workspace.root / path).mkdir()
    assert workspace.problems() == [f"{path}:1:1: this is a directory; a file should be here"]


@pytest.mark.parametrize("folder", ["products", "presets", "monitors", "dashboards", "slos"])
def test_a_file_where_a_directory_should_be(workspace, folder):
    (workspace.root / folder).rename(workspace.root / "elsewhere")
    workspace.write(folder, "x")
    assert workspace.problems() == [f"{folder}:1:1: this is a file; a directory should be here"]


@pytest.mark.parametrize(
    ("target", "link", "problem"),
    [
        (".", "monitors/loop", "monitors/loop:1:1: cannot be read: a link that leads back to where it stands"),
        ("..", "monitors/loop", "monitors/loop:1:1: cannot be read: a link that leads back to where it stands"),
        ("nowhere", "monitors/x.yaml", "monitors/x.yaml:1:1: cannot be read: No such file or directory"),
        ("x.yaml", "monitors/x.yaml", "monitors/x.yaml:1:1: cannot be read: Too many levels of symbolic links"),
    ],
)
def test_links_that_lead_nowhere(workspace, target, link, problem):
    os.symlink(target, workspace.root / link)
    assert workspace.problems() == [problem]


def test_a_link_to_a_file_or_a_folder_is_followed(workspace):
    workspace.write("shared/one.yaml", "product: shop\nname: n\ntype: query alert\nquery: q > 1\n")
    os.symlink("../shared", workspace.root / "monitors/shared")
    assert "shop/monitor/one@main" in names(workspace)


@pytest.mark.parametrize("path", ["products/shop.yaml", "monitors", "ddops.yaml", "runbooks/shop.md"])
def test_what_may_not_be_read(workspace, path):
    file = workspace.root / path
    file.chmod(0)
    try:
        if os.access(file, os.R_OK):
            pytest.skip("this user may read everything")
        (problem,) = workspace.problems()
    finally:
        file.chmod(stat.S_IRWXU)
    assert problem.endswith("cannot be read: Permission denied")
    assert problem.startswith(f"{path}:1:1: " if path != "runbooks/shop.md" else "products/shop.yaml:7:17: ")


def test_a_file_name_is_shown_on_one_line(workspace):
    workspace.write("monitors/a\nb.yaml", "- a")
    with open(os.fsencode(workspace.root) + b"/monitors/\xff.yaml", "w") as file:
        file.write("- a")
    first, second = workspace.problems()
    assert first == r"monitors/a\nb.yaml:1:1: a file of monitors begins with `product:`"
    assert second == "monitors/\udcff.yaml:1:1: a file of monitors begins with `product:`"
