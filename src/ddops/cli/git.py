"""The workspace as it was at a revision of its git repository, of which nothing is changed."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import click

from ddops.catalog import config, inputs
from ddops.catalog.reader import parse
from ddops.errors import SpecError, UsageError
from ddops.kinds.contract import kinds

LINK = "120000"
"""The mode of a symbolic link; its blob is the target's path."""

READ_ONLY = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
"""git writes nothing, takes a path for what it says, and asks nobody for a password (a partial clone fetches)."""


@dataclass(frozen=True, slots=True)
class Git:
    """The repository that the directory `root` belongs to. Every call raises UsageError where git cannot answer."""

    root: Path

    def commit(self, ref: str) -> str:
        """The id of the commit that a ref names: a branch, a tag, an id, `HEAD~2`."""
        if not ref or ref.startswith("-") or not ref.isprintable():
            raise UsageError(f"'{ref}' is no git ref; give a branch, a tag or a commit")
        self._run("rev-parse", "--git-dir")
        found = self._call("rev-parse", "--quiet", "--verify", f"{ref}^{{commit}}")
        if found.returncode == 0:
            return found.stdout.decode().strip()
        if self._run("rev-parse", "--is-shallow-repository").strip() == b"true":
            raise UsageError(
                f"git does not know '{ref}', and this clone is shallow; fetch the whole history (actions/checkout: "
                "`fetch-depth: 0`)"
            )
        raise UsageError(f"git does not know '{ref}'; give a branch, a tag or a commit, and fetch it first")

    @contextmanager
    def at(self, commit: str) -> Iterator[Path]:
        """A temporary directory with the files of the workspace as they were, and nothing else of the repository."""
        with tempfile.TemporaryDirectory(prefix="ddops-") as folder:
            top = Path(folder)
            folders = [inputs.PRODUCTS, inputs.PRESETS, *(kind.collection for kind in kinds().values())]
            self._write(top, commit, [config.FILE, *folders])
            self._write(top, commit, sorted(_runbooks(top)))
            yield top

    def _write(self, top: Path, commit: str, paths: Sequence[str]) -> None:
        """Writes the files at or below the paths, which are relative to the workspace's root."""
        entries = list(self._entries(commit, paths)) if paths else []
        wanted = "".join(f"{blob}\n" for _, blob, _ in entries)
        answer = memoryview(self._run("cat-file", "--batch", input=wanted.encode()))
        for mode, blob, path in entries:
            # Each blob: `ID blob SIZE`, a line break, the bytes, a line break.
            end = _line_end(answer)
            head = bytes(answer[:end]).decode().split()
            if head[1:2] != ["blob"]:
                raise UsageError(f"git cannot read {path} (blob {blob}) of {commit}; is the clone complete?")
            size = int(head[2])
            content = bytes(answer[end + 1 : end + 1 + size])
            answer = answer[end + 2 + size :]
            _put(top / path, content, mode)

    def _entries(self, commit: str, paths: Sequence[str]) -> Iterator[tuple[str, str, str]]:
        """Mode, blob and path of each file; submodules have none."""
        listed = self._run("ls-tree", "-r", "-z", commit, "--", *paths)
        for entry in filter(None, listed.split(b"\0")):
            head, _, name = entry.partition(b"\t")
            mode, sort, blob = head.decode().split()
            path = os.fsdecode(name)
            if sort == "blob" and ".." not in PurePosixPath(path).parts:
                yield mode, blob, path

    def _run(self, *arguments: str, input: bytes | None = None) -> bytes:
        done = self._call(*arguments, input=input)
        if done.returncode != 0:
            why = done.stderr.decode(errors="replace").strip().removeprefix("fatal: ")
            raise UsageError(f"git {arguments[0]}, in {click.format_filename(self.root)}: {why}")
        return done.stdout

    def _call(self, *arguments: str, input: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(
                ["git", *arguments],
                cwd=self.root,
                env={**os.environ, **READ_ONLY},
                input=input,
                stdin=subprocess.DEVNULL if input is None else None,
                capture_output=True,
                check=False,
            )
        except FileNotFoundError:
            raise UsageError("git is not installed here, and reading another revision takes it") from None


def _line_end(answer: memoryview) -> int:
    return bytes(answer[:200]).index(b"\n")


def _put(path: Path, content: bytes, mode: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if mode == LINK:
        # Where it leads out of the directory there is nothing to read, and a reader says so.
        target = Path(os.fsdecode(content))
        if not target.is_absolute() and ".." not in target.parts:
            path.symlink_to(target)
    else:
        path.write_bytes(content)


def _runbooks(top: Path) -> Iterator[str]:
    """The files that products name as their runbooks."""
    folder = top / inputs.PRODUCTS
    for file in inputs.files(folder) if folder.is_dir() else ():
        try:
            data = parse(file.name, file.read_text("utf-8-sig")).data
        except (SpecError, UnicodeDecodeError, OSError):
            continue  # whoever loads it says what is wrong
        runbook = data.get("runbook") if isinstance(data, dict) else None
        name = runbook.get("file") if isinstance(runbook, dict) else None
        if isinstance(name, str):
            path = PurePosixPath(name)
            if path.parts and not path.is_absolute() and ".." not in path.parts:
                yield str(path)
