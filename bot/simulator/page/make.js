// Making elements, and figures for the eye.

import { locale, t } from "/page/words.js";

export function make(tag, name = "", ...inside) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.append(...inside);
  return made;
}

/** A button that says its text and does something. */
export function action(name, text, onPress) {
  const made = make("button", name, text);
  made.type = "button";
  made.addEventListener("click", onPress);
  return made;
}

export function face(name, id) {
  const made = make("span", `face tint${Math.abs(id) % 7}`, [...name][0] || "?");
  made.setAttribute("aria-hidden", "true");
  return made;
}

export function dot(count) {
  const made = make("span", "dot", count > 99 ? "99+" : String(count));
  made.append(make("span", "unseen", ` ${t("unread")}`));
  return made;
}

export const nameOf = (user) => [user.first_name, user.last_name].filter(Boolean).join(" ");

export const clock = (seconds) => new Date(seconds * 1000).toLocaleTimeString(locale(), { hour: "2-digit", minute: "2-digit", hour12: false });

export function day(seconds) {
  const date = new Date(seconds * 1000);
  if (date.toDateString() === new Date().toDateString()) return t("today");
  return date.toLocaleDateString(locale(), { month: "long", day: "numeric" });
}

export function sizeOf(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
