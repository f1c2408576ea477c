"""One proof: python -m proofs NAME [--quick]. `dev.py prove` gives it the environment and cleans up behind it."""

import sys
import time
from importlib import import_module

from proofs import PROOFS
from proofs.house import House
from proofs.record import Finding, write


def main(name: str, *options: str) -> None:
    quick, began = "--quick" in options, time.monotonic()
    print(f"{name}: {PROOFS[name]}", flush=True)
    house = House()
    found: list[Finding] = []
    try:
        for finding in import_module(f"proofs.{name}").prove(house, quick=quick):
            found.append(finding)
            print(f"{time.monotonic() - began:7.1f} s  {finding}", flush=True)
    finally:
        house.end()
    write(name, found, seconds=time.monotonic() - began, quick=quick)
    broken = [finding for finding in found if not finding.holds]
    sys.exit(bool(broken) or not found)


if __name__ == "__main__":
    main(*sys.argv[1:])
