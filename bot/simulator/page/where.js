// Who one is and where one looks, and what that person could look at.

import { messagesOf, store, unread } from "/page/store.js";
import { t } from "/page/words.js";

export const open = { person: 0, chat: 0, thread: 0 };

export const me = () => store.people.find((one) => one.id === open.person);
export const groupOf = (id) => me()?.groups.find((one) => one.id === id);
export const group = () => groupOf(open.chat);
export const isForum = () => Boolean(group()?.is_forum);

/** The topic that is open, General included; null outside of forums. */
export function topicOf(chat, thread) {
  if (!chat?.is_forum) return null;
  return thread ? chat.topics.find((one) => one.id === thread) || null : { ...chat.general, general: true };
}

export const topic = () => topicOf(group(), open.thread);

export const topicName = (one) => (one.general && one.name === "General" ? t("general") : one.name);

/** The address of what is done here, for the control interface. */
export const here = () => (group() ? { chat: open.chat, ...(open.thread ? { thread: open.thread } : {}) } : {});

export const shownMessages = () => messagesOf(open.chat, open.thread, isForum());

export function places(person) {
  const found = [{ chat: person.id, thread: 0, forum: false }];
  for (const one of person.groups) {
    found.push({ chat: one.id, thread: 0, forum: Boolean(one.is_forum) });
    for (const topic of one.topics) found.push({ chat: one.id, thread: topic.id, forum: true });
  }
  return found;
}

export const unreadOf = (person) => places(person).reduce((sum, one) => sum + unread(person.id, one.chat, one.thread, one.forum), 0);

/** Whether the person may write here: not after blocking the bot, nor in a closed topic of somebody else's forum. */
export const mayWrite = () => (group() ? !topic()?.closed || group().creator === open.person : !me().blocked);
