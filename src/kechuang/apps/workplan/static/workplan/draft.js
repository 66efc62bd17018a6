// SPDX-License-Identifier: Apache-2.0
// A convenience only: what is pointed at on one side is shown on the other too.
(() => {
  "use strict";
  const show = () => {
    const key = decodeURIComponent(location.hash.slice(1)).replace(/^s-/, "");
    document.querySelectorAll(".kc-paired").forEach((one) => one.classList.remove("kc-paired"));
    if (!key) return;
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (const one of document.querySelectorAll(`[data-kc-pair="${CSS.escape(key)}"]`)) {
      one.classList.add("kc-paired");
      const pane = one.closest(".kc-draft-scroll");
      if (pane && one !== target && (one.id || !pane.querySelector(".kc-paired"))) {
        pane.scrollTo({ top: one.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop - 48 });
      }
    }
  };
  window.addEventListener("hashchange", show);
  show();
})();
