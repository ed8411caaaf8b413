"""The project's own files, for tests that read them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
#: what is installed, made or kept beside the project's own files
NOT_OURS = {".venv", ".data", ".git", "node_modules", "__pycache__", "htmlcov", "staticfiles"}
APPS = ("config", "people", "housing", "cases", "kpi")


def files(folder: Path = ROOT) -> Iterator[Path]:
    """Every file of the project, in order; caches and databases of tools left out."""
    for path in sorted(folder.iterdir()):
        if path.name in NOT_OURS or path.name.startswith((".coverage", ".hypothesis")) or path.name.endswith("_cache"):
            continue
        if path.is_dir():
            yield from files(path)
        elif path.suffix != ".mo":
            yield path


def modules() -> Iterator[tuple[Path, ast.Module]]:
    """Every Python module of the apps with its syntax tree; migrations are written by a command and left out."""
    for app in APPS:
        for path in files(ROOT / app):
            if path.suffix == ".py" and "migrations" not in path.parts:
                yield path.relative_to(ROOT), ast.parse(path.read_text(encoding="utf-8"))
