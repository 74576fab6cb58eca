"""`ci-matrix`: the products that a change touches."""

import orjson
import pytest

from tests.cli.repository import git

__all__ = ["git"]

CART = "product: cart\ntitle: Cart\norg: main\nteam: cart-team\nrunbook: {file: docs/cart.txt}\n"
CART_MONITOR = """\
product: cart
name: Cart is slow
type: query alert
query: avg(last_5m):avg:cart.latency{env:prod} > 3
runbook: slow
"""


@pytest.fixture
def matrix(workspace, ddops, git):
    workspace.write("products/cart.yaml", CART)
    workspace.write("docs/cart.txt", "# Cart\n\n## Slow\n")
    workspace.write("monitors/cart.yaml", CART_MONITOR)
    git("add", "--all")
    git("commit", "--quiet", "-m", "Cart")

    def products(since="main"):
        run = ddops("ci-matrix", "--since", since)
        assert run.exit_code == 0, run.stderr
        return [one["product"] for one in orjson.loads(run.stdout)["include"]]

    return products


def test_nothing_changed(matrix, ddops):
    assert matrix() == []
    assert ddops("ci-matrix", "--since", "main").stdout == '{"include":[]}\n'


def test_what_changed_in_the_last_commit(matrix):
    assert matrix("main~1") == ["cart"]


@pytest.mark.parametrize(
    ("path", "before", "after", "products"),
    [
        ("monitors/cart.yaml", "> 3", "> 4", ["cart"]),
        ("monitors/cart.yaml", "product: cart", "product: cart # ours", []),
        ("presets/errors.yaml", "default: 50", "default: 60", ["shop"]),
        ("products/shop.yaml", "title: Shop", "title: The shop", ["shop"]),
        ("ddops.yaml", "subdomain: acme", "subdomain: acme-corp", ["cart", "shop"]),
        ("ddops.yaml", "workspace: acme", "policy: {required_tags: [team]}\nworkspace: acme", ["cart", "shop"]),
        ("ddops.yaml", "workspace: acme", "workspace: acme # ours", []),
        ("runbooks/shop.md", "Scale out.", "Scale in.", []),
    ],
)
def test_what_one_edit_touches(matrix, workspace, path, before, after, products):
    workspace.replace(path, before, after)
    assert matrix() == products


def test_a_product_that_came_or_went(matrix, workspace):
    for file in ("products/cart.yaml", "monitors/cart.yaml"):
        workspace.remove(file)
    workspace.write("products/till.yaml", "product: till\ntitle: Till\norg: main\nteam: till-team\n")
    assert matrix() == ["cart", "till"]


def test_a_link_is_followed_where_it_stays_in_the_workspace(matrix, workspace, git):
    workspace.remove("monitors/cart.yaml")
    workspace.write("monitors/all/cart.yml.txt", CART_MONITOR)
    (workspace.root / "monitors" / "cart.yaml").symlink_to("../../etc/passwd")
    git("add", "--all")
    git("commit", "--quiet", "-m", "A link that leads nowhere")
    workspace.remove("monitors/cart.yaml")
    workspace.write("monitors/cart.yaml", CART_MONITOR)
    assert "cart" in matrix()


def test_where_the_specs_did_not_compile_all_are_touched(matrix, workspace, git, ddops):
    good = (workspace.root / "monitors" / "cart.yaml").read_text()
    workspace.write("monitors/cart.yaml", "product: cart\nnonsense: 1\n")
    git("commit", "--quiet", "--all", "-m", "Broken")
    workspace.write("monitors/cart.yaml", good)
    assert matrix() == ["cart", "shop"]
    assert "at main: " in ddops("ci-matrix", "--since", "main").stderr


def test_a_ref_is_needed_and_has_to_be_there(matrix, ddops):
    assert ddops("ci-matrix").exit_code == 1
    run = ddops("ci-matrix", "--since", "nowhere")
    assert (run.exit_code, run.stdout) == (1, "")
    assert "git does not know 'nowhere'" in run.stderr


def test_no_org_is_asked_and_no_key_needed(matrix, workspace):
    workspace.replace("monitors/cart.yaml", "> 3", "> 4")
    assert matrix() == ["cart"]
    assert not (workspace.root / ".ddops" / "sandbox.sqlite").exists()
