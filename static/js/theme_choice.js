// Light, dark, or as the device says.
const root = document.documentElement;

function mark(control) {
  for (const button of control.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.value === (root.dataset.theme ?? "")));
  }
}

function choose(theme) {
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
  try {
    if (theme) localStorage.setItem("theme", theme);
    else localStorage.removeItem("theme");
  } catch {
    // Storage may be closed: the choice then lasts for this page.
  }
}

export function startThemeChoice() {
  for (const control of document.querySelectorAll("[data-theme-choice]")) {
    control.hidden = false;
    mark(control);
    control.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      choose(button.value);
      mark(control);
    });
  }
}
