// The review page: a return waits for its comment, refusals are shown, and nothing is finished before it is saved.
const SHOWN = [409, 422];
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

document.addEventListener("htmx:afterRequest", (event) => {
  underWay = Math.max(0, underWay - 1);
  if (event.detail.failed && !SHOWN.includes(event.detail.xhr.status)) {
    event.target.querySelector(".decision__saved")?.replaceChildren(notSaved());
    finishing = false;
  }
  if (overtaking && underWay === 0) {
    overtaking = false;
    askForProgress();
  } else if (finishing && underWay === 0) {
    finishing = false;
    const form = document.querySelector("form[data-finish]");
    if (form && !form.querySelector("button").disabled) {
      form.requestSubmit();
    }
  }
});

document.addEventListener("submit", (event) => {
  if (event.target.matches("form[data-finish]") && underWay > 0) {
    event.preventDefault();
    finishing = true;
  }
});

// Answers that overtake one another may leave an older count on the page than the portal has.
function askForProgress() {
  htmx.ajax("GET", location.pathname, { source: "#bar", swap: "none" });
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
