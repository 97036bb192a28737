// Small comforts on top of pages that work without them: keys, saved answers, filters that apply at once.
"use strict";

const at = (selector) => document.querySelector(selector);
const writing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

/** Move through the rows of a list. */
function step(by) {
  const rows = [...document.querySelectorAll("a.row")];
  if (rows.length === 0) return;
  const now = rows.indexOf(document.activeElement);
  const next = now < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(now + by, 0), rows.length - 1);
  rows[next].focus();
}

function write(field, box) {
  if (box) box.open = true;
  if (field && field.offsetParent !== null) field.focus();
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  r: () => write(at("#reply")),
  n: () => write(at("#note"), at("#note-box")),
  g: () => location.assign("/"), // where one's work begins: the queue, or the bulletins
  "/": () => (at("#q") ? at("#q").focus() : at('nav a[href="/search"]') && location.assign("/search")),
  "?": () => location.assign("/keys"),
};

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey) return;
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
    const form = event.target.closest("form[data-write]");
    if (form) form.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || writing(event.target)) return;
  const act = KEYS[event.key];
  if (act) {
    event.preventDefault();
    act();
  }
});

document.addEventListener("change", (event) => {
  const chosen = event.target;
  if (chosen.id === "canned" && chosen.value) {
    const reply = at("#reply");
    reply.value = reply.value ? `${reply.value.trimEnd()}\n${chosen.value}` : chosen.value;
    chosen.value = "";
    reply.focus();
  } else if (chosen.closest("form[data-auto]")) {
    chosen.form.requestSubmit();
  }
});

/** What was found does not take away what was chosen while it was looked for. */
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id !== "entries") return;
  const picked = at("#entries [name=entry]:checked");
  if (picked && event.detail.requestConfig.parameters.entry !== picked.value) event.detail.shouldSwap = false;
});

// Opened on the last words; whoever has scrolled back is left where they read.
const talk = () => at(".talk");
const toTheEnd = () => talk() && talk().scrollTo(0, talk().scrollHeight);
let read = { back: false, top: 0 };

document.addEventListener("htmx:beforeSwap", (event) => {
  const list = talk();
  if (list === null) return;
  read = { back: list.scrollHeight - list.scrollTop - list.clientHeight > 80, top: list.scrollTop };
  // Nobody's hand-over is closed under their fingers by news that can wait a moment.
  if (event.detail.requestConfig.verb === "get" && at(".over[open]")) event.detail.shouldSwap = false;
});

document.addEventListener("htmx:afterSwap", () => {
  if (!talk()) return;
  const told = at("#live").dataset.told;
  if (read.back && told !== "answered" && told !== "noted") talk().scrollTo(0, read.top);
  else toTheEnd();
  // Only what has gone out is cleared away: whoever was too late keeps their words.
  if (told === "answered") {
    at("#reply").value = "";
    if (at("#files")) at("#files").value = "";
  }
  if (told === "noted") at("#note").value = "";
  tell();
});

/** What is being written is kept in this window until it is saved: a visit may end meanwhile. */
const kept = () => at("form[data-keep]");
const chosen = (one) => one.type === "radio" || one.type === "checkbox";
const written = (form) => [...form.querySelectorAll("input:not([type=hidden]), textarea, select")].filter((one) => one.name);

function keep(event) {
  const form = event.target.closest("form[data-keep]");
  if (!form) return;
  const values = written(form).map((one) => [one.name, chosen(one) ? (one.checked ? one.value : null) : one.value]);
  sessionStorage.setItem(form.dataset.keep, JSON.stringify(values.filter(([, value]) => value !== null)));
}

function restore() {
  const form = kept();
  const saved = ["drafted", "revised"].includes(new URLSearchParams(location.search).get("told"));
  const mine = (key) => key.startsWith("bulletin:") || key.startsWith("measure:");
  if (saved) Object.keys(sessionStorage).filter(mine).forEach((key) => sessionStorage.removeItem(key));
  // What the server has just looked at stands in the form already.
  if (!form || form.dataset.fresh !== "yes") return;
  const values = JSON.parse(sessionStorage.getItem(form.dataset.keep) || "[]");
  for (const [name, value] of values) {
    for (const one of written(form).filter((field) => field.name === name)) {
      if (chosen(one)) one.checked = one.value === value;
      else one.value = value;
    }
  }
  if (values.length === 0) return;
  at("#restored").hidden = false;
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

/** From a fault to the line that it is in. */
document.addEventListener("click", (event) => {
  const fault = event.target.closest("[data-line]");
  const text = at("textarea.source");
  if (!fault || !text) return;
  const before = text.value.split("\n").slice(0, fault.dataset.line - 1).join("\n").length;
  const start = before === 0 ? 0 : before + 1;
  const end = text.value.indexOf("\n", start);
  text.focus();
  text.setSelectionRange(start, end < 0 ? text.value.length : end);
  text.scrollTop = (fault.dataset.line - 6) * (text.scrollHeight / text.value.split("\n").length);
});

document.addEventListener("input", keep);
document.addEventListener("change", keep);
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-discard]")) return;
  sessionStorage.removeItem(kept().dataset.keep);
  location.reload();
});

/** A closed case takes no reply. */
function tell() {
  const live = at("#live");
  const form = at("#reply-form");
  if (live && form) form.hidden = live.dataset.status === "closed";
}

document.addEventListener("DOMContentLoaded", () => {
  toTheEnd();
  tell();
  restore();
});
