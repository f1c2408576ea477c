"""Measures the map as a finger meets it: which link answers at each point of the page (WCAG 2.2, 2.5.8)."""

from playwright.sync_api import Page

STATES = 35
LEAST = 24

# For each visible link: the side of the largest solid square, in CSS pixels, in which every point answers to that link.
MEASURE = """(least) => {
  const STEP = 2;
  const enough = least / STEP + 1;
  const side = (link, box) => {
    const columns = Math.floor(box.width / STEP) + 1, rows = Math.floor(box.height / STEP) + 1;
    let above = new Array(columns + 1).fill(0), best = 0;
    for (let row = 0; row < rows && best < enough; row++) {
      const here = new Array(columns + 1).fill(0);
      for (let column = 1; column <= columns; column++) {
        const at = document.elementFromPoint(box.left + (column - 1) * STEP, box.top + row * STEP);
        if (at && at.closest("a") === link) {
          here[column] = 1 + Math.min(above[column], above[column - 1], here[column - 1]);
          best = Math.max(best, here[column]);
        }
      }
      above = here;
    }
    return Math.max(0, best - 1) * STEP;
  };
  const links = [...document.querySelectorAll(".map-sheet a")].filter((link) => link.getClientRects().length);
  return links.map((link) => {
    const target = link.querySelector(".map-target");
    const parts = [target, ...link.querySelectorAll("use, circle")].filter(Boolean);
    let largest = 0;
    for (const part of parts) {
      part.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
      largest = Math.max(largest, side(link, part.getBoundingClientRect()));
      if (largest >= least) break;
    }
    const box = (target ?? link).getBoundingClientRect();
    const text = [...link.querySelectorAll(".map-name")].map((line) => line.getBoundingClientRect());
    return {
      words: link.querySelector("title").textContent,
      side: largest,
      box: [box.left, box.top + scrollY, box.right, box.bottom + scrollY],
      tagged: Boolean(target),
      spills: text.some((line) => line.left < box.left || line.right > box.right),
    };
  });
}"""

# The same links as the Tab key reaches them.
FOCUS_ORDER = """() => [...document.querySelectorAll(".map-sheet a")]
  .filter((link) => { link.focus(); return document.activeElement === link; })
  .map((link) => link.querySelector("title").textContent)"""


def violations(page: Page, states: int = STATES, least: int = LEAST) -> list[str]:
    """What is wrong with the map on the page at its present width; empty when nothing is."""
    links = page.evaluate(MEASURE, least)
    found = [] if len(links) == states else [f"{len(links)} links are shown, not {states}"]
    found += [f"{link['words']}: target of {link['side']} px" for link in links if link["side"] < least]
    found += [f"{link['words']}: the name is wider than its target" for link in links if link["spills"]]
    width = page.evaluate("document.documentElement.clientWidth")
    found += [f"{link['words']}: beyond the edge of the page" for link in links if not _inside(link["box"], width)]
    return found + _overlaps([link for link in links if link["tagged"]]) + _order(page, links)


def _inside(box: list[float], width: float) -> bool:
    return box[0] >= 0 and box[2] <= width


def _overlaps(links: list[dict]) -> list[str]:
    pairs = [(one, other) for at, one in enumerate(links) for other in links[at + 1 :]]
    return [f"{a['words']} overlaps {b['words']}" for a, b in pairs if _meet(a["box"], b["box"])]


def _meet(one: list[float], other: list[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _order(page: Page, links: list[dict]) -> list[str]:
    reached = page.evaluate(FOCUS_ORDER)
    return [] if reached == [link["words"] for link in links] else ["some links are not reached by keyboard"]
