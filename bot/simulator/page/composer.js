// The composer: writing, attaching, editing the last message, and the bot's menu.

import { action, make } from "/page/make.js";
import { t } from "/page/words.js";
import { FILE_LIMIT, base64 } from "/page/wire.js";

const $ = (id) => document.getElementById(id);
const PICTURES = ["image/png", "image/jpeg", "image/gif"];
const ALBUM = 10;

function batches(files) {
  const made = [];
  for (let at = 0; at < files.length; at += ALBUM) made.push(files.slice(at, at + ALBUM));
  return made;
}

/** `page` has person, say, attempt, here, toast, menu and own (the person's messages in the open chat). */
export function composer(page) {
  const text = $("text");
  let files = [];
  let editing = null;

  function show() {
    const pictures = files.some((file) => PICTURES.includes(file.type));
    $("doing").hidden = !files.length && !editing;
    $("as-file").hidden = !pictures;
    $("doing-text").textContent = editing ? t("editing") : files.length === 1 ? files[0].name : t("files", { count: files.length });
    $("send").disabled = !files.length && !text.value.trim();
    $("commands").hidden = page.menu().length === 0;
    text.style.height = "auto";
    text.style.height = `${Math.min(text.scrollHeight, 140)}px`;
  }

  function reset() {
    files = [];
    editing = null;
    text.value = "";
    $("as-file").firstElementChild.checked = false;
    menu(false);
    show();
  }

  function add(more) {
    const fitting = [...more].filter((file) => file.size <= FILE_LIMIT);
    if (fitting.length < more.length) page.toast(t("tooBig"));
    files = [...files, ...fitting];
    editing = null;
    show();
    text.focus();
  }

  async function sendFiles(chosen, caption, asFile, where, person) {
    const isPhoto = (file) => PICTURES.includes(file.type) && !asFile;
    let words = caption; // goes with the first
    for (const batch of [...batches(chosen.filter(isPhoto)), ...batches(chosen.filter((file) => !isPhoto(file)))]) {
      const wanted = await (isPhoto(batch[0]) ? photos(batch) : documents(batch));
      await page.attempt({ ...wanted, caption: words, ...where }, person); // others may be looked at meanwhile
      words = "";
    }
  }

  async function photos(batch) {
    const pictures = await Promise.all(batch.map(base64));
    return pictures.length > 1 ? { do: "album", pictures } : { do: "photo", content: pictures[0] };
  }

  async function documents(batch) {
    const files = await Promise.all(batch.map(async (file) => ({ content: await base64(file), name: file.name, mime: file.type || "application/octet-stream" })));
    return files.length > 1 ? { do: "documents", documents: files } : { do: "document", ...files[0] };
  }

  async function send() {
    const words = text.value.trim();
    const [chosen, edited, asFile] = [files, editing, $("as-file").firstElementChild.checked];
    if (!words && !chosen.length) return;
    const [where, person] = [page.here(), page.person()];
    reset();
    if (edited) await page.attempt({ do: "edit", message_id: edited.message_id, text: words, ...(where.chat ? { chat: where.chat } : {}) });
    else if (chosen.length) await sendFiles(chosen, words, asFile, where, person);
    else await page.say(words);
  }

  function edit(message) {
    editing = message;
    files = [];
    text.value = message.text;
    show();
    text.focus();
  }

  function editLast() {
    const last = page.own().filter((one) => "text" in one).at(-1);
    if (last) edit(last);
  }

  function menu(visible) {
    $("menu").hidden = !visible;
    $("commands").setAttribute("aria-expanded", String(visible));
    if (!visible) return;
    $("menu").replaceChildren(...page.menu().map((one) => {
      const made = action("command", "", () => { menu(false); page.say(`/${one.command}`); text.focus(); });
      made.replaceChildren(make("b", "", `/${one.command}`), make("span", "", one.description));
      return make("li", "", made);
    }));
    $("menu").querySelector("button")?.focus();
  }

  $("composer").addEventListener("submit", (event) => { event.preventDefault(); send(); });
  text.addEventListener("input", show);
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
      event.preventDefault();
      send();
    } else if (event.key === "ArrowUp" && !text.value && !files.length) {
      event.preventDefault();
      editLast();
    }
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || document.querySelector("dialog[open]")) return; // a dialog closes by itself
    if (!$("menu").hidden) menu(false);
    else if (files.length || editing) reset();
    text.focus();
  });
  text.addEventListener("paste", (event) => {
    if (event.clipboardData.files.length) {
      event.preventDefault();
      add(event.clipboardData.files);
    }
  });
  $("undo").addEventListener("click", () => { reset(); text.focus(); });
  $("commands").addEventListener("click", () => menu($("menu").hidden));
  for (const [button, input] of [["attach", "files"], ["snap", "camera"]]) {
    $(button).addEventListener("click", () => $(input).click());
    $(input).addEventListener("change", () => { add([...$(input).files]); $(input).value = ""; });
  }

  let over = 0; // how deep the pointer is within the elements dragged over
  const dragging = (event) => event.dataTransfer?.types.includes("Files");
  $("chat").addEventListener("dragenter", (event) => { if (dragging(event)) { event.preventDefault(); over += 1; $("drop").hidden = false; } });
  $("chat").addEventListener("dragover", (event) => { if (dragging(event)) event.preventDefault(); });
  $("chat").addEventListener("dragleave", (event) => { if (dragging(event)) { over -= 1; $("drop").hidden = over <= 0; } });
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    over = 0;
    $("drop").hidden = true;
    if (event.dataTransfer.files.length) add([...event.dataTransfer.files]);
  });
  return { edit, reset, show };
}
