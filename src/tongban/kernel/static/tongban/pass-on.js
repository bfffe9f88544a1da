// Copies the address of a page, or hands it to the telephone's own way of sharing. Without scripts there is a link.
for (const place of document.querySelectorAll("[data-pass-on]")) {
  const { address, title, copied } = place.dataset;
  const [copy, share] = ["[data-copy]", "[data-share]"].map((which) => place.querySelector(which));
  if (navigator.clipboard) {
    place.hidden = false;
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(address);
      copy.textContent = copied;
    });
  } else {
    copy.hidden = true;
  }
  if (navigator.share) {
    place.hidden = share.hidden = false;
    share.addEventListener("click", () => navigator.share({ title, url: address }).catch(() => {}));
  }
}
