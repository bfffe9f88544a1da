// What only a browser with scripts can do with a receipt: hand it to another program, or print the page.
"use strict";
(() => {
  const print = document.querySelector("[data-print]");
  const share = document.querySelector("[data-share]");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }
  if (share && navigator.share) {
    share.hidden = false;
    share.addEventListener("click", () => navigator.share({ text: share.dataset.share }).catch(() => null));
  }
})();
