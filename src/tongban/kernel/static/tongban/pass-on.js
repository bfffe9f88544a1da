// Copies the address of a page, or hands it to the telephone's own way of sharing. Without scripts there is a link.
for (const place of document.querySelectorAll("[data-pass-on]")) {
  const { address, title, copied } = place.dataset;
  const copy = place.querySelector("[data-copy]");
  const share = place.querySelector("[data-share]");
  // A browser lets neither be used on an address without HTTPS.
  if (!navigator.clipboard) continue;
  place.hidden = false;
  share.hidden = !navigator.share;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(address);
    copy.textContent = copied;
  });
  share.addEventListener("click", () => navigator.share({ title, url: address }).catch(() => {}));
}
