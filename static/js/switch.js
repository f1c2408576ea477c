// Chart or table: shows one of the two parts a segmented control names.
function show(control, chosen) {
  for (const button of control.querySelectorAll("button")) {
    const isChosen = button === chosen;
    button.setAttribute("aria-pressed", String(isChosen));
    const part = document.getElementById(button.getAttribute("aria-controls"));
    if (part) part.hidden = !isChosen;
  }
}

export function startSwitches(root) {
  for (const control of root.querySelectorAll("[data-switch][hidden]")) {
    control.hidden = false;
    control.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) show(control, button);
    });
    show(control, control.querySelector("[aria-pressed=true]") ?? control.querySelector("button"));
  }
}
