// Photos are made smaller on this device, then sent one by one, with progress, and again if the line broke.
"use strict";
(() => {
  const LONGEST = 2000; // pixels: A4 at 170 dots an inch, small print stays readable
  const QUALITY = 0.85;
  const SMALL = 500000; // bytes: not worth the work
  const form = () => document.querySelector("form[data-uploads]");
  const list = () => document.querySelector("[data-sending]");
  const queue = [];
  let sending = false;
  let goOn = null;

  const shrunk = async (file) => {
    if (!file.type.startsWith("image/") || (file.size < SMALL && /jpeg|png/.test(file.type))) return file;
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      const drawing = canvas.getContext("2d");
      drawing.fillStyle = "#fff";
      drawing.fillRect(0, 0, canvas.width, canvas.height);
      drawing.drawImage(picture, 0, 0, canvas.width, canvas.height);
      const small = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
      if (!small || (small.size >= file.size && /jpeg|png/.test(file.type))) return file;
      return new File([small], `${file.name.replace(/\.[^.]*$/, "")}.jpg`, { type: "image/jpeg" });
    } catch {
      return file; // what this browser cannot open, the server says what to do about
    }
  };

  const line = (file) => {
    const row = document.createElement("li");
    const name = document.createElement("span");
    const bar = document.createElement("progress");
    const state = document.createElement("span");
    const again = document.createElement("button");
    name.textContent = file.name;
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    state.className = "small";
    state.textContent = list().dataset.waiting;
    again.type = "button";
    again.className = "btn quiet";
    again.textContent = list().dataset.again;
    again.hidden = true;
    const about = document.createElement("div");
    row.className = "upload";
    about.append(name, document.createElement("br"), state);
    row.append(about, again, bar);
    list().append(row);
    return { row, bar, state, again, file };
  };

  const transfer = (one) => new Promise((done) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("csrfmiddlewaretoken", form().elements.csrfmiddlewaretoken.value);
    body.append("file", one.small, one.small.name);
    request.open("POST", form().action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = (event) => {
      if (!event.lengthComputable) return;
      one.bar.value = Math.round((event.loaded / event.total) * 100);
      one.state.textContent = `${one.bar.value} %`;
    };
    request.onload = () => done(request);
    request.onerror = request.ontimeout = () => done(null);
    request.timeout = 120000;
    request.send(body);
  });

  const refresh = async () => {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const files = page.querySelector("#files");
    if (files) document.querySelector("#files").replaceWith(files);
  };

  const failed = (one) => {
    one.state.textContent = list().dataset.failed;
    one.again.hidden = false;
    one.failed = true;
    one.row.classList.add("wrong");
    goOn = null;
  };

  const settle = async (one, request) => {
    if (request === null || request.status >= 502) { failed(one); return; }
    one.row.remove();
    if (request.status === 200 && request.responseText.startsWith("{")) { await refresh().catch(() => null); return; }
    if (request.status === 200) { location.assign(request.responseURL); return; } // signed out meanwhile
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    const rows = [...list().children];
    document.querySelector("main").replaceWith(page.querySelector("main"));
    if (list()) list().append(...rows);
    const faults = document.querySelector(".faults");
    if (faults) faults.focus();
  };

  const work = async () => {
    if (sending) return;
    sending = true;
    while (queue.length) {
      const one = queue.shift();
      one.failed = false;
      one.row.classList.remove("wrong");
      one.again.hidden = true;
      one.small = one.small || await shrunk(one.file);
      await settle(one, await transfer(one));
    }
    sending = false;
    if (goOn) form().requestSubmit(goOn);
  };

  const lines = [];
  const retry = (one) => { if (one.failed) { queue.push(one); work(); } };
  document.addEventListener("change", (event) => {
    if (!event.target.matches("form[data-uploads] input[type=file]")) return;
    for (const file of event.target.files) {
      const one = line(file);
      one.again.addEventListener("click", () => retry(one));
      lines.push(one);
      queue.push(one);
    }
    event.target.value = "";
    work();
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-uploads]") || !sending) return;
    event.preventDefault();
    goOn = event.submitter;
  });
  addEventListener("online", () => lines.forEach(retry));
})();
