"""`ddops fmt`: which files it takes, what it says of them."""

UNTIDY = "product: shop\nmonitors:\n- name: n  # why\n  key:   a\n  tags: [ a:b,c:d ]   \n\n\n  query: q\n\n"
TIDY = "product: shop\nmonitors:\n  - key:   a\n    name: n  # why\n\n    query: q\n    tags: [a:b, c:d]\n"


def test_a_workspace_is_formatted(ddops, workspace):
    ddops("fmt")
    workspace.write("monitors/untidy.yaml", UNTIDY)
    run = ddops("fmt")
    assert (run.exit_code, run.stderr) == (0, "")
    assert run.stdout.splitlines() == ["monitors/untidy.yaml: formatted", "7 files: 1 formatted"]
    assert (workspace.root / "monitors/untidy.yaml").read_text() == TIDY
    assert ddops("fmt").stdout == "7 files: none formatted\n"


def test_check_changes_nothing_and_fails(ddops, workspace):
    ddops("fmt")
    workspace.write("monitors/untidy.yaml", UNTIDY)
    run = ddops("fmt", "--check")
    assert (run.exit_code, run.stderr) == (1, "")
    assert run.stdout.splitlines() == ["monitors/untidy.yaml: is not formatted", "7 files: 1 to format"]
    assert (workspace.root / "monitors/untidy.yaml").read_text() == UNTIDY
    ddops("fmt")
    run = ddops("fmt", "--check")
    assert (run.exit_code, run.stdout) == (0, "7 files: none to format\n")


def test_files_and_directories(ddops, workspace):
    workspace.write("monitors/a/untidy.yaml", UNTIDY)
    workspace.write("monitors/b/untidy.yaml", UNTIDY)
    workspace.write("notes/untidy.yaml", UNTIDY)
    assert "1 file: 1 formatted" in ddops("fmt", "monitors/a").stdout
    assert "1 file: 1 formatted" in ddops("fmt", "monitors/b/untidy.yaml").stdout
    assert ddops("fmt", "notes").stdout == "0 files: none formatted\n"
    # No spec: laid out, in its own order.
    assert "1 file: 1 formatted" in ddops("fmt", "notes/untidy.yaml").stdout
    assert "- name: n  # why\n    key:   a" in (workspace.root / "notes/untidy.yaml").read_text()


def test_what_is_no_yaml_is_left_and_named(ddops, workspace):
    workspace.write("monitors/a.yaml", "product: [")
    workspace.write("monitors/b.yaml", b"product: \xff")
    workspace.write("monitors/untidy.yaml", UNTIDY)
    run = ddops("fmt")
    assert run.exit_code == 1
    assert "monitors/a.yaml:2:1: this is not YAML" in run.stderr
    assert "monitors/b.yaml:1:1: not UTF-8" in run.stderr
    assert "monitors/untidy.yaml: formatted" in run.stdout
    assert (workspace.root / "monitors/a.yaml").read_text() == "product: ["


def test_a_file_that_is_not_there(ddops):
    run = ddops("fmt", "nowhere.yaml")
    assert (run.exit_code, run.stderr) == (1, "there is no file or directory nowhere.yaml\n")


def test_line_ends_and_byte_order_marks(ddops, workspace):
    file = workspace.write("monitors/a.yaml", b"\xef\xbb\xbfproduct: shop\r\nmonitors: []\r\n")
    assert ddops("fmt").exit_code == 0
    assert file.read_bytes() == b"product: shop\nmonitors: []\n"
