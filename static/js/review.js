// The review page: a return waits for its comment, refusals are shown, and nothing is finished before it is saved.
const SHOWN = [409, 422];
const AGAIN = 4_000; // milliseconds until the count is asked for once more
let underWay = 0;
let overtaking = false;
let finishing = false;

function isWhole(form) {
  const verdict = form.elements.verdict?.value;
  return verdict === "accept" || (verdict === "return" && form.elements.comment.value.trim() !== "");
}

document.addEventListener("change", (event) => {
  if (event.target.name === "verdict" && event.target.value === "return" && !isWhole(event.target.form)) {
    event.target.form.elements.comment.focus();
  }
});

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.matches("form.decision") && !isWhole(event.target)) {
    event.preventDefault();
  } else {
    overtaking ||= underWay > 0;
    underWay += 1;
  }
});

document.addEventListener("htmx:beforeSwap", (event) => {
  if (SHOWN.includes(event.detail.xhr.status)) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

const wasLost = ({ failed, error, xhr }) => (failed || error) && !SHOWN.includes(xhr.status);

document.addEventListener("htmx:afterRequest", (event) => {
  underWay = Math.max(0, underWay - 1);
  if (wasLost(event.detail)) {
    loseNothing(event.target, event.detail.xhr.status);
  } else {
    window.setTimeout(goOn); // the decision that waits behind this one is sent first
  }
});

function loseNothing(source, status) {
  if (source.matches("form.decision")) {
    source.querySelector(".decision__saved")?.replaceChildren(notSaved());
    finishing = false;
    window.setTimeout(goOn);
  } else if (status === 0 || status >= 500) {
    overtaking = true;
    window.setTimeout(goOn, AGAIN);
  }
}

function goOn() {
  if (underWay > 0) return;
  if (overtaking) {
    overtaking = false;
    askForProgress();
  } else if (finishing) {
    finishing = false;
    const form = document.querySelector("form[data-finish]");
    if (form && !form.querySelector("button").disabled) {
      form.requestSubmit();
    }
  }
}

document.addEventListener("submit", (event) => {
  if (event.target.matches("form[data-finish]") && underWay > 0) {
    event.preventDefault();
    finishing = true;
  }
});

// Answers that overtake one another may leave an older count on the page than the portal has. The source is never
// swapped: htmx tells of the end there.
function askForProgress() {
  htmx.ajax("GET", location.pathname, { source: "#main", swap: "none" });
}

function notSaved() {
  return document.querySelector("#not-saved").content.cloneNode(true);
}

// A link into the folded answers unfolds them.
function unfold() {
  document.querySelector(`${location.hash || "#none"} > details`)?.setAttribute("open", "");
}

addEventListener("hashchange", unfold);
unfold();
