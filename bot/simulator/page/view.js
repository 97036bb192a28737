// Messages and lists as elements.

import { isService } from "/page/store.js";
import { locale, t } from "/page/words.js";
import { rich, safeAddress } from "/page/rich.js";
import { fileAddress } from "/page/wire.js";

export function make(tag, name = "", ...inside) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.append(...inside);
  return made;
}

export function face(name, id) {
  const made = make("span", `face tint${Math.abs(id) % 7}`, [...name][0] || "?");
  made.setAttribute("aria-hidden", "true");
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

/** One line that tells what a message says, for lists. */
export function gist(message) {
  if (isService(message)) return serviceText(message);
  const words = (message.text ?? message.caption ?? "").replace(/\s+/g, " ");
  if (message.document) return `📎 ${message.document.file_name} ${words}`.trim();
  const kind = ["photo", "voice", "sticker", "location"].find((name) => name in message);
  return kind ? `[${t(kind)}] ${words}`.trim() : words;
}

export function serviceText(message) {
  const names = (message.new_chat_members || []).map(nameOf).join("、");
  if (names) return t("joined", { name: names });
  if (message.left_chat_member) return t("left", { name: nameOf(message.left_chat_member) });
  if (message.forum_topic_created) return t("topicMade", { name: message.forum_topic_created.name });
  if (message.forum_topic_edited) return t("topicChanged", { name: message.forum_topic_edited.name || "" });
  if (message.forum_topic_closed) return t("topicClosed");
  if (message.forum_topic_reopened) return t("topicOpened");
  return t(message.pinned_message ? "pinned" : "service");
}

function picture(message) {
  const largest = message.photo.at(-1);
  const shown = make("img", "photo");
  Object.assign(shown, { src: fileAddress(largest.file_id), alt: message.caption || t("photo"), width: largest.width, height: largest.height });
  const around = make("a", "photo-link", shown);
  Object.assign(around, { href: shown.src, target: "_blank", rel: "noopener" });
  return around;
}

function card(file) {
  const name = file.file_name || t("document");
  const ending = name.includes(".") ? name.split(".").pop().slice(0, 4).toUpperCase() : "";
  const made = make("a", "card", make("span", "card-kind", ending || "···"), make("span", "card-text", make("b", "", name), make("small", "", sizeOf(file.file_size))));
  Object.assign(made, { href: fileAddress(file.file_id, true), download: name });
  made.setAttribute("aria-label", t("save", { name }));
  return made;
}

function attached(message) {
  if (message.photo) return picture(message);
  if (message.document) return card(message.document);
  if (message.sticker) return make("span", "sticker", message.sticker.emoji || "🙂");
  if (message.voice) return make("p", "", `🎤 ${t("voice")} ${message.voice.duration} s`);
  if (message.location) return make("p", "", `📍 ${message.location.latitude}, ${message.location.longitude}`);
  return null;
}

function quoted(message) {
  const made = make("p", "quoted", make("b", "", nameOf(message.from)), " ", gist(message).slice(0, 90));
  made.setAttribute("aria-label", `${t("replyTo")} ${nameOf(message.from)}`);
  return made;
}

function inlineKeyboard(message, onPress) {
  const rows = message.reply_markup?.inline_keyboard || [];
  return make("div", "inline-keyboard", ...rows.map((row, y) => make("div", "keys", ...row.map((key, x) => {
    const address = key.url && safeAddress(key.url);
    const made = make(address ? "a" : "button", "key", key.text);
    made.dataset.key = `${message.message_id}/${y}/${x}`;
    if (address) {
      Object.assign(made, { href: address, target: "_blank", rel: "noopener noreferrer" });
    } else {
      made.type = "button";
      made.addEventListener("click", () => onPress(message, key, made));
    }
    return made;
  }))));
}

/** One message as a list item; `acts` has press(message, key, button) and command(text). */
export function bubble(message, person, group, acts) {
  if (isService(message)) return make("li", "service", make("span", "", serviceText(message)));
  const own = message.from.id === person;
  const item = make("li", own ? "own" : "other");
  item.dataset.id = message.message_id;
  const inside = make("div", "bubble");
  const who = make("b", group && !own ? `who tint${Math.abs(message.from.id) % 7}` : "unseen", own ? t("you") : nameOf(message.from));
  inside.append(who);
  const replied = message.reply_to_message;
  if (replied && replied.message_id !== message.message_thread_id) inside.append(quoted(replied));
  const extra = attached(message);
  if (extra) inside.append(extra);
  const words = message.text ?? message.caption;
  if (words) inside.append(make("div", "words", rich(words, message.entities || message.caption_entities, acts.command)));
  const time = make("time", "", (message.edit_date ? `${t("edited")} ` : "") + clock(message.date));
  time.dateTime = new Date(message.date * 1000).toISOString();
  inside.append(time);
  item.append(inside);
  if (message.reply_markup) item.append(inlineKeyboard(message, acts.press));
  return item;
}

export function dot(count) {
  const made = make("span", "dot", count > 99 ? "99+" : String(count));
  made.append(make("span", "unseen", ` ${t("unread")}`));
  return made;
}

/** A row of the list of chats or topics. */
export function row({ name, id, last, count, chosen, topic }, onChoose) {
  const text = make("span", "row-text", make("b", "", name), make("small", "", last ? gist(last) : t("empty")));
  const side = make("span", "row-side", make("time", "", last ? clock(last.date) : ""), ...(count ? [dot(count)] : []));
  const lead = topic ? make("span", "hash", "#") : face(name, id);
  const made = make("button", topic ? "row topic" : "row", lead, text, side);
  made.type = "button";
  if (chosen) made.setAttribute("aria-current", "true");
  made.addEventListener("click", onChoose);
  return make("li", "", made);
}
