// A section of an update saves itself while somebody writes. Without this script "Save and continue" does the same.
import { acknowledge, keep, rememberPosted, restore } from "./unsent.js";

const form = document.querySelector("form[data-unsent]");
const line = document.getElementById("save-line");
const isAnswer = (element) => element?.matches?.("[data-answer]");
const failed = new Set();
let underWay = 0;
let pressed = null; // the button that waits for what is under way

// Screen readers hear a failure at once, and that all is saved at most once a minute.
let lastHeard = 0;

function show(id) {
  const words = document.getElementById(id);
  if (!line || !words) return;
  line.setAttribute("aria-live", id === "line-failed" ? "polite" : "off");
  line.replaceChildren(words.content.cloneNode(true));
}

// Two answers stand side by side until one is chosen; until then nothing of this question is sent by itself.
const waitsForChoice = (answer) => document.getElementById(`${answer.dataset.answer}-conflict`)?.childElementCount > 0;

function saveAgain() {
  for (const answer of failed) window.htmx.trigger(document.querySelector(`[data-answer="${answer}"]`), "change");
}

function startSaving() {
  form.addEventListener("input", (event) => keep(form, event.target));
  form.addEventListener("change", (event) => keep(form, event.target));
  form.addEventListener("submit", (event) => {
    if (underWay > 0) {
      event.preventDefault();
      pressed = event.submitter?.value ?? "continue";
      return;
    }
    form.elements.script.value = "on";
    rememberPosted(form);
  });
  document.addEventListener("click", (event) => event.target.closest?.("[data-save-again]") && saveAgain());
  window.addEventListener("online", saveAgain);

  document.addEventListener("htmx:configRequest", (event) => {
    if (isAnswer(event.detail.elt) && waitsForChoice(event.detail.elt)) event.preventDefault();
  });
  document.addEventListener("htmx:beforeRequest", (event) => isAnswer(event.detail.elt) && show("line-saving"));
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    if (xhr.status === 409 || xhr.status === 422) event.detail.shouldSwap = true;
    if (xhr.status === 200) {
      const isTime = Date.now() - lastHeard > 60_000;
      line?.setAttribute("aria-live", isTime ? "polite" : "off");
      if (isTime) lastHeard = Date.now();
    } else line?.setAttribute("aria-live", "polite");
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const { elt, xhr, requestConfig, successful } = event.detail;
    if (!isAnswer(elt)) return;
    const leadsAway = xhr.getResponseHeader("HX-Redirect"); // to the sign-in page: nothing was saved
    if (leadsAway) return;
    if (successful) {
      failed.delete(elt.dataset.answer);
      acknowledge(form, new Map(requestConfig.formData.entries()));
    } else if (xhr.status !== 409) {
      failed.add(elt.dataset.answer);
      show("line-failed");
    }
  });
}

// The page is sent once what is under way has come back with its revision: else it would contradict itself.
function startWaiting() {
  document.addEventListener("htmx:beforeRequest", () => (underWay += 1));
  document.addEventListener("htmx:afterRequest", (event) => {
    underWay = Math.max(0, underWay - 1);
    if (event.detail.xhr.status === 409) pressed = null; // a colleague's answer is shown: that is to be settled first
    window.setTimeout(goOn); // what was queued behind it begins before
  });
}

function goOn() {
  if (pressed === null || underWay > 0) return;
  const button = form.querySelector(`button[name="do"][value="${CSS.escape(pressed)}"]`);
  pressed = null;
  form.requestSubmit(button);
}

function startUploads() {
  document.addEventListener("htmx:xhr:progress", (event) => {
    const input = event.target;
    if (input.type !== "file" || !event.detail.lengthComputable) return;
    const progress = input.parentElement.querySelector("progress");
    progress.hidden = false;
    progress.value = (100 * event.detail.loaded) / event.detail.total;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt.type === "file" && !event.detail.successful && event.detail.xhr.status !== 422) show("line-failed");
  });
}

function startAgain() {
  for (const answer of restore(form)) window.htmx?.trigger(document.querySelector(`[data-answer="${answer}"]`), "change");
}

if (form && line) {
  startWaiting();
  startSaving();
  startUploads();
  document.addEventListener("DOMContentLoaded", startAgain); // htmx has bound its fields by then
}
