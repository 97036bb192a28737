// The page's own words in both languages. What people and the bot write is shown as they wrote it.

const WORDS = {
  zh: {
    title: "贷款顾问 · 演示", people: "以谁的身份", chatsOf: "{name}的聊天", back: "返回聊天列表", messages: "消息", start: "开始",
    keyboard: "快捷回复", commands: "命令菜单", attach: "添加文件", snap: "拍照", write: "输入消息", send: "发送", cancel: "取消",
    asFile: "作为文件发送（不压缩）", drop: "松开鼠标，添加文件", offline: "连接断了，正在重连……", edited: "已编辑", typing: "正在输入……",
    bot: "机器人", members: "{count} 位成员", general: "综合", closed: "已关闭", unread: "有未读消息", save: "下载 {name}", photo: "照片",
    document: "文件", voice: "语音", sticker: "贴纸", location: "位置", files: "{count} 个文件", editing: "正在修改消息",
    empty: "还没有消息", joined: "{name} 加入了群", left: "{name} 离开了群", topicMade: "新话题：{name}", topicClosed: "话题已关闭",
    topicOpened: "话题已重新打开", topicChanged: "话题改名为 {name}", pinned: "置顶了一条消息", service: "群信息有变化",
    tooBig: "文件超过 50 MB，发不了。", failed: "没有成功：{why}", you: "我", today: "今天",
    owner: "店主", bank: "银行", policy: "政策部门", more: "更多", edit: "编辑", enlarge: "放大：{name}", savePhoto: "保存图片", close: "关闭", done: "好", unblock: "解除屏蔽", block: "屏蔽机器人",
    sendSticker: "发一个贴纸", sendVoice: "发一条语音", sendLocation: "发送位置", newTopic: "新建话题", renameTopic: "修改话题名称",
    closeTopic: "关闭话题", reopenTopic: "重新打开话题", deleteTopic: "删除话题", hideGeneral: "隐藏这个话题", showGeneral: "显示这个话题",
    generalHidden: "“综合”话题已隐藏", generalShown: "“综合”话题已显示", moved: "群已升级为超级群", pinnedOne: "置顶消息", and: "、",
    other: "EN", otherLabel: "Switch to English", replyTo: "回复",
  },
  en: {
    title: "Loan advisor · demo", people: "Be this person", chatsOf: "{name}’s chats", back: "Back to the chats", messages: "Messages",
    start: "Start", keyboard: "Quick replies", commands: "Commands", attach: "Attach files", snap: "Take a photo", write: "Message",
    send: "Send", cancel: "Cancel", asFile: "Send as a file, uncompressed", drop: "Drop to attach", offline: "Connection lost, trying again…",
    edited: "edited", typing: "typing…", bot: "bot", members: "{count} members", general: "General", closed: "closed",
    unread: "unread messages", save: "Download {name}", photo: "Photo", document: "File", voice: "Voice message", sticker: "Sticker",
    location: "Location", files: "{count} files", editing: "Editing a message", empty: "No messages yet", joined: "{name} joined",
    left: "{name} left", topicMade: "New topic: {name}", topicClosed: "Topic closed", topicOpened: "Topic opened again",
    topicChanged: "Topic renamed to {name}", pinned: "A message was pinned", service: "The group has changed",
    tooBig: "This file is larger than 50 MB.", failed: "That did not work: {why}", you: "You", today: "Today",
    owner: "owner", bank: "bank", policy: "policy office", more: "More", edit: "Edit", enlarge: "Enlarge: {name}", savePhoto: "Save the picture", close: "Close", done: "OK", unblock: "Unblock",
    block: "Block the bot", sendSticker: "Send a sticker", sendVoice: "Send a voice message", sendLocation: "Send a location",
    newTopic: "New topic", renameTopic: "Rename the topic", closeTopic: "Close the topic", reopenTopic: "Reopen the topic",
    deleteTopic: "Delete the topic", hideGeneral: "Hide this topic", showGeneral: "Show this topic", generalHidden: "General is hidden now",
    generalShown: "General is shown again", moved: "The group became a supergroup", pinnedOne: "Pinned message", and: ", ",
    other: "中文", otherLabel: "切换到中文", replyTo: "In reply to",
  },
};

let language = localStorage.getItem("language") || (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en");

export function t(key, values = {}) {
  return WORDS[language][key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

export function locale() {
  return language === "zh" ? "zh-CN" : "en-GB";
}

export function switchLanguage() {
  language = language === "zh" ? "en" : "zh";
  localStorage.setItem("language", language);
}

/** Put the words where the document asks for them: data-text, data-label (for the ear) and data-hint. */
export function fillIn(root) {
  document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
  document.title = t("title");
  for (const one of root.querySelectorAll("[data-text]")) one.textContent = t(one.dataset.text);
  for (const one of root.querySelectorAll("[data-label]")) {
    one.setAttribute("aria-label", t(one.dataset.label));
    if (one.tagName === "BUTTON") one.title = t(one.dataset.label);
  }
  for (const one of root.querySelectorAll("[data-hint]")) one.placeholder = t(one.dataset.hint);
}
