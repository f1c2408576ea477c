// A button beside each password that shows it. Made by script: without script there is nothing to press.
export function startShowPassword() {
  const words = document.body.dataset;
  if (!words.showPassword) return;
  for (const field of document.querySelectorAll("input[type=password]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--small button--quiet";
    button.textContent = words.showPassword;
    button.setAttribute("aria-controls", field.id);
    button.addEventListener("click", () => {
      const hidden = field.type === "text";
      field.type = hidden ? "password" : "text";
      button.textContent = hidden ? words.showPassword : words.hidePassword;
    });
    field.form?.addEventListener("submit", () => (field.type = "password"));
    field.after(button);
  }
}
