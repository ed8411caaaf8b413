"""Change the decision on access in every way that could matter, and see that a test notices each: no mutant survives.

The decision is pure, so a folder with it and its test is all that mutmut needs.
Run it by `make mutants`; the last line counts mutants and survivors, and the exit code is 1 when there is one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MUTATED = "people/decision.py"
TESTS = "tests/unit/test_decision.py"
PROJECT = f"""
[tool.pytest.ini_options]
pythonpath = ["."]

[tool.mutmut]
source_paths = ["people"]
pytest_add_cli_args_test_selection = ["{TESTS}"]
"""
#: How mutmut's `results --all` marks a mutant that a test noticed.
NOTICED = {"killed", "timeout"}


def results(folder: Path) -> list[str]:
    """One line a mutant, its name and what became of it."""
    mutmut = Path(sys.executable).with_name("mutmut")
    told = {**os.environ, "PATH": f"{mutmut.parent}:{os.environ['PATH']}"}
    told.pop("DJANGO_SETTINGS_MODULE", None)
    subprocess.run([mutmut, "run"], cwd=folder, env=told, check=False, stdout=subprocess.DEVNULL)
    shown = subprocess.run(
        [mutmut, "results", "--all", "true"], cwd=folder, env=told, check=True, capture_output=True, text=True
    )
    return [line.strip() for line in shown.stdout.splitlines() if ": " in line]


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in (MUTATED, TESTS):
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / file, folder / file)
        (folder / "people" / "__init__.py").touch()
        (folder / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
        lines = results(folder)
    survivors = [line for line in lines if line.rsplit(": ", 1)[1] not in NOTICED]
    sys.stdout.write("".join(f"{line}\n" for line in survivors))
    sys.stdout.write(f"{len(lines)} mutants of {MUTATED}, {len(survivors)} survived\n")
    return 1 if survivors or not lines else 0


if __name__ == "__main__":
    sys.exit(main())
