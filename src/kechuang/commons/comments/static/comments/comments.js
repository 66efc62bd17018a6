// SPDX-License-Identifier: Apache-2.0
// A convenience only: a click on a person completes the name being typed. Without it names are typed in full.
(() => {
  "use strict";
  if (window.kcNames) return;
  window.kcNames = true;
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-kc-name]");
    const list = button?.closest("[data-kc-people]");
    const text = list && document.getElementById(list.dataset.kcPeople);
    if (!text) return;
    const before = text.value.slice(0, text.selectionStart).replace(/@[^@\s]*$/, "");
    const name = `@${button.dataset.kcName} `;
    text.value = before + name + text.value.slice(text.selectionStart);
    text.focus();
    text.setSelectionRange(before.length + name.length, before.length + name.length);
    list.replaceChildren();
  });
})();
