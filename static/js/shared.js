// The mark of a shared computer, kept on it alone; and the note on words that wait on this device.
import { isShared, markShared, waitingOf } from "./unsent.js";

export function startSharedChoice() {
  for (const part of document.querySelectorAll("[data-shared-computer]")) {
    const box = part.querySelector("input");
    box.checked = isShared();
    part.hidden = false;
    box.addEventListener("change", () => {
      if (!markShared(box.checked)) box.checked = false;
      document.dispatchEvent(new Event("shared:changed"));
    });
  }
}

export function startWaitingNotes() {
  for (const note of document.querySelectorAll("[data-waiting]")) {
    showWaiting(note);
    document.addEventListener("shared:changed", () => showWaiting(note));
  }
}

function showWaiting(note) {
  const pages = waitingOf(note.dataset.waiting);
  const list = note.querySelector("ul");
  list.replaceChildren(...[...pages].map(([page, answer]) => linkTo(note, page, answer)));
  note.hidden = pages.size === 0;
}

// The section is named as the page itself names it, where it does.
function linkTo(note, page, answer) {
  const link = document.createElement("a");
  const named = document.querySelector(`main a[href^="${CSS.escape(page)}"]`);
  link.href = `${page}?open=${encodeURIComponent(answer.replace("-", "."))}#${answer}`;
  link.textContent = named?.firstChild?.textContent.trim() || note.dataset.open;
  const item = document.createElement("li");
  item.append(link);
  return item;
}
