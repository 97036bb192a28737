// What the page knows, built from the simulator's events.

const TYPING_MS = 6000;

export const store = { life: "", bot: null, people: [], menus: {}, descriptions: {}, chats: new Map(), answers: new Map() };

export function takeCast(cast) {
  Object.assign(store, { life: cast.life, bot: cast.bot, people: cast.people, menus: cast.menus, descriptions: cast.descriptions });
}

export function chatOf(id) {
  if (!store.chats.has(id)) store.chats.set(id, { id, messages: new Map(), typing: new Map(), pinned: [] });
  return store.chats.get(id);
}

/** A topic's key within its chat; messages of no topic have 0. */
export const threadOf = (message) => (message.is_topic_message && message.message_thread_id) || 0;

/** Whether the event changes who is where, so that the cast has to be asked for again. */
export function take(event) {
  const chat = event.chat_id === undefined ? null : chatOf(event.chat_id);
  switch (event.kind) {
    case "message":
      chat.messages.set(event.message.message_id, event.message);
      if (event.message.from.is_bot) chat.typing.delete(threadOf(event.message));
      return ["new_chat_members", "left_chat_member", "migrate_to_chat_id", "forum_topic_created", "forum_topic_edited",
        "forum_topic_closed", "forum_topic_reopened", "general_forum_topic_hidden", "general_forum_topic_unhidden", "new_chat_title"].some((key) => key in event.message);
    case "edited":
      chat.messages.set(event.message.message_id, event.message);
      return false;
    case "deleted":
      chat.messages.delete(event.message_id);
      return false;
    case "action":
      chat.typing.set(event.thread_id || 0, event.at * 1000 + TYPING_MS);
      return false;
    case "pinned":
      chat.pinned.push(event.message_id);
      return false;
    case "unpinned":
      chat.pinned = chat.pinned.filter((one) => one !== event.message_id);
      return false;
    case "answered":
      store.answers.set(event.query_id, event);
      return false;
    default:
      return ["topic_deleted", "membership", "commands", "description"].includes(event.kind);
  }
}

export const isTyping = (chat, thread) => (chat.typing.get(thread || 0) || 0) > Date.now();

export const messagesOf = (id, thread, forum) =>
  [...chatOf(id).messages.values()].filter((one) => !forum || threadOf(one) === (thread || 0));

/** The message pinned last of those shown. */
export function pinnedOf(id, thread, forum) {
  const there = new Map(messagesOf(id, thread, forum).map((one) => [one.message_id, one]));
  return chatOf(id).pinned.map((one) => there.get(one)).filter(Boolean).at(-1);
}

/** Messages with those of an album together. */
export function gathered(messages) {
  const found = [];
  for (const one of messages) {
    const before = found.at(-1);
    if (one.media_group_id && before?.[0].media_group_id === one.media_group_id) before.push(one);
    else found.push([one]);
  }
  return found;
}

// What each person has read: the newest message of each chat and topic they looked at, kept for this tab.

const key = (person, chat, thread) => `${store.life}/${person}/${chat}/${thread || 0}`;

export function markRead(person, chat, thread, forum) {
  const newest = messagesOf(chat, thread, forum).at(-1);
  if (newest) sessionStorage.setItem(key(person, chat, thread), newest.message_id);
}

export function unread(person, chat, thread, forum) {
  const read = Number(sessionStorage.getItem(key(person, chat, thread)) || 0);
  return messagesOf(chat, thread, forum).filter((one) => one.message_id > read && one.from.id !== person && !isService(one)).length;
}

const SPOKEN = ["text", "photo", "document", "voice", "sticker", "location", "animation", "video", "audio"];

export const isService = (message) => !SPOKEN.some((kind) => kind in message);
