// The review page by single keys: J next, K previous, A accept, R return. Loaded only for those who have them switched on.
const MOVES = { j: 1, k: -1 };
const FIELDS = "input:not([type='radio'], [type='checkbox']), textarea, select, [contenteditable]";

function shownCards() {
  return [...document.querySelectorAll("article.diff")].filter((card) => card.getClientRects().length > 0);
}

// The card that has the focus, or that had it last.
let lastId = "";

function currentCard() {
  return document.activeElement?.closest("article.diff") ?? (lastId && document.getElementById(lastId));
}

function goTo(card) {
  if (!card) return;
  lastId = card.id;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
  document.querySelectorAll(".diff--current").forEach((other) => other.classList.remove("diff--current"));
  card.classList.add("diff--current");
  mark(card.id);
}

function mark(id) {
  document.querySelectorAll(".rail__link[aria-current]").forEach((link) => link.removeAttribute("aria-current"));
  document.querySelector(`.rail__link[href="#${CSS.escape(id)}"]`)?.setAttribute("aria-current", "true");
}

function step(by) {
  const cards = shownCards();
  const here = cards.indexOf(currentCard());
  const next = here === -1 ? 0 : Math.min(Math.max(here + by, 0), cards.length - 1);
  goTo(cards[next]);
}

function choose(verdict) {
  const card = currentCard();
  const choice = card?.querySelector(`input[name="verdict"][value="${verdict}"]`);
  if (!choice) return;
  choice.checked = true;
  if (verdict === "return") {
    choice.dispatchEvent(new Event("change", { bubbles: true }));
    card.querySelector("textarea[name='comment']").focus();
  } else {
    goTo(card);
    choice.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function isTyping(target) {
  return target instanceof Element && target.closest(FIELDS) !== null;
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.matches?.("article.diff textarea")) {
    goTo(event.target.closest("article.diff"));
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
  const key = event.key.toLowerCase();
  if (key in MOVES) step(MOVES[key]);
  else if (key === "a") choose("accept");
  else if (key === "r") choose("return");
  else return;
  event.preventDefault();
});

document.addEventListener("focusin", (event) => {
  const card = event.target.closest?.("article.diff");
  if (card) lastId = card.id;
});

// The rail is written anew with every decision.
document.addEventListener("htmx:afterSettle", () => lastId && mark(lastId));
document.addEventListener("htmx:oobAfterSwap", () => lastId && mark(lastId));
