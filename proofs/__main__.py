"""One proof: python -m proofs NAME [--quick | --percent=N] [--minutes=N] [--of=APP,APP], as `dev.py prove` asks."""

import os
import sys
import time
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from proofs import PROOFS
from proofs.house import House
from proofs.record import Finding, write


def main(name: str, *options: str) -> None:
    said, quick, began = _said(options), "--quick" in options, time.monotonic()
    form = "quick" if quick else f"{said['percent']} % of full" if "percent" in said else "full"
    form += f" for {said['of']}" if "of" in said else ""
    if "minutes" in said:
        minutes = int(said.pop("minutes"))
        os.environ["OAS_UNTIL"] = f"{time.time() + 60 * minutes:.0f}"
        form += f", for {minutes} minutes at most"
    print(f"{name}: {PROOFS[name]}", flush=True)
    house = House()
    found: list[Finding] = []
    try:
        for finding in import_module(f"proofs.{name}").prove(house, quick=quick, **said):
            found.append(finding)
            print(f"{time.monotonic() - began:7.1f} s  {finding}", flush=True)
    finally:
        house.end()
    write(name, found, seconds=time.monotonic() - began, form=form)
    broken = [finding for finding in found if not finding.holds]
    sys.exit(bool(broken) or not found)


def _said(options: Sequence[str]) -> dict[str, Any]:
    named = dict(word.removeprefix("--").split("=") for word in options if "=" in word)
    return named | {name: int(named[name]) for name in ("percent",) if name in named}


if __name__ == "__main__":
    main(*sys.argv[1:])
