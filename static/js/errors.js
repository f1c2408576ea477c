// A refused form is heard at once: its summary takes the focus.
export function focusErrorSummary(root) {
  root.querySelector(".error-summary")?.focus();
}
