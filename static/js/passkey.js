// Passkeys: the browser asks the person, and the form carries its answer.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function known(list) {
  return (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));
}

function asked({ publicKey }) {
  const options = { ...publicKey, challenge: bytes(publicKey.challenge) };
  if (options.user) options.user = { ...options.user, id: bytes(options.user.id) };
  if (options.excludeCredentials) options.excludeCredentials = known(options.excludeCredentials);
  if (options.allowCredentials) options.allowCredentials = known(options.allowCredentials);
  return { publicKey: options };
}

function answered(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = text(credential.response[part]);
  }
  const { id, type } = credential;
  return { id, rawId: text(credential.rawId), type, response, clientExtensionResults: credential.getClientExtensionResults() };
}

async function ask(form) {
  const says = form.querySelector("[data-says]");
  says.textContent = "";
  try {
    const credential = await navigator.credentials[form.dataset.passkey](asked(JSON.parse(form.dataset.options)));
    form.elements.credential.value = JSON.stringify(answered(credential));
    form.submit();
  } catch {
    says.textContent = form.dataset.failed;
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(form);
  });
}
