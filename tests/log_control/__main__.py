"""How many of the planted reads are found in made-up months, and how many ordinary ones stand there for nothing.

usage: python -m tests.log_control [SEED ...]      default 1 to 5
"""

from __future__ import annotations

import sys

from tests.log_control.office import office, proof


def main(seeds: list[int]) -> None:
    print(f"{'seed':>6} {'reads':>7} {'found':>7} {'of':>4} {'false alarms':>13} {'findings':>9}")
    for seed in seeds:
        month = office(seed)
        told = proof(month)
        share = f"{100 * told.false_alarms:.2f} %"
        print(f"{seed:6} {len(month.looks):7} {told.found:7} {told.stories:4} {share:>13} {told.findings:9}")


if __name__ == "__main__":
    main([int(seed) for seed in sys.argv[1:]] or [1, 2, 3, 4, 5])
