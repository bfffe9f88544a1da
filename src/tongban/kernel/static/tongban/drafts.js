// What is typed into a draft stays on this device until the server has it; it is sent when the line is back.
"use strict";
(() => {
  const AGAIN = 4000; // milliseconds between tries while the line is down
  const draft = () => document.querySelector("[data-draft]");
  const form = () => document.querySelector("form[data-keep]");
  const mark = (page) => `draft:${draft().dataset.draft}:${page}`;
  let waiting = 0;

  const read = (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
  const write = (key, kept) => { try { localStorage.setItem(key, JSON.stringify(kept)); } catch { /* full, or forbidden */ } };
  const forget = (key) => { try { localStorage.removeItem(key); } catch { /* forbidden */ } };
  const keys = () => { try { return Object.keys(localStorage); } catch { return []; } };

  const typed = (of) => [...new FormData(of)].filter(([name]) => name !== "csrfmiddlewaretoken" && name !== "later");
  const answers = (fields) => JSON.stringify(fields.filter(([name]) => name !== "seen" && name !== "back"));
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;

  const say = (what) => {
    const notice = document.querySelector("[data-kept]");
    if (!notice) return;
    notice.textContent = what ? notice.dataset[what] : "";
    notice.hidden = !what;
  };

  const keep = () => write(mark(draft().dataset.page), { address: form().action, fields: typed(form()) });

  const fill = (of, fields) => {
    const given = new Map();
    for (const [name, value] of fields) given.set(name, [...(given.get(name) || []), value]);
    for (const input of of.elements) {
      if (!input.name || input.name === "csrfmiddlewaretoken" || input.tagName === "BUTTON") continue;
      const values = given.get(input.name) || [];
      if (input.type === "radio" || input.type === "checkbox") input.checked = values.includes(input.value);
      else if (values.length) input.value = values[0];
    }
  };

  const restore = () => {
    const kept = form() && read(mark(draft().dataset.page));
    if (!kept) return;
    if (answers(kept.fields) === answers(typed(form()))) { forget(mark(draft().dataset.page)); return; }
    fill(form(), kept.fields);
    say("restored");
  };

  const show = (html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    document.querySelector("main").replaceWith(page.querySelector("main"));
    document.title = page.title;
    const found = document.querySelector(".faults") || document.querySelector("main");
    found.focus();
    found.scrollIntoView();
  };

  const post = (address, fields, later) => {
    const body = new URLSearchParams([...fields, ["csrfmiddlewaretoken", token()], ...(later ? [["later", "1"]] : [])]);
    return fetch(address, { method: "POST", body, headers: { Accept: "application/json" } });
  };

  const send = async (later) => {
    clearTimeout(waiting);
    const key = mark(draft().dataset.page);
    let answer;
    try {
      answer = await post(form().action, typed(form()), later);
      if (answer.status >= 502) throw new Error("away");
    } catch {
      say("offline");
      waiting = setTimeout(() => send(later), AGAIN);
      return;
    }
    say("");
    if (answer.redirected) { location.assign(answer.url); return; }
    if (answer.ok) { forget(key); location.assign((await answer.json()).next); return; }
    if (answer.status === 422) forget(key);
    show(await answer.text());
  };

  // Pages that were left before they could be sent: each goes as it was typed, and none goes on to another page.
  const sendLeft = async () => {
    if (!draft() || !document.querySelector("[name=csrfmiddlewaretoken]")) return;
    const own = form() ? mark(draft().dataset.page) : "";
    for (const key of keys().filter((one) => one.startsWith(mark("")) && one !== own)) {
      const kept = read(key);
      try {
        const answer = await post(kept.address, kept.fields, true);
        if (answer.ok && !answer.redirected) { forget(key); say("sent"); }
      } catch {
        say("offline");
        return;
      }
    }
  };

  document.addEventListener("input", (event) => { if (event.target.closest("form[data-keep]")) keep(); });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[action$='/sign-out']")) keys().filter((one) => one.startsWith("draft:")).forEach(forget);
    if (!event.target.matches("form[data-keep]")) return;
    event.preventDefault();
    keep();
    send(Boolean(event.submitter && event.submitter.name === "later"));
  });
  addEventListener("online", () => { if (waiting) send(false); else sendLeft(); });
  if (!draft()) return;
  restore();
  sendLeft();
})();
