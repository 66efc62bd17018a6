// SPDX-License-Identifier: Apache-2.0
// One slide after another; after the last the page is fetched anew, so that the wall shows what is known now.
// Arrow keys turn, the space bar holds, Escape leads back to the cockpit. Without this file all slides stand below each other.
(() => {
  "use strict";
  const stage = document.querySelector("[data-kc-slides]");
  if (!stage) return;
  const slides = [...stage.children];
  const pause = Number(stage.dataset.kcSlides) * 1000;
  let place = 0, held = false, timer;
  const show = (next) => {
    place = (next + slides.length) % slides.length;
    slides.forEach((slide, number) => { slide.hidden = number !== place; });
    clearTimeout(timer);
    timer = setTimeout(turn, pause);
  };
  const turn = () => {
    if (held) show(place);
    else if (place + 1 < slides.length) show(place + 1);
    else fetch(location.href, { method: "HEAD", redirect: "error" }).then((answer) => answer.ok ? location.reload() : show(0)).catch(() => show(0));
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "ArrowRight") show(place + 1);
    if (event.key === "ArrowLeft") show(place - 1);
    if (event.key === " ") { held = !held; event.preventDefault(); }
    if (event.key === "Escape") location.href = "/cockpit/";
  });
  show(0);
})();
