// The page as a whole: who one is, which chat is open, and what is done in it.

import { chatOf, isTyping, markRead, messagesOf, store, take, takeCast, unread } from "/page/store.js";
import { bubble, day, dot, face, make, nameOf, row } from "/page/view.js";
import { composer } from "/page/composer.js";
import { fillIn, switchLanguage, t } from "/page/words.js";
import { act, cast, keyboardOf, listen } from "/page/wire.js";

const $ = (id) => document.getElementById(id);
const open = { person: 0, chat: 0, thread: 0 };
const lastOpen = new Map(); // person -> the chat they had open
let atEnd = true; // the newest message is in view, and what comes shall be
let nodes = new Map(); // a message, or the name of a day -> its element in the open chat

const me = () => store.people.find((one) => one.id === open.person);
const groupOf = (id) => me()?.groups.find((one) => one.id === id);
const isForum = () => Boolean(groupOf(open.chat)?.is_forum);

function places(person) {
  const own = [{ chat: person.id, thread: 0, forum: false }];
  for (const group of person.groups) {
    own.push({ chat: group.id, thread: 0, forum: Boolean(group.is_forum) });
    for (const topic of group.topics) own.push({ chat: group.id, thread: topic.id, forum: true });
  }
  return own;
}

const unreadOf = (person) => places(person).reduce((sum, one) => sum + unread(person.id, one.chat, one.thread, one.forum), 0);

// -- moving about ----------------------------------------------------------------------------------------------------------

function go(person, chat, thread = 0, view = "chat") {
  Object.assign(open, { person, chat, thread });
  lastOpen.set(person, { chat, thread });
  document.body.dataset.view = view;
  nodes = new Map();
  $("messages").replaceChildren();
  atEnd = true;
  history.replaceState(null, "", `#${person}/${chat}/${thread}`);
  write.reset();
  draw();
  refreshKeyboard();
}

function choosePerson(person) {
  const before = lastOpen.get(person) || { chat: person, thread: 0 };
  go(person, before.chat, before.thread);
}

function fromAddress() {
  const [person, chat, thread] = location.hash.slice(1).split("/").map(Number);
  const known = store.people.find((one) => one.id === person);
  const there = known && places(known).some((one) => one.chat === chat && one.thread === (thread || 0));
  if (there) go(person, chat, thread || 0);
  else choosePerson((known || store.people[0]).id);
}

// -- drawing ---------------------------------------------------------------------------------------------------------------

/** Other items for a list, only if they look different: what is being pressed must not be taken away. */
function swap(list, items) {
  const made = make("ul", "", ...items);
  if (made.innerHTML !== list.innerHTML) list.replaceChildren(...items);
}

/** The list's elements become those wanted; the ones that stay are not touched, so that only news is read aloud. */
function settle(list, wanted) {
  const kept = new Set(wanted);
  for (const one of [...list.children]) if (!kept.has(one)) one.remove();
  wanted.forEach((one, at) => { if (list.children[at] !== one) list.insertBefore(one, list.children[at] || null); });
}

function drawPeople() {
  swap($("people-list"), store.people.map((person) => {
    const waiting = unreadOf(person);
    const chosen = make("button", "person", face(nameOf(person), person.id), make("span", "person-name", nameOf(person)), ...(waiting ? [dot(waiting)] : []));
    chosen.type = "button";
    chosen.dataset.key = `person/${person.id}`;
    if (person.id === open.person) chosen.setAttribute("aria-current", "true");
    chosen.addEventListener("click", () => choosePerson(person.id));
    return make("li", "", chosen);
  }));
}

function drawChats() {
  const person = me();
  $("chats-label").textContent = t("chatsOf", { name: nameOf(person) });
  const rows = places(person).map(({ chat, thread, forum }) => {
    const group = groupOf(chat);
    const topic = forum && thread ? group.topics.find((one) => one.id === thread) : null;
    const wanted = {
      id: group ? chat : store.bot.id, topic: forum && Boolean(thread),
      name: topic ? topic.name + (topic.closed ? ` (${t("closed")})` : "") : group ? group.title : nameOf(store.bot),
      last: messagesOf(chat, thread, forum).at(-1), count: unread(person.id, chat, thread, forum),
      chosen: chat === open.chat && thread === open.thread,
    };
    const made = row(wanted, () => go(person.id, chat, thread));
    made.firstChild.dataset.key = `chat/${chat}/${thread}`;
    return made;
  });
  swap($("chat-list"), rows);
}

function drawHead() {
  const group = groupOf(open.chat);
  const topic = group?.topics.find((one) => one.id === open.thread);
  const name = topic ? topic.name : group ? group.title : nameOf(store.bot);
  const within = topic ? `${group.title} · ` : group?.is_forum ? `${t("general")} · ` : "";
  const quiet = group ? within + t("members", { count: group.members }) : t("bot");
  const typing = isTyping(chatOf(open.chat), open.thread);
  $("chat-title").textContent = name;
  if ($("chat-status").textContent !== (typing ? t("typing") : quiet)) $("chat-status").textContent = typing ? t("typing") : quiet;
  $("chat-status").classList.toggle("typing", typing);
  const lead = face(group ? group.title : nameOf(store.bot), group ? open.chat : store.bot.id);
  $("chat-face").className = lead.className;
  $("chat-face").textContent = lead.textContent;
}

function keepEnd() {
  if (atEnd) $("messages").scrollTop = $("messages").scrollHeight;
}

function drawMessages() {
  const list = $("messages");
  const shown = messagesOf(open.chat, open.thread, isForum());
  const wanted = [];
  let before = "";
  for (const message of shown) {
    const today = day(message.date);
    if (today !== before && !nodes.has(today)) nodes.set(today, make("li", "service day", make("span", "", today)));
    if (today !== before) wanted.push(nodes.get(today));
    before = today;
    if (!nodes.has(message)) nodes.set(message, bubble(message, open.person, Boolean(groupOf(open.chat)), { press, command: (text) => say(text) }));
    wanted.push(nodes.get(message));
  }
  settle(list, wanted);
  keepEnd();
  $("start").hidden = shown.length > 0 || Boolean(groupOf(open.chat));
}

/** The focus stays where it was, though elements may be new. */
function draw() {
  if (!me()) return;
  const focused = document.activeElement?.dataset?.key;
  if (!document.hidden && (document.body.dataset.view === "chat" || innerWidth >= 800)) markRead(open.person, open.chat, open.thread, isForum());
  drawPeople();
  drawChats();
  drawHead();
  drawMessages();
  if (focused) document.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

let drawing = 0;
function drawSoon() {
  if (!drawing) drawing = setTimeout(() => { drawing = 0; draw(); }, 15);
}

function toast(text) {
  $("toast").textContent = text;
  $("toast").hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { $("toast").hidden = true; }, 4000);
}

// -- acting ----------------------------------------------------------------------------------------------------------------

const SENDING = ["write", "document", "photo", "start"];
const here = () => (groupOf(open.chat) ? { chat: open.chat, ...(open.thread ? { thread: open.thread } : {}) } : {});

async function attempt(wanted, person = open.person) {
  if (SENDING.includes(wanted.do)) atEnd = true;
  try {
    return await act(person, wanted);
  } catch (error) {
    toast(t("failed", { why: error.message }));
    return null;
  }
}

const say = (text) => attempt({ do: "write", text, ...here() });

async function press(message, key, button) {
  if (button.getAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  const made = await attempt({ do: "press", button: key.callback_data, message_id: message.message_id, ...(groupOf(open.chat) ? { chat: open.chat } : {}) });
  const done = () => button.removeAttribute("aria-busy");
  if (!made) return done();
  const until = Date.now() + 15000;
  const look = setInterval(() => {
    const answer = store.answers.get(made.query_id);
    if (!answer && Date.now() < until) return;
    clearInterval(look);
    done();
    if (answer?.text) toast(answer.text);
  }, 60);
}

async function refreshKeyboard() {
  const { person, chat } = open;
  const rows = await keyboardOf(person, chat).catch(() => []);
  if (person !== open.person || chat !== open.chat) return;
  $("keyboard").hidden = rows.length === 0;
  $("keyboard").replaceChildren(...rows.map((keys) => make("div", "keys", ...keys.map((label) => {
    const made = make("button", "key", label);
    made.type = "button";
    made.addEventListener("click", () => say(label));
    return made;
  }))));
}

const menuOf = () => {
  const language = (me()?.language_code || "").slice(0, 2);
  return groupOf(open.chat) ? [] : store.menus[language] || store.menus[""] || [];
};
const write = composer({ person: () => open.person, say, attempt, here, toast, menu: menuOf, own: () => messagesOf(open.chat, open.thread, isForum()).filter((one) => one.from.id === open.person) });

// -- beginning -------------------------------------------------------------------------------------------------------------

let asking = 0;
function askCastSoon() {
  if (!asking) asking = setTimeout(async () => { asking = 0; takeCast(await cast()); draw(); }, 80);
}

async function onLine(up) {
  $("offline").hidden = up;
  if (!up) return;
  const now = await cast().catch(() => null);
  if (now && store.life && now.life !== store.life) location.reload(); // another simulator: nothing known here is there
}

function onEvent(event) {
  if (take(event)) askCastSoon();
  if (event.chat_id === open.chat && event.kind === "message" && event.message.from.is_bot) refreshKeyboard();
  if (event.kind === "action") setTimeout(drawSoon, 6100);
  drawSoon();
}

function showLanguage() {
  fillIn(document);
  $("language").textContent = t("other");
  $("language").setAttribute("aria-label", t("otherLabel"));
  nodes = new Map();
}

$("language").addEventListener("click", () => { switchLanguage(); showLanguage(); draw(); write.show(); });
$("back").addEventListener("click", () => { document.body.dataset.view = "list"; draw(); });
$("start").addEventListener("click", () => attempt({ do: "start" }));
$("messages").addEventListener("scroll", ({ target }) => { atEnd = target.scrollHeight - target.scrollTop - target.clientHeight < 80; });
$("messages").addEventListener("load", keepEnd, true); // a picture has its size now
new ResizeObserver(keepEnd).observe($("messages"));
document.addEventListener("visibilitychange", drawSoon);
addEventListener("hashchange", fromAddress);

showLanguage();
takeCast(await cast());
if (store.people.length) fromAddress();
listen(onEvent, onLine);
