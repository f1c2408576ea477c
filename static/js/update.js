// A section of an update saves itself while somebody writes. Without this script "Save and continue" does the same.
import { acknowledge, isShared, keep, rememberPosted, restore } from "./unsent.js";

const form = document.querySelector("form[data-unsent]");
const line = document.getElementById("save-line");
const isAnswer = (element) => element?.matches?.("[data-answer]");
const failed = new Set();
const unsentFiles = new Set(); // inputs whose file did not arrive; the file stays chosen in them
const RETRY = { first: 4_000, last: 60_000 }; // milliseconds until the next try, twice as many each time
let wait = RETRY.first;
let timer = 0;
let underWay = 0;
let pressed = null; // the button that waits for what is under way

// Screen readers hear a failure at once, and that all is saved at most once a minute.
let lastHeard = 0;

function show(id) {
  const words = document.getElementById(id);
  if (!line || !words) return;
  line.setAttribute("aria-live", id === "line-saving" ? "off" : "polite");
  line.replaceChildren(words.content.cloneNode(true));
}

// What a failure means for the words depends on where they are.
function showFailure() {
  if (isShared()) show("line-shared");
  else show(navigator.onLine ? "line-failed" : "line-offline");
}

// Two answers stand side by side until one is chosen; until then nothing of this question is sent by itself.
const waitsForChoice = (answer) => document.getElementById(`${answer.dataset.answer}-conflict`)?.childElementCount > 0;

function saveAgain() {
  window.clearTimeout(timer);
  for (const answer of failed) window.htmx.trigger(document.querySelector(`[data-answer="${answer}"]`), "change");
}

function saveAgainLater() {
  window.clearTimeout(timer);
  timer = window.setTimeout(saveAgain, wait);
  wait = Math.min(2 * wait, RETRY.last);
}

// Nothing is on this device to come back to: the whole page goes to the sign-in page, which carries it along.
function carryOverSignIn(answer) {
  const wish = document.createElement("input");
  Object.assign(wish, { type: "hidden", name: "do", value: `open:${answer.replace("-", ".")}` });
  form.append(wish);
  form.submit();
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
    if (!navigator.onLine) {
      event.preventDefault(); // else the browser's own page would take the place of this one
      showFailure();
      return;
    }
    form.elements.script.value = "on";
    rememberPosted(form);
  });
  document.addEventListener("click", (event) => event.target.closest?.("[data-save-again]") && saveAgain());
  window.addEventListener("online", saveAgain);
  window.addEventListener("offline", showFailure);

  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const { elt, xhr } = event.detail;
    if (!isAnswer(elt) || !xhr.getResponseHeader("HX-Redirect") || !isShared()) return;
    event.preventDefault();
    carryOverSignIn(elt.dataset.answer);
  });
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
      wait = RETRY.first;
      acknowledge(form, new Map(requestConfig.formData.entries()));
    } else if (xhr.status !== 409) {
      failed.add(elt.dataset.answer);
      showFailure();
      saveAgainLater();
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

const partsOf = (input) => ({
  progress: input.parentElement.querySelector("progress"),
  failure: input.parentElement.querySelector("[data-upload-failed]"),
});

const isFile = (element) => element?.matches?.("input[type='file']");

function uploadAgain(input) {
  unsentFiles.delete(input);
  if (input.isConnected && input.files.length > 0) window.htmx.trigger(input, "change");
}

function startUploads() {
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (isFile(event.detail.elt)) partsOf(event.detail.elt).failure.hidden = true;
  });
  document.addEventListener("htmx:xhr:progress", (event) => {
    if (!isFile(event.target) || !event.detail.lengthComputable) return;
    const { progress } = partsOf(event.target);
    progress.hidden = false;
    progress.value = (100 * event.detail.loaded) / event.detail.total;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const { elt, successful, xhr } = event.detail;
    if (!isFile(elt) || successful || [409, 422].includes(xhr.status)) return;
    const { progress, failure } = partsOf(elt);
    progress.hidden = true;
    failure.hidden = false;
    unsentFiles.add(elt);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-upload-again]");
    if (button) uploadAgain(button.closest(".file-drop").querySelector("input[type='file']"));
  });
  window.addEventListener("online", () => unsentFiles.forEach(uploadAgain));
}

function startAgain() {
  for (const input of form.querySelectorAll("input[type='file']")) uploadAgain(input); // chosen before this ran
  for (const answer of restore(form)) window.htmx?.trigger(document.querySelector(`[data-answer="${answer}"]`), "change");
}

if (form && line) {
  startWaiting();
  startSaving();
  startUploads();
  document.addEventListener("DOMContentLoaded", startAgain); // htmx has bound its fields by then
}
