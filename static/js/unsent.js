// Words that the server has not acknowledged yet are kept on this device, and nowhere else, until it has. On a computer
// marked as shared nothing is kept.
const PREFIX = "unsent:";
const SHARED = "shared";

function storage() {
  try {
    return window.localStorage;
  } catch {
    return null; // Storage may be closed; saving then relies on the connection.
  }
}

const keyOf = (form, name) => `${PREFIX}${form.dataset.unsent}:${location.pathname}:${name}`;

const revisionOf = (answer) => document.getElementById(`${answer}-revision`);

const valueOf = (form, name) => new FormData(form).get(name);

export function isShared() {
  return storage()?.getItem(SHARED) === "on";
}

// Says whether the mark could be kept.
export function markShared(shared) {
  try {
    if (shared) storage().setItem(SHARED, "on");
    else storage().removeItem(SHARED);
  } catch {
    return false;
  }
  if (shared) forgetAll();
  return true;
}

const allKeys = () => Object.keys(storage() ?? {}).filter((key) => key.startsWith(PREFIX));

function forgetAll() {
  for (const key of allKeys()) storage().removeItem(key);
}

// Where words of this person wait to be sent: the pages, each with one question to be opened.
export function waitingOf(person) {
  const pages = new Map();
  for (const key of allKeys().filter((key) => key.startsWith(`${PREFIX}${person}:`))) {
    const page = key.slice(`${PREFIX}${person}:`.length).split(":")[0];
    if (!pages.has(page)) pages.set(page, read(key)?.answer ?? "");
  }
  return pages;
}

export function keep(form, field) {
  if (isShared()) return;
  const answer = field.closest("[data-answer]")?.dataset.answer;
  if (!answer || !field.name || field.type === "file" || field.type === "hidden") return;
  const kept = { value: valueOf(form, field.name) ?? "", answer, revision: revisionOf(answer)?.value ?? "0" };
  try {
    storage()?.setItem(keyOf(form, field.name), JSON.stringify(kept));
  } catch {
    // A full storage keeps nothing: the connection has to do.
  }
}

// What came back as saved, value by value: anything typed since stays kept.
export function acknowledge(form, sent) {
  for (const [name, value] of sent) {
    const key = keyOf(form, name);
    const kept = read(key);
    if (kept && kept.value === value) storage()?.removeItem(key);
    else if (kept) keepNewRevision(key, kept);
  }
}

function keepNewRevision(key, kept) {
  storage()?.setItem(key, JSON.stringify({ ...kept, revision: revisionOf(kept.answer)?.value ?? kept.revision }));
}

// Puts kept words back into their fields and gives the answers they belong to. The revision they were written on
// goes with them, so that a colleague's newer answer is asked about and not overwritten.
export function restore(form) {
  const answers = new Set();
  const start = keyOf(form, "");
  for (const key of Object.keys(storage() ?? {}).filter((key) => key.startsWith(start))) {
    const kept = read(key);
    const name = key.slice(start.length);
    if (!form.elements[name]) continue; // its question is not open here; the words wait until it is
    if (!kept || (valueOf(form, name) ?? "") === kept.value) {
      storage().removeItem(key);
      continue;
    }
    form.elements[name].value = kept.value;
    const revision = revisionOf(kept.answer);
    if (revision) revision.value = kept.revision;
    answers.add(kept.answer);
  }
  return answers;
}

// A whole page is sent by a button. Its words are forgotten when a page says that they arrived, not before: the way
// may lead over the sign-in page, or end at a broken line.
export function rememberPosted(form) {
  const start = keyOf(form, "");
  const keys = Object.keys(storage() ?? {}).filter((key) => key.startsWith(start));
  try {
    sessionStorage.setItem("posted", JSON.stringify(keys));
  } catch {
    // Then the kept words are compared with the page when it is opened again.
  }
}

export function forgetPosted() {
  const address = new URL(location.href);
  if (!address.searchParams.has("saved") && !document.querySelector("[data-arrived]")) return;
  try {
    for (const key of JSON.parse(sessionStorage.getItem("posted") ?? "[]")) storage()?.removeItem(key);
    sessionStorage.removeItem("posted");
  } catch {
    // Nothing was noted.
  }
  address.searchParams.delete("saved");
  history.replaceState(null, "", address);
}

export function forgetAllAtSignOut() {
  document.addEventListener("submit", (event) => {
    if (!event.target.getAttribute("action")?.endsWith("/sign-out/")) return;
    forgetAll();
  });
}

function read(key) {
  try {
    return JSON.parse(storage()?.getItem(key));
  } catch {
    return null;
  }
}
