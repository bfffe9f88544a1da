// Suggestions while one writes, as a combobox (ARIA 1.2): the form works the same without them.
(() => {
  const form = document.querySelector("form.search[role=search]");
  const input = form && form.querySelector("input[name=q]");
  if (!input || !("fetch" in window)) return;
  const list = form.appendChild(document.createElement("ul"));
  const told = form.appendChild(document.createElement("span"));
  Object.assign(list, { id: "suggestions", className: "suggestions", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.getAttribute("aria-label"));
  told.className = "unseen";
  told.setAttribute("role", "status");
  const state = { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" };
  Object.entries(state).forEach(([name, value]) => input.setAttribute(name, value));
  input.autocomplete = "off";
  let waiting, asking, chosen = -1;
  const options = () => [...list.children];

  const show = (open) => {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) mark(-1);
  };
  const mark = (place) => {
    chosen = place;
    options().forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    if (place < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", options()[place].id);
  };
  const take = (option) => {
    input.value = option.dataset.says;
    show(false);
    form.requestSubmit ? form.requestSubmit() : form.submit();
  };
  const ask = async () => {
    const written = input.value.trim();
    if (asking) asking.abort();
    if (!written) return show(false);
    asking = new AbortController();
    try {
      const answer = await fetch(`${form.action}/suggestions?q=${encodeURIComponent(written)}`, { signal: asking.signal });
      if (!answer.ok || input.value.trim() !== written) return;
      list.innerHTML = await answer.text();
      mark(-1);
      show(list.children.length > 0 && document.activeElement === input);
      told.textContent = list.hidden ? "" : String(list.children.length);
    } catch (gone) { /* A line that is lost takes the suggestions along and nothing else. */ }
  };

  // Half-typed pinyin of an input method is no word yet.
  const soon = (event) => { if (!event.isComposing) { clearTimeout(waiting); waiting = setTimeout(ask, 180); } };
  input.addEventListener("input", soon);
  input.addEventListener("compositionend", soon);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    const last = options().length - 1;
    if (event.key === "ArrowDown") mark(chosen < last ? chosen + 1 : 0);
    else if (event.key === "ArrowUp") mark(chosen > 0 ? chosen - 1 : last);
    else if (event.key === "Escape") show(false);
    else if (event.key === "Enter" && chosen >= 0) take(options()[chosen]);
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", () => setTimeout(() => show(false), 150));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => { const option = event.target.closest("[role=option]"); if (option) take(option); });
})();
