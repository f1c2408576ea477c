"""One proof: python -m proofs NAME [--quick | --percent=N]. `dev.py prove` gives it the environment and cleans up."""

import sys
import time
from collections.abc import Sequence
from importlib import import_module

from proofs import PROOFS
from proofs.house import House
from proofs.record import Finding, write


def main(name: str, *options: str) -> None:
    quick, part, began = "--quick" in options, _part(options), time.monotonic()
    print(f"{name}: {PROOFS[name]}", flush=True)
    house = House()
    found: list[Finding] = []
    try:
        for finding in import_module(f"proofs.{name}").prove(house, quick=quick, **part):
            found.append(finding)
            print(f"{time.monotonic() - began:7.1f} s  {finding}", flush=True)
    finally:
        house.end()
    form = "quick" if quick else f"{part['percent']} % of full" if part else "full"
    write(name, found, seconds=time.monotonic() - began, form=form)
    broken = [finding for finding in found if not finding.holds]
    sys.exit(bool(broken) or not found)


def _part(options: Sequence[str]) -> dict[str, int]:
    named = [word.removeprefix("--percent=") for word in options if word.startswith("--percent=")]
    return {"percent": int(named[0])} if named else {}


if __name__ == "__main__":
    main(*sys.argv[1:])
