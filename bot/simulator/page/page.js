// The page as a whole: who one is, which chat is open, and what is done in it.

import { gathered, markRead, store, take, takeCast } from "/page/store.js";
import { bubble } from "/page/view.js";
import { action, day, make } from "/page/make.js";
import { composer } from "/page/composer.js";
import { drawChats, drawHead, drawPeople } from "/page/lists.js";
import { moreMenu } from "/page/more.js";
import { group, here, isForum, mayWrite, me, open, places, shownMessages, topic } from "/page/where.js";
import { fillIn, switchLanguage, t } from "/page/words.js";
import { act, cast, keyboardOf, listen } from "/page/wire.js";

const $ = (id) => document.getElementById(id);
const lastOpen = new Map(); // person -> the chat they had open
let atEnd = true; // the newest message is in view, and what comes shall be
let nodes = new Map(); // a message, an album's name, or the name of a day -> its element in the open chat

// -- moving about ----------------------------------------------------------------------------------------------------------

function go(person, chat, thread = 0, view = "chat") {
  Object.assign(open, { person, chat, thread });
  lastOpen.set(person, { chat, thread });
  document.body.dataset.view = view;
  nodes = new Map();
  $("messages").replaceChildren();
  atEnd = true;
  more.close();
  history.replaceState(null, "", `#${person}/${chat}/${thread}`);
  write.reset();
  draw();
  refreshKeyboard();
}

const isPlace = (person, { chat, thread }) => places(person).some((one) => one.chat === chat && one.thread === thread);

function choosePerson(number) {
  const person = store.people.find((one) => one.id === number);
  const before = lastOpen.get(number);
  if (before && isPlace(person, before)) go(number, before.chat, before.thread);
  else go(number, number);
}

function fromAddress() {
  const [number, chat, thread = 0] = location.hash.slice(1).split("/").map(Number);
  const known = store.people.find((one) => one.id === number);
  if (known && isPlace(known, { chat, thread })) go(number, chat, thread);
  else choosePerson((known || store.people[0]).id);
}

// -- drawing ---------------------------------------------------------------------------------------------------------------

/** The list's elements become those wanted; the ones that stay are not touched, so that only news is read aloud. */
function settle(list, wanted) {
  const kept = new Set(wanted);
  for (const one of [...list.children]) if (!kept.has(one)) one.remove();
  wanted.forEach((one, at) => { if (list.children[at] !== one) list.insertBefore(one, list.children[at] || null); });
}

function keepEnd() {
  if (atEnd) $("messages").scrollTop = $("messages").scrollHeight;
}

const keyOf = (together) => (together.length > 1 ? together.map((one) => `${one.message_id}/${one.edit_date || 0}`).join() : together[0]);

function drawMessages() {
  const wanted = [];
  let before = "";
  for (const together of gathered(shownMessages())) {
    const today = day(together[0].date);
    if (today !== before && !nodes.has(today)) nodes.set(today, make("li", "service day", make("span", "", today)));
    if (today !== before) wanted.push(nodes.get(today));
    before = today;
    const key = keyOf(together);
    if (!nodes.has(key)) nodes.set(key, bubble(together, open.person, Boolean(group()), { press, command: say, edit: (message) => write.edit(message) }));
    wanted.push(nodes.get(key));
  }
  settle($("messages"), wanted);
  keepEnd();
}

/** What one writes with, or why one cannot. */
function drawFoot() {
  const blocked = !group() && me().blocked;
  const begun = shownMessages().length > 0 || Boolean(group());
  const about = inTheirs(store.descriptions);
  $("start").hidden = begun;
  $("about").hidden = begun || !about;
  $("about").textContent = about || "";
  $("blocked").hidden = !blocked;
  $("shut").hidden = blocked || mayWrite();
  $("composer").hidden = !mayWrite();
}

/** The focus stays where it was, though elements may be new. */
function draw() {
  if (!me()) return;
  const focused = document.activeElement?.dataset?.key;
  if (!document.hidden && (document.body.dataset.view === "chat" || innerWidth >= 800)) markRead(open.person, open.chat, open.thread, isForum());
  drawPeople(choosePerson);
  drawChats(go);
  drawHead();
  drawMessages();
  drawFoot();
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

const QUIET = ["press", "edit", "block", "unblock"]; // all else one does adds a message

async function attempt(wanted, person = open.person) {
  if (!QUIET.includes(wanted.do)) atEnd = true;
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
  const made = await attempt({ do: "press", button: key.callback_data, message_id: message.message_id, ...(group() ? { chat: open.chat } : {}) });
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
  $("keyboard").replaceChildren(...rows.map((keys) => make("div", "keys", ...keys.map((label) => action("key", label, () => say(label))))));
}

/** What the bot says in the person's language, or else to everybody. */
const inTheirs = (told) => told[(me()?.language_code || "").slice(0, 2)] || told[""];
const menuOf = () => (group() ? [] : inTheirs(store.menus) || []);
const write = composer({ person: () => open.person, say, attempt, here, toast, menu: menuOf, own: () => shownMessages().filter((one) => one.from.id === open.person) });
const more = moreMenu({ person: me, group, topic, here, attempt, toast });

function showPinned() {
  const shown = $("messages").querySelector(`[data-id="${$("pinned").dataset.message}"]`);
  shown?.scrollIntoView({ block: "center" });
  shown?.classList.add("found");
  setTimeout(() => shown?.classList.remove("found"), 1500);
}

// -- beginning -------------------------------------------------------------------------------------------------------------

let asking = 0;
function askCastSoon() {
  if (!asking) asking = setTimeout(async () => { asking = 0;
    takeCast(await cast());
    if (isPlace(me(), open)) draw();
    else choosePerson(open.person); // the topic or the group is gone
  }, 80);
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
$("pinned").addEventListener("click", showPinned);
$("blocked").addEventListener("click", () => attempt({ do: "unblock" }));
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
