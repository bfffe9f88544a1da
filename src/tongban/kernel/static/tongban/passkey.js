// Passkeys: the button of a form asks the server what to prove, the device proves it, the form is sent.
// Without scripts, or where the browser knows no passkeys, the button stays unseen and every other way remains.
"use strict";

const bytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), one => one.charCodeAt(0));
const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const credentialOf = async (options, making) => {
  options.challenge = bytes(options.challenge);
  if (!making) return navigator.credentials.get({ publicKey: options });
  options.user.id = bytes(options.user.id);
  for (const known of options.excludeCredentials || []) known.id = bytes(known.id);
  return navigator.credentials.create({ publicKey: options });
};

const answerOf = credential => {
  const { response } = credential, told = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (response[part]) told[part] = text(response[part]);
  return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response: told });
};

const prove = async form => {
  const token = form.elements.csrfmiddlewaretoken.value;
  const asked = await fetch(form.dataset.options, { method: "POST", headers: { "X-CSRFToken": token } });
  // Signed in too long ago: the door, and back here.
  if (asked.redirected) return location.assign(asked.url);
  if (!asked.ok) throw new Error("not now");
  form.elements.answer.value = answerOf(await credentialOf(await asked.json(), "making" in form.dataset));
  form.submit();
};

for (const form of document.querySelectorAll("form[data-options]")) {
  const button = form.querySelector("button"), fault = form.querySelector(".fault");
  form.classList.toggle("ready", Boolean(window.PublicKeyCredential));
  form.addEventListener("submit", event => {
    event.preventDefault();
    fault.hidden = true;
    button.disabled = true;
    prove(form).catch(() => { fault.hidden = false; }).finally(() => { button.disabled = false; });
  });
}
