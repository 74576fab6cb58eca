import orjson
import pytest


def compiled(run):
    assert (run.exit_code, run.stderr) == (0, "")
    return orjson.loads(run.stdout)


def test_the_bodies_that_would_be_sent_in_the_order_of_addresses(ddops):
    found = compiled(ddops("compile"))
    assert [(one["address"], one["kind"], one["org"]) for one in found] == [
        ("shop/dashboard/overview", "dashboard", "main"),
        ("shop/monitor/errors.prod", "monitor", "main"),
        ("shop/monitor/errors.staging", "monitor", "main"),
        ("shop/monitor/latency", "monitor", "main"),
        ("shop/slo/availability", "slo", "main"),
    ]
    assert found[0]["payload"]["widgets"][0]["definition"]["content"] == "Hello from Shop"
    assert found[4]["payload"]["monitor_ids"] == ["${monitor:shop/errors.prod}"]


def test_some_addresses(ddops):
    found = compiled(ddops("compile", "shop/slo/availability", "shop/monitor/latency"))
    assert [one["address"] for one in found] == ["shop/monitor/latency", "shop/slo/availability"]


def test_one_org(ddops, workspace):
    workspace.replace("products/shop.yaml", "org: main", "org: [main, partner]")
    assert len(compiled(ddops("compile"))) == 10
    assert {one["org"] for one in compiled(ddops("compile", "--org", "partner"))} == {"partner"}


def test_an_escaped_text_is_shown_as_it_will_be(ddops, workspace):
    workspace.replace("monitors/shop.yaml", "    name: Shop is slow", "    message: $${HOME}\n    name: Shop is slow")
    (found,) = compiled(ddops("compile", "shop/monitor/latency"))
    assert found["payload"]["message"].startswith("${HOME}")


def test_the_same_files_give_the_same_bytes(ddops):
    assert ddops("compile").stdout == ddops("compile").stdout


def test_keys_in_the_environment_make_no_difference(ddops):
    keys = {"DD_API_KEY": "0" * 32, "DD_APP_KEY": "1" * 40, "CI": "true"}
    assert ddops("compile", env=keys).stdout == ddops("compile").stdout


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["shop/monitor/latncy"], "unknown address 'shop/monitor/latncy'; did you mean 'shop/monitor/latency'?\n"),
        (["--org", "mian"], "unknown org 'mian'; did you mean 'main'?\n"),
    ],
)
def test_a_word_that_there_is_not(ddops, args, said):
    run = ddops("compile", *args)
    assert (run.exit_code, run.stdout, run.stderr) == (1, "", said)


def test_control_characters_are_escaped(ddops, workspace):
    workspace.replace("monitors/shop.yaml", "name: Shop is slow", r'name: "Shop \e[31m \x9b \u202E"')
    run = ddops("compile", "shop/monitor/latency")
    assert compiled(run)[0]["payload"]["name"] == "Shop \x1b[31m \x9b \u202e"
    assert not set("\x1b\x9b\u202e") & set(run.stdout)


def test_problems_are_printed_and_nothing_else(ddops, workspace):
    workspace.replace("slos/shop.yaml", "errors.prod", "errors.prd")
    run = ddops("compile")
    assert (run.exit_code, run.stdout) == (1, "")
    assert run.stderr == (
        "slos/shop.yaml:6:19: ${monitor:shop/errors.prd}: there is no shop/monitor/errors.prd; "
        "did you mean shop/monitor/errors.prod?\n"
    )
