import pytest


def test_a_valid_workspace(ddops):
    run = ddops("validate")
    assert (run.exit_code, run.stdout, run.stderr) == (0, "1 product, 5 resources: no findings\n", "")


def test_it_needs_no_keys_and_makes_no_sandbox(ddops, workspace):
    assert ddops("validate", env={"CI": "true"}).exit_code == 0
    assert not (workspace.root / ".ddops/sandbox.sqlite").exists()


def test_another_directory(ddops, workspace, tmp_path):
    workspace.write("sub/x", "")
    assert ddops("-C", "..", "validate").exit_code == 1
    assert ddops("-C", str(workspace.root), "validate").stdout.endswith("no findings\n")


def test_findings_are_printed_and_fail(ddops, workspace):
    workspace.write(
        "ddops.yaml", (workspace.root / "ddops.yaml").read_text() + "policy: {required_tags: [itportfolio]}\n"
    )
    run = ddops("validate")
    assert (run.exit_code, run.stderr) == (1, "")
    lines = run.stdout.splitlines()
    assert lines[0].startswith(
        "monitors/shop.yaml:3:5: error: shop/monitor/errors.prod: the required tag 'itportfolio' is missing; "
    )
    assert lines[0].endswith(" [required-tags]")
    assert lines[-1] == "1 product, 5 resources: 3 findings"


def test_every_problem_is_printed_with_its_place(ddops, workspace):
    workspace.replace("monitors/shop.yaml", "type: query alert", "typ: query alert")
    workspace.replace("products/shop.yaml", "[page, alerts]", "[pge, alerts]")
    workspace.replace("slos/shop.yaml", "timeframe: 30d", "timeframe: 30")
    run = ddops("validate")
    assert (run.exit_code, run.stdout) == (1, "")
    assert run.stderr.splitlines() == [
        "monitors/shop.yaml:12:5: the field 'type' is missing",
        "monitors/shop.yaml:14:5: unknown field 'typ'; did you mean 'type'?",
        "products/shop.yaml:13:97: unknown channel 'pge'; did you mean 'page'?",
        "slos/shop.yaml:7:30: thresholds[0].timeframe: 30 is not allowed; did you mean '30d'?",
    ]


def test_there_is_no_workspace_here(ddops, workspace):
    workspace.remove("ddops.yaml")
    run = ddops("validate")
    assert (run.exit_code, run.stdout) == (1, "")
    assert run.stderr.startswith("ddops.yaml:1:1: there is no such file")


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("monitors/x.yaml", "a: !!python/object/apply:os.system ['touch pwned']"),
        ("monitors/x.yaml", b"\xff\xfe"),
        ("monitors/x.yaml", b"\x00"),
        ("monitors/x.yaml", "[" * 100_000),
        ("monitors/x.yaml", "product: shop\nmonitors: &a [*a]"),
        ("ddops.yaml", ""),
        ("products/shop.yaml", "- a"),
    ],
)
def test_what_cannot_be_read_is_no_bug(ddops, workspace, path, content):
    workspace.write(path, content)
    run = ddops("validate")
    assert (run.exit_code, run.stdout) == (1, "")
    assert run.stderr.startswith(f"{path}:")
    assert "Traceback" not in run.stderr
    assert not (workspace.root / "pwned").exists()


def test_nothing_from_a_spec_reaches_the_terminal_as_it_is(ddops, workspace):
    evil = r"\e[2J\u202E\x9b\nmonitors/shop.yaml:1:1: fake"
    workspace.write(
        "monitors/evil.yaml", f'product: shop\nmonitors:\n- {{key: k, "{evil}": 1, name: "{evil}", type: "{evil}"}}\n'
    )
    run = ddops("validate")
    assert run.exit_code == 1
    assert len(run.stderr.splitlines()) == 3
    assert not set("\x1b\u202e\x9b") & set(run.stderr)


def test_colour_only_where_somebody_looks(ddops, workspace):
    workspace.write(
        "ddops.yaml", (workspace.root / "ddops.yaml").read_text() + "policy: {required_tags: [itportfolio]}\n"
    )
    plain = ddops("validate").stdout
    assert "\x1b" not in plain
    assert "\x1b[1;31merror\x1b[0m" in ddops("validate", terminal=True).stdout
    assert ddops("validate", "--no-color", terminal=True).stdout == plain
    assert ddops("validate", terminal=True, env={"NO_COLOR": "1"}).stdout == plain
