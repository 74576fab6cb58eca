"""Writes docs/rules.md: what each lint rule is for, in the words of its module."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from ddops.lint.about import page  # noqa: E402

(ROOT / "docs" / "rules.md").write_text(page(), encoding="utf-8")
