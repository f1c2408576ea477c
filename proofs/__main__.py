"""One proof: python -m proofs NAME [--quick | --percent=N] [--minutes=N]; `dev.py prove` makes its environment."""

import os
import sys
import time
from collections.abc import Sequence
from importlib import import_module

from proofs import PROOFS
from proofs.house import House
from proofs.record import Finding, write


def main(name: str, *options: str) -> None:
    quick, part, began = "--quick" in options, _number(options, "percent"), time.monotonic()
    form = "quick" if quick else f"{part['percent']} % of full" if part else "full"
    for minutes in _number(options, "minutes").values():
        os.environ["OAS_UNTIL"] = f"{time.time() + 60 * minutes:.0f}"
        form += f", for {minutes} minutes at most"
    print(f"{name}: {PROOFS[name]}", flush=True)
    house = House()
    found: list[Finding] = []
    try:
        for finding in import_module(f"proofs.{name}").prove(house, quick=quick, **part):
            found.append(finding)
            print(f"{time.monotonic() - began:7.1f} s  {finding}", flush=True)
    finally:
        house.end()
    write(name, found, seconds=time.monotonic() - began, form=form)
    broken = [finding for finding in found if not finding.holds]
    sys.exit(bool(broken) or not found)


def _number(options: Sequence[str], name: str) -> dict[str, int]:
    named = [word.removeprefix(f"--{name}=") for word in options if word.startswith(f"--{name}=")]
    return {name: int(named[0])} if named else {}


if __name__ == "__main__":
    main(*sys.argv[1:])
