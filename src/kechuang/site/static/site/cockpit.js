// SPDX-License-Identifier: Apache-2.0
// The range of the time axis moves the date beside it; without this file the date and its button do the same.
(() => {
  "use strict";
  const DAY = 86400000;
  const range = document.querySelector("[data-kc-first]");
  if (!range) return;
  const date = document.getElementById(range.dataset.kcFor);
  const first = Date.parse(`${range.dataset.kcFirst}T00:00:00Z`);
  const shown = (place) => new Date(first + place * DAY).toISOString().slice(0, 10);
  const placeOf = (day) => Math.round((Date.parse(`${day}T00:00:00Z`) - first) / DAY);
  let waiting;
  range.hidden = false;
  range.addEventListener("input", () => {
    date.value = shown(Number(range.value));
    range.setAttribute("aria-valuetext", date.value);
    clearTimeout(waiting);
    waiting = setTimeout(() => date.dispatchEvent(new Event("change", { bubbles: true })), 150);
  });
  date.addEventListener("change", () => { if (date.value) range.value = placeOf(date.value); });
  document.addEventListener("htmx:afterSwap", () => {
    const region = document.getElementById("kc-cockpit");
    if (!region) return;
    date.value = region.dataset.kcDay;
    range.value = placeOf(date.value);
  });
})();
