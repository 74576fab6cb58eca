"""A page of HTML in one file, which loads nothing and runs nothing: its policy allows one style sheet, by its hash."""

from __future__ import annotations

import base64
import hashlib

from ddops.report.escape import marked_up

STYLE = """
:root{color-scheme:light dark;--bg:#fff;--fg:#1c1e21;--dim:#5b6167;--line:#c9ced4;--tile:#f4f5f7;--link:#0b57d0;
--new:#0a6b2d;--newbg:#e2f5e7;--old:#a3121f;--oldbg:#fde8e8;--ch:#7a4d00;--chbg:#fff3d6;--mv:#1a4f8f;--mvbg:#e3eefb}
@media (prefers-color-scheme:dark){:root{--bg:#16181b;--fg:#e6e8ea;--dim:#a3a9b0;--line:#43494f;--tile:#202428;
--link:#8ab4f8;--new:#7ee2a0;--newbg:#12351f;--old:#ffa8a8;--oldbg:#451a1c;--ch:#ffd27a;--chbg:#3d2e0c;--mv:#9cc4f7;
--mvbg:#16304f}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--fg);font:16px/1.5 system-ui,sans-serif}
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
.wide{overflow-x:auto}
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
@media (max-width:40rem){.grid{display:block}.tile{margin:4px 0}dd{margin-left:0}}
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
