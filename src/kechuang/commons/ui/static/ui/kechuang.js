// SPDX-License-Identifier: Apache-2.0
// Conveniences only: every page works without this file.
(() => {
  "use strict";
  const body = document.body;
  const PREFIX = "kc-kept:";
  const NEVER = new Set(["csrfmiddlewaretoken", "idempotency_key", "expected_version"]);
  const store = {
    all() {
      try {
        return Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX))
          .map((key) => [key, JSON.parse(sessionStorage.getItem(key))]);
      } catch { return []; }
    },
    put(key, value) { try { sessionStorage.setItem(key, JSON.stringify(value)); } catch { /* full or forbidden */ } },
    drop(key) { try { sessionStorage.removeItem(key); } catch { /* forbidden */ } },
  };

  // what was typed is kept when the session ends, the network fails, or the server errs
  const nameOf = (form) => form.id || form.getAttribute("action") || String([...document.forms].indexOf(form));
  const keyOf = (form) => `${PREFIX}${location.pathname}#${nameOf(form)}`;
  const isKept = (form) => form.method === "post" && !form.querySelector("input[type=password]") && !("kcForget" in form.dataset);
  const typed = (form) => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !NEVER.has(name));
  const keep = (form) => {
    if (isKept(form)) store.put(keyOf(form), { state: "sent", user: body.dataset.kcUser, values: typed(form) });
  };
  const fill = (form, values) => {
    const given = new Map();
    values.forEach(([name, value]) => given.set(name, [...(given.get(name) || []), value]));
    for (const control of form.elements) {
      if (!control.name || NEVER.has(control.name) || control.type === "file") continue;
      const wanted = given.get(control.name) || [];
      if (control.type === "checkbox" || control.type === "radio") control.checked = wanted.includes(control.value);
      else if (control.multiple) for (const option of control.options) option.selected = wanted.includes(option.value);
      else if (wanted.length) control.value = wanted.shift();
    }
  };
  const offer = (form, key, values) => {
    const note = document.createElement("div");
    note.className = "kc-note kc-note-warn";
    note.setAttribute("role", "status");
    note.textContent = body.dataset.kcKept;
    for (const [label, act] of [[body.dataset.kcRestore, () => fill(form, values)], [body.dataset.kcDiscard, () => {}]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-sm";
      button.textContent = label;
      button.addEventListener("click", () => { act(); store.drop(key); note.remove(); form.elements[0]?.focus?.(); });
      note.append(" ", button);
    }
    form.before(note);
  };
  const paused = "kcPause" in body.dataset;
  for (const [key, kept] of store.all()) {
    if (paused) { if (kept.state === "sent") store.put(key, { ...kept, state: "failed" }); continue; }
    if (kept.state === "sent" || (body.dataset.kcUser && kept.user && kept.user !== body.dataset.kcUser)) { store.drop(key); continue; }
    const form = [...document.forms].find((one) => isKept(one) && keyOf(one) === key);
    if (form) offer(form, key, kept.values);
  }

  // one click, one act
  const release = () => document.querySelectorAll("[data-kc-sent]").forEach((button) => {
    button.disabled = false;
    delete button.dataset.kcSent;
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.getAttribute("aria-busy") === "true") { event.preventDefault(); return; }
    keep(form);
    form.setAttribute("aria-busy", "true");
    setTimeout(() => form.querySelectorAll("button:not([type=button]):not(:disabled)").forEach((button) => {
      button.dataset.kcSent = "";
      button.disabled = true;
    }));
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[aria-busy]").forEach((form) => form.removeAttribute("aria-busy"));
    release();
  });

  // drafts: <form data-kc-autosave="address"> with a [data-kc-autosave-state] that says how it went
  document.querySelectorAll("form[data-kc-autosave]").forEach((form) => {
    let timer;
    const state = form.querySelector("[data-kc-autosave-state]");
    const say = (words) => { if (state) state.textContent = words || ""; };
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        try {
          const answer = await fetch(form.dataset.kcAutosave, { method: "POST", body: new FormData(form), redirect: "error" });
          say(answer.ok ? `${body.dataset.kcSaved} ${new Date().toTimeString().slice(0, 5)}` : body.dataset.kcUnsaved);
        } catch { say(body.dataset.kcUnsaved); }
      }, 1500);
    });
  });

  // keys and menus
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      document.querySelectorAll("details.kc-menu[open]").forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
    }
    const busy = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !busy && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const search = document.getElementById("kc-search") || document.getElementById("f-q");
      if (search) { event.preventDefault(); search.focus(); search.select(); }
    }
  });
  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.kc-menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });
  document.querySelector(".kc-note[role=alert][tabindex]")?.focus();

  // htmx: short addresses; a sign-in page is never pressed into a table; an error is told
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get") return;
    const given = event.detail.formData;
    for (const [name, value] of [...given.entries()]) if (value === "") given.delete(name);
    if (given.getAll("cols").length > 1) given.set("cols", given.getAll("cols").join(","));
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    if (/^\s*<!doctype/i.test(xhr.responseText)) {
      event.detail.shouldSwap = false;
      if (xhr.status < 400) location.assign(xhr.responseURL.includes(location.pathname) ? xhr.responseURL : location.href);
      else tell();
    }
  });
  const tell = () => {
    const place = document.getElementById("kc-messages");
    if (!place) return;
    const note = document.createElement("div");
    note.className = "kc-note kc-note-bad";
    note.setAttribute("role", "alert");
    note.textContent = body.dataset.kcFailed;
    place.replaceChildren(note);
  };
  ["htmx:sendError", "htmx:responseError", "htmx:timeout"].forEach((name) => document.addEventListener(name, tell));
})();
