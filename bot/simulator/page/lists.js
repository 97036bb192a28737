// The people, their chats, and the head of the open chat.

import { chatOf, isTyping, messagesOf, pinnedOf, store, unread } from "/page/store.js";
import { gist, row } from "/page/view.js";
import { dot, face, make, nameOf } from "/page/make.js";
import { group, groupOf, isForum, me, open, places, topic, topicName, topicOf, unreadOf } from "/page/where.js";
import { t } from "/page/words.js";

const $ = (id) => document.getElementById(id);

/** Other items for a list, only if they look different: what is being pressed must not be taken away. */
function swap(list, items) {
  const made = make("ul", "", ...items);
  if (made.innerHTML !== list.innerHTML) list.replaceChildren(...items);
}

export function drawPeople(onChoose) {
  swap($("people-list"), store.people.map((person) => {
    const waiting = unreadOf(person);
    const chosen = make("button", "person", face(nameOf(person), person.id), make("span", "person-name", nameOf(person)), ...(person.role ? [make("small", "role", t(person.role))] : []), ...(waiting ? [dot(waiting)] : []));
    chosen.type = "button";
    chosen.dataset.key = `person/${person.id}`;
    if (person.id === open.person) chosen.setAttribute("aria-current", "true");
    chosen.addEventListener("click", () => onChoose(person.id));
    return make("li", "", chosen);
  }));
}

export function drawChats(onChoose) {
  const person = me();
  $("chats-label").replaceChildren(t("chatsOf", { name: nameOf(person) }), ...(person.role ? [make("small", "", t(person.role))] : []));
  swap($("chat-list"), places(person).map(({ chat, thread, forum }) => {
    const one = groupOf(chat);
    const within = forum && thread ? topicOf(one, thread) : null;
    const wanted = {
      id: one ? chat : store.bot.id, topic: Boolean(within),
      name: within ? within.name + (within.closed ? ` (${t("closed")})` : "") : one ? one.title : nameOf(store.bot),
      last: messagesOf(chat, thread, forum).at(-1), count: unread(person.id, chat, thread, forum),
      chosen: chat === open.chat && thread === open.thread,
    };
    const made = row(wanted, () => onChoose(person.id, chat, thread));
    made.firstChild.dataset.key = `chat/${chat}/${thread}`;
    return made;
  }));
}

function quietStatus() {
  if (!group()) return t("bot");
  const members = t("members", { count: group().members });
  if (!isForum()) return members;
  const closed = topic()?.closed ? ` · ${t("closed")}` : "";
  return `${open.thread ? group().title : topicName(topic())} · ${members}${closed}`;
}

export function drawHead() {
  const typing = isTyping(chatOf(open.chat), open.thread);
  const status = typing ? t("typing") : quietStatus();
  $("chat-title").textContent = open.thread && topic() ? topic().name : group() ? group().title : nameOf(store.bot);
  if ($("chat-status").textContent !== status) $("chat-status").textContent = status;
  $("chat-status").classList.toggle("typing", typing);
  const lead = face(group() ? group().title : nameOf(store.bot), group() ? open.chat : store.bot.id);
  $("chat-face").className = lead.className;
  $("chat-face").textContent = lead.textContent;
  const pinned = pinnedOf(open.chat, open.thread, isForum());
  $("pinned").hidden = !pinned;
  if (pinned) {
    $("pinned").dataset.message = pinned.message_id;
    $("pinned").lastElementChild.textContent = gist(pinned);
    $("pinned").setAttribute("aria-label", `${t("pinnedOne")}: ${gist(pinned)}`);
  }
}
