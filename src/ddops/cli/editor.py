"""The settings by which an editor checks specs: which schema is for which files."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from ddops.schema.files import File

FOLDER = ".ddops/schema"
"""Where the schemas stand; they are made anew by every version of ddops, and not kept in git."""
SETTINGS = ".vscode/settings.json"
KEY = "yaml.schemas"


def schemas(files: Mapping[str, File]) -> dict[str, list[str]]:
    """What `yaml.schemas` is to say, as the YAML language server reads it."""
    return {f"./{FOLDER}/{name}.json": [*file.patterns] for name, file in files.items()}


def merged(text: str, wanted: Mapping[str, list[str]]) -> str | None:
    """The settings with the schemas in them, all else as it was; the text itself where they are there already. None
    where the text holds more than JSON (comments, commas at the end): nothing of that would be kept."""
    try:
        settings = json.loads(text) if text.strip() else {}
    except ValueError:
        return None
    known = settings.get(KEY, {}) if isinstance(settings, dict) else None
    if not isinstance(known, dict):
        return None
    if {**known, **wanted} == known:
        return text
    found = re.search(r"^([ \t]+)\S", text, re.MULTILINE)
    return written({**settings, KEY: {**known, **wanted}}, found[1] if found else "  ")


def written(settings: Mapping[str, object], indent: str = "  ") -> str:
    return json.dumps(settings, indent=indent, ensure_ascii=False) + "\n"
