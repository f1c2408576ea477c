// Copies indicators as tools want them; on the screen they are made harmless. Without script there are downloads.
for (const button of document.querySelectorAll("button[data-copies]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const values = Array.from(document.querySelectorAll(button.dataset.copies), (one) => one.dataset.clean);
    await navigator.clipboard.writeText(values.join("\n"));
    button.querySelector("span").textContent = button.dataset.copied;
  });
}
