// Messages and lists as elements.

import { isService } from "/page/store.js";
import { t } from "/page/words.js";
import { rich, safeAddress } from "/page/rich.js";
import { attached, fit } from "/page/media.js";
import { action, clock, dot, face, make, nameOf } from "/page/make.js";

/** One line that tells what a message says, for lists. */
export function gist(message) {
  if (isService(message)) return serviceText(message);
  const words = (message.text ?? message.caption ?? "").replace(/\s+/g, " ");
  if (message.document) return `[${t("document")}] ${message.document.file_name} ${words}`.trim();
  const kind = ["photo", "voice", "sticker", "location"].find((name) => name in message);
  return kind ? `[${t(kind)}] ${words}`.trim() : words;
}

export function serviceText(message) {
  const names = (message.new_chat_members || []).map(nameOf).join(t("and"));
  if (names) return t("joined", { name: names });
  if (message.left_chat_member) return t("left", { name: nameOf(message.left_chat_member) });
  if (message.forum_topic_created) return t("topicMade", { name: message.forum_topic_created.name });
  if (message.forum_topic_edited) return t("topicChanged", { name: message.forum_topic_edited.name || "" });
  const plain = {
    forum_topic_closed: "topicClosed", forum_topic_reopened: "topicOpened", pinned_message: "pinned", general_forum_topic_hidden: "generalHidden",
    general_forum_topic_unhidden: "generalShown", migrate_to_chat_id: "moved", migrate_from_chat_id: "moved",
  };
  return t(plain[Object.keys(plain).find((key) => key in message)] || "service");
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

function foot(message, own, onEdit) {
  const time = make("time", "", (message.edit_date ? `${t("edited")} ` : "") + clock(message.date));
  time.dateTime = new Date(message.date * 1000).toISOString();
  return make("div", "foot", ...(own && "text" in message ? [action("edit", t("edit"), () => onEdit(message))] : []), time);
}

/** One message, or an album of several, as a list item; `acts` has press(message, key, button), command(text) and edit(message). */
export function bubble(together, person, group, acts) {
  const [message] = together;
  if (isService(message)) return make("li", "service", make("span", "", serviceText(message)));
  const own = message.from.id === person;
  const item = make("li", own ? "own" : "other");
  item.dataset.id = message.message_id;
  const inside = make("div", "bubble");
  inside.append(make("b", group && !own ? `who tint${Math.abs(message.from.id) % 7}` : "unseen", own ? t("you") : nameOf(message.from)));
  const replied = message.reply_to_message;
  if (replied && replied.message_id !== message.message_thread_id) inside.append(quoted(replied));
  inside.append(...attached(together));
  fit(inside, together);
  for (const one of together) {
    const words = one.text ?? one.caption;
    if (words) inside.append(make("div", "words", rich(words, one.entities || one.caption_entities, acts.command)));
  }
  inside.append(foot(message, own, acts.edit));
  item.append(inside);
  if (message.reply_markup) item.append(inlineKeyboard(message, acts.press));
  return item;
}

/** A row of the list of chats or topics. */
export function row({ name, id, last, count, chosen, topic }, onChoose) {
  const text = make("span", "row-text", make("b", "", name), make("small", "", last ? gist(last) : t("empty")));
  const side = make("span", "row-side", make("time", "", last ? clock(last.date) : ""), ...(count ? [dot(count)] : []));
  const made = action(topic ? "row topic" : "row", "", onChoose);
  made.replaceChildren(topic ? make("span", "hash", "#") : face(name, id), text, side);
  if (chosen) made.setAttribute("aria-current", "true");
  return make("li", "", made);
}
