// The menu of a chat: what one rarely does, and what the creator of a forum does with its topics.

import { action, make } from "/page/make.js";
import { t } from "/page/words.js";
import { changeGroup } from "/page/wire.js";

const $ = (id) => document.getElementById(id);

/** `page` has person(), group(), topic(), here(), attempt(), say(), toast(). */
export function moreMenu(page) {
  let answer = null;

  function show(visible) {
    $("more-menu").hidden = !visible;
    $("more").setAttribute("aria-expanded", String(visible));
    if (!visible) return;
    $("more-menu").replaceChildren(...entries().map(([text, act]) => make("li", "", action("entry", text, () => { show(false); act(); }))));
    $("more-menu").querySelector("button").focus();
  }

  function entries() {
    const send = (wanted) => () => page.attempt({ ...wanted, ...page.here() });
    const group = page.group();
    const found = [
      [t("sendSticker"), send({ do: "sticker" })],
      [t("sendVoice"), send({ do: "voice" })],
      [t("sendLocation"), send({ do: "location", latitude: 22.543, longitude: 114.058 })],
    ];
    if (!group) return [...found, page.person().blocked ? [t("unblock"), send({ do: "unblock" })] : [t("block"), send({ do: "block" })]];
    return group.is_forum && group.creator === page.person().id ? [...found, ...topicEntries(group, page.topic())] : found;
  }

  function topicEntries(group, topic) {
    const change = (wanted) => changeGroup(group.id, wanted).catch((error) => page.toast(t("failed", { why: error.message })));
    const here = { thread: topic.id };
    const found = [
      [t("newTopic"), () => ask(t("newTopic"), "", (name) => change({ do: "topic", name }))],
      [t("renameTopic"), () => ask(t("renameTopic"), topic.name, (name) => change({ do: "rename_topic", name, ...here }))],
      topic.closed ? [t("reopenTopic"), () => change({ do: "reopen_topic", ...here })] : [t("closeTopic"), () => change({ do: "close_topic", ...here })],
    ];
    if (!topic.general) return [...found, [t("deleteTopic"), () => change({ do: "delete_topic", ...here })]];
    return [...found, topic.hidden ? [t("showGeneral"), () => change({ do: "unhide_general" })] : [t("hideGeneral"), () => change({ do: "hide_general" })]];
  }

  function ask(title, before, onAnswer) {
    $("ask-title").textContent = title;
    $("ask-text").value = before;
    answer = onAnswer;
    $("ask").showModal();
    $("ask-text").select();
  }

  $("ask-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const name = $("ask-text").value.trim();
    if (!name) return;
    $("ask").close();
    answer(name);
  });
  $("ask-cancel").addEventListener("click", () => $("ask").close());
  $("more").addEventListener("click", () => show($("more-menu").hidden));
  addEventListener("keydown", (event) => { if (event.key === "Escape" && !$("more-menu").hidden) { show(false); $("more").focus(); event.stopImmediatePropagation(); } }, true);
  addEventListener("click", ({ target }) => { if (!target.closest("#more, #more-menu")) show(false); });
  return { close: () => show(false) };
}
