// 读给我听: the browser's own voice reads what a page marks with data-read-aloud. Nothing leaves the device.
(() => {
  const place = document.querySelector(".aloud");
  const texts = [...document.querySelectorAll("[data-read-aloud]")];
  if (!place || !texts.length || !("speechSynthesis" in window)) return;
  const button = place.querySelector("button");
  const voice = window.speechSynthesis;
  const start = button.textContent;
  const ended = () => { button.textContent = start; button.removeAttribute("aria-pressed"); };
  // Sentence by sentence: some browsers fall silent in the middle of a long text.
  const sentences = () => texts.flatMap((text) => (text.innerText.match(/[^。！？!?\n]+[。！？!?]?/g) || [])).map((each) => each.trim()).filter(Boolean);

  button.addEventListener("click", () => {
    const reading = button.hasAttribute("aria-pressed");
    voice.cancel();
    if (reading) return ended();
    button.textContent = button.dataset.stop;
    button.setAttribute("aria-pressed", "true");
    const said = sentences().map((words) => Object.assign(new SpeechSynthesisUtterance(words), { lang: document.documentElement.lang, rate: 0.9 }));
    said[said.length - 1].onend = ended;
    said.forEach((each) => voice.speak(each));
  });
  window.addEventListener("pagehide", () => voice.cancel());
  place.classList.add("ready");
})();
