// The key "/" goes to the search box, unless somebody is typing or has switched single keys off (then no box names the key).
const FIELDS = "input:not([type='radio'], [type='checkbox'], [type='submit'], [type='button']), textarea, select, [contenteditable]";

function isTyping(target) {
  return target instanceof Element && target.closest(FIELDS) !== null;
}

export function startSearchKey() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.defaultPrevented || isTyping(event.target)) return;
    const box = document.querySelector("input[aria-keyshortcuts='/']");
    if (!box || box.getClientRects().length === 0) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
}
