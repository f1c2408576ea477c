// The menu is a popover: opening, Escape, and a press outside are the browser's work.
const wide = window.matchMedia("(width > 991px)");

export function closeMenuWhenWide() {
  const menu = document.getElementById("menu");
  if (!menu?.hidePopover) return;
  wide.addEventListener("change", () => {
    if (wide.matches && menu.matches(":popover-open")) menu.hidePopover();
  });
  menu.addEventListener("toggle", (event) => {
    if (event.newState === "open") menu.querySelector("a, button")?.focus();
  });
}
