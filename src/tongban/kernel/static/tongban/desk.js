// The desk by keyboard: every key presses or reaches what is on the page already; without scripts Tab and Enter do.
(() => {
  const all = (what) => [...document.querySelectorAll(what)];
  const first = (what) => document.querySelector(what);
  const writes = (on) => on.closest("input:not([type=checkbox]):not([type=image]), textarea, select");
  const reach = (on) => { if (on) { on.focus(); on.scrollIntoView({ block: "nearest" }); } };

  // An act that asks for something lies folded: whoever goes to it wants it open.
  const open = (card) => {
    if (!card) return;
    const folded = card.querySelector("details");
    if (folded) folded.open = true;
    reach(card.querySelector("input:not([type=hidden]), textarea, select, button, a.btn"));
  };
  all("nav.acts a").forEach((link) => link.addEventListener("click", () => setTimeout(() => open(first(link.hash)))));

  // What is ticked is kept at once; the button of the form does the same.
  all("form.checklist").forEach((form) => {
    const told = form.appendChild(document.createElement("p"));
    told.className = "small";
    told.setAttribute("role", "status");
    form.addEventListener("change", async () => {
      try {
        const answer = await fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true, headers: { Accept: "application/json" } });
        told.textContent = answer.ok ? "已保存" : "没有保存，请按“保存核对”再试";
      } catch (gone) { told.textContent = "网络断了，还没有保存"; }
    });
  });
  const fits = () => {
    const boxes = all("input.fits");
    boxes.forEach((box) => { box.checked = true; });
    if (boxes.length) boxes[0].dispatchEvent(new Event("change", { bubbles: true }));
  };

  // Who else has this case open, and what was done meanwhile.
  const now = first("[data-now]");
  if (now) setInterval(async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(now.dataset.now);
      if (answer.ok) now.innerHTML = await answer.text();
    } catch (gone) { /* Asked again in half a minute. */ }
  }, 30000);

  // The next material that nobody has looked at yet, with its faults unfolded.
  const material = () => {
    const unseen = all("form.checklist .checked").filter((one) => one.querySelector("input[type=checkbox]") && !one.querySelector("input:checked"));
    const here = unseen.findIndex((one) => one.contains(document.activeElement));
    const next = unseen[(here + 1) % unseen.length];
    if (!next) return;
    const folded = next.querySelector("details");
    if (folded) folded.open = true;
    reach(next.querySelector("details input") || next.querySelector("input[type=checkbox]"));
  };

  // Where one is in a long list stays in sight from case to case.
  const here = first(".queue [aria-current]");
  if (here && here.offsetParent) here.scrollIntoView({ block: "nearest" });
  const listed = () => all(".queue li > a").filter((one) => one.offsetParent);
  const step = (by) => {
    const rows = listed();
    const here = rows.indexOf(document.activeElement);
    const from = here < 0 ? rows.findIndex((one) => one.getAttribute("aria-current")) : here;
    reach(rows[Math.min(Math.max(from + by, 0), rows.length - 1)]);
  };
  const look = () => {
    const files = all("a.look");
    const here = files.findIndex((one) => one.getAttribute("aria-current"));
    const next = files[(here + 1) % files.length];
    if (next) next.click();
  };
  const press = (keys) => { const on = first(`[aria-keyshortcuts="${keys}"]`); if (on) on.click(); };
  const does = {
    n: () => press("n"), j: () => step(1), k: () => step(-1), a: fits, m: material, f: look,
    "/": () => reach(first("#wanted")), "?": () => location.assign("/desk/keys"), d: () => location.assign("/desk/"),
    "+": () => press("+"), "=": () => press("+"), "-": () => press("-"), r: () => press("r"), Escape: () => press("Escape"),
  };

  if (document.documentElement.hasAttribute("data-no-keys")) return;
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.repeat || event.altKey || event.metaKey) return;
    const form = event.target.closest("form");
    if (event.ctrlKey) {
      if (event.key === "Enter" && form) { event.preventDefault(); form.requestSubmit(); }
      return;
    }
    if (writes(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const act = /^[1-9]$/.test(event.key) && first(`nav.acts [aria-keyshortcuts="${event.key}"]`);
    const doing = act ? () => open(first(act.hash)) : does[event.key];
    if (!doing) return;
    event.preventDefault();
    doing();
  });
})();
