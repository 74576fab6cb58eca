"""YAML as people write it: indented by any number of blanks, with comments and empty lines anywhere."""

from hypothesis import strategies as st

SCALARS = ["a", "b c", "12", "1.50", "true", "~", "'it''s: #1'", '"x, [y] # z"', "${env.db}", "yes", "*"]
IN_FLOW = ["a", "12", "true", "'q: #1'", '"x, [y]"', "b c", "0x1F"]
PLAIN_SAFE = [scalar for scalar in SCALARS if scalar != "*"]
TEXTS = [
    ["one line"],
    ["first", "", "  further in", "last"],
    ["# no comment", "key: value"],
    ["trailing blanks  ", "- dash"],
]


@st.composite
def flows(draw, depth=0):
    """`{a: 1 ,b: [ x,y ]}` with blanks anywhere."""
    gap = st.sampled_from(["", " ", "  "])
    form = draw(st.sampled_from(["scalar", "scalar", "list", "map"])) if depth < 2 else "scalar"
    if form == "scalar":
        return draw(st.sampled_from(IN_FLOW)) if depth else f"[{draw(st.sampled_from(IN_FLOW))}]"
    items = draw(st.lists(flows(depth=depth + 1), max_size=3))
    if form == "map":
        items = [f"k{at}:{draw(st.sampled_from([' ', '  ']))}{item}" for at, item in enumerate(items)]
    begin, end = "[]" if form == "list" else "{}"
    inside = ",".join(f"{draw(gap)}{item}{draw(gap)}" for item in items)
    return f"{begin}{inside}{end}"


@st.composite
def notes(draw, indent):
    """Lines that say nothing: comments and empty ones."""
    some = st.lists(st.sampled_from(["", "", "   ", "#", "# about: this"]), max_size=2)
    deeper = st.sampled_from([0, indent, indent, indent + 3])
    return [" " * draw(deeper) + line if line.startswith("#") else line for line in draw(some)]


@st.composite
def values(draw, indent, depth):
    """What follows a key or a dash that stands at `indent`: the rest of its line, and the lines below."""
    form = draw(st.sampled_from(["scalar", "scalar", "flow", "text", "map", "list"]))
    behind = draw(st.sampled_from(["", "", "   # why", "  "]))
    if form == "flow":
        return [f" {draw(flows())}{behind}"]
    if form == "text":
        sign = draw(st.sampled_from(["|", "|-", ">", ">-", "|+"]))
        column = indent + draw(st.integers(1, 4))
        return [f" {sign}", *(" " * column + line if line else "" for line in draw(st.sampled_from(TEXTS)))]
    if form == "scalar" or depth == 0:
        return [f" {draw(st.sampled_from(PLAIN_SAFE))}{behind}"]
    return [behind, *draw(blocks(indent + draw(st.integers(1, 4)), depth - 1, form))]


@st.composite
def blocks(draw, indent, depth, form="map"):
    """A mapping or a list in lines of its own."""
    lines: list[str] = []
    for at in range(draw(st.integers(1, 3))):
        lines += draw(notes(indent))
        if form == "list":
            if depth and draw(st.booleans()):
                gap = draw(st.integers(1, 3))
                first, *rest = draw(entries(indent + 1 + gap, depth - 1, 2))
                lines += [" " * indent + "-" + " " * gap + first.lstrip(" "), *rest]
            else:
                first, *rest = draw(values(indent, depth))
                lines += [" " * indent + "-" + first, *rest]
        else:
            lines += draw(entries(indent, depth, 1, at))
    return lines


@st.composite
def entries(draw, indent, depth, most, at=0):
    lines: list[str] = []
    for index in range(draw(st.integers(1, most))):
        name = draw(st.sampled_from(["name", "query", "tags", "overrides", "key"])) + f"{at}{index}" * draw(
            st.booleans()
        )
        if any(line.startswith(f"{' ' * indent}{name}:") for line in lines):
            continue
        if depth and draw(st.booleans()):
            # A list in the column of its key.
            lines += [" " * indent + f"{name}:", *draw(blocks(indent, depth - 1, "list"))]
        else:
            first, *rest = draw(values(indent, depth))
            lines += [" " * indent + f"{name}:{first}", *rest]
    return lines


@st.composite
def texts(draw):
    lines = draw(notes(0)) + draw(entries(0, 3, 3)) + draw(notes(0))
    return "\n".join(lines) + draw(st.sampled_from(["", "\n", "\n\n\n"]))


@st.composite
def files(draw):
    """A file of monitors."""
    lines = ["# about", "monitors:"]
    for _ in range(draw(st.integers(1, 3))):
        lines += draw(notes(2))
        first, *rest = draw(entries(4, 2, 4))
        lines += [f"  - {first.strip(' ') if first.startswith('    ') else first}", *rest]
    return "\n".join([*lines, *draw(notes(0)), "product: shop", ""])
