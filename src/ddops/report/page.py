"""A page of HTML in one file, which loads nothing and runs nothing: its policy allows one style sheet, by its hash."""

from __future__ import annotations

import base64
import hashlib

from ddops.report.escape import marked_up

STYLE = """
:root{color-scheme:light dark;--bg:#fff;--fg:#1c1e21;--dim:#5b6167;--line:#c9ced4;--tile:#f4f5f7;--link:#0b57d0;
--c0:#1f6feb;--c1:#b35900;--c2:#107c41;--c3:#8250df;--c4:#0e7490;--c5:#a1347b;
--new:#0a6b2d;--newbg:#e2f5e7;--old:#a3121f;--oldbg:#fde8e8;--ch:#7a4d00;--chbg:#fff3d6;--mv:#1a4f8f;--mvbg:#e3eefb}
@media (prefers-color-scheme:dark){:root{--bg:#16181b;--fg:#e6e8ea;--dim:#a3a9b0;--line:#43494f;--tile:#202428;
--link:#8ab4f8;--c0:#6cb6ff;--c1:#f0a35e;--c2:#5fd38d;--c3:#c297ff;--c4:#56d4dd;--c5:#f58ac4;
--new:#7ee2a0;--newbg:#12351f;--old:#ffa8a8;--oldbg:#451a1c;--ch:#ffd27a;--chbg:#3d2e0c;--mv:#9cc4f7;
--mvbg:#16304f}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--fg);font:16px/1.5 system-ui,sans-serif;
overflow-wrap:anywhere}
main,header{max-width:100rem;margin:auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.2rem;border-bottom:1px solid var(--line)}h3{font-size:1rem;margin:.5rem 0}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-100rem}.skip:focus{left:1rem;top:.5rem;background:var(--bg);padding:.5rem}
code,pre{font:.85rem/1.45 ui-monospace,monospace;overflow-wrap:anywhere}
pre{white-space:pre-wrap;background:var(--tile);padding:.5rem;border-left:3px solid var(--line);margin:.25rem 0}
ins,.added .mark{background:var(--newbg);color:var(--new)}
del,.removed .mark{background:var(--oldbg);color:var(--old)}
.changed .mark{background:var(--chbg);color:var(--ch)}.moved .mark{background:var(--mvbg);color:var(--mv)}
.dim{color:var(--dim)}.high{color:var(--old);font-weight:600}.medium{color:var(--ch);font-weight:600}
.refused{border:2px solid var(--old);padding:.5rem 1rem}
details{border:1px solid var(--line);border-radius:4px;margin:.5rem 0;padding:0 .75rem}
details[open]{padding-bottom:.75rem}summary{cursor:pointer;padding:.5rem 0;overflow-wrap:anywhere}
dt{font-weight:600;margin-top:.5rem;overflow-wrap:anywhere}dd{margin:0 0 0 1rem}
table{border-collapse:collapse}
td,th{border:1px solid var(--line);padding:.25rem .5rem;text-align:left;vertical-align:top}
.wide{overflow-x:auto;overflow-wrap:normal}
.sides{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,34rem),1fr));gap:1rem}
figure{margin:.5rem 0;min-width:0}figcaption{font-weight:600}
.grid{list-style:none;margin:.25rem 0;padding:0;display:grid;grid-template-columns:repeat(12,minmax(0,1fr));
grid-auto-rows:minmax(1.75rem,auto);gap:4px}
.tile{background:var(--tile);border:1px solid var(--line);border-radius:3px;padding:2px 4px;min-width:0;
font-size:.75rem;line-height:1.3;overflow-wrap:anywhere}
.tile b,.tile code{display:block}.tile code{font-size:.7rem;color:var(--dim);display:-webkit-box;
-webkit-box-orient:vertical;-webkit-line-clamp:4;overflow:hidden}
.group{background:var(--bg)}.type{color:var(--dim)}.mark{font-weight:600;padding:0 3px;border-radius:2px}
.added{border:2px solid var(--new)}.removed{border:2px dashed var(--old)}.changed{border:2px solid var(--ch)}
.moved{border:2px dotted var(--mv)}
.backtest{max-width:64rem;margin:.75rem 0}.verdict{font-weight:600;margin:.25rem 0}
.backtest figcaption{font-weight:400;font-size:.85rem;overflow-wrap:anywhere}
.backtest>.dim{margin:.25rem 0;font-size:.85rem}
.backtest details{margin:.25rem 0;font-size:.85rem}
.plot{display:grid;grid-template-columns:auto minmax(0,1fr);gap:.5rem;height:15rem;font-size:.75rem}
.plot>svg{height:100%;overflow:visible}.plot>svg+svg{width:100%}
.plot text{fill:var(--fg);stroke:var(--bg);stroke-width:3px;stroke-linejoin:round;paint-order:stroke}
.plot .tick{fill:var(--dim)}.plot text.critical{fill:var(--old)}.plot text.warning{fill:var(--ch)}
.plot line,.plot path,.key line{fill:none;vector-effect:non-scaling-stroke}
.plot .zone{fill:var(--oldbg)}.rule{stroke:var(--line);stroke-width:1px;opacity:.6}
.curve{stroke-width:1.5px;stroke-linejoin:round;stroke-linecap:round}.d1{stroke-dasharray:6 3}
.c0{stroke:var(--c0)}.c1{stroke:var(--c1)}.c2{stroke:var(--c2)}.c3{stroke:var(--c3)}.c4{stroke:var(--c4)}
.c5{stroke:var(--c5)}
.level{stroke-width:1.5px}.level.critical{stroke:var(--old)}.level.warning{stroke:var(--ch)}
.level.recovery{stroke-dasharray:1 4}.level.was{stroke-dasharray:7 5}
.calm{opacity:.5}.dot{stroke-width:4px;stroke-dasharray:none}
.alert{stroke:var(--old);stroke-width:6px;stroke-linecap:round}
.legend{list-style:none;margin:.25rem 0;padding:0;display:flex;flex-wrap:wrap;gap:.25rem 1rem;font-size:.85rem}
.key{width:1.75rem;height:.6rem;margin-right:.35rem}.key line{stroke-width:2.5px}
@media (max-width:40rem){.grid{display:block}.tile{margin:4px 0}dd{margin-left:0}.plot .minor{display:none}}
"""


def page(title: str, body: str, rules: str) -> str:
    """The whole file. `body` is HTML with one element `#main`, `rules` are further rules of the style sheet."""
    style = f"{STYLE}{rules}"
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{marked_up(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#main">Skip to the plan</a>\n{body}\n</body>\n</html>'
    )
