// What messages carry besides words: pictures, albums, files, voice, places; and a picture in full size.

import { t } from "/page/words.js";
import { make, sizeOf } from "/page/make.js";
import { fileAddress } from "/page/wire.js";

const $ = (id) => document.getElementById(id);
const ICONS = {
  voice: "M12 4a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V7a3 3 0 0 1 3-3zM6 11a6 6 0 0 0 12 0M12 17v3",
  location: "M12 21s7-6.500 7-11.500a7 7 0 0 0-14 0C5 14.500 12 21 12 21zM12 12a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z",
};

function icon(name) {
  const drawn = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  drawn.setAttribute("viewBox", "0 0 24 24");
  drawn.setAttribute("aria-hidden", "true");
  line.setAttribute("d", ICONS[name]);
  drawn.append(line);
  return drawn;
}

/** A picture as a button that opens it in full size. */
function picture(message) {
  const largest = message.photo.at(-1);
  const shown = make("img", "photo");
  Object.assign(shown, { src: fileAddress(largest.file_id), alt: message.caption || t("photo"), width: largest.width, height: largest.height });
  const around = make("button", "photo-open", shown);
  around.type = "button";
  around.setAttribute("aria-label", t("enlarge", { name: message.caption || t("photo") }));
  around.addEventListener("click", () => enlarge(largest, message.caption || ""));
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

/** The elements of what one message carries, or of an album. */
export function attached(together) {
  const [message] = together;
  if (message.photo && together.length > 1) return [make("div", together.length % 2 ? "album odd" : "album", ...together.map(picture))];
  if (message.photo) return [picture(message)];
  if (message.document) return together.map((one) => card(one.document));
  if (message.sticker) return [make("span", "sticker", message.sticker.emoji || "🙂")];
  if (message.voice) return [make("p", "with-icon", icon("voice"), `${t("voice")} · ${message.voice.duration} s`)];
  if (message.location) return [make("p", "with-icon", icon("location"), `${message.location.latitude}, ${message.location.longitude}`)];
  return [];
}

/** Let a bubble be as wide as its picture is shown, so that the words below keep to it. */
export function fit(bubble, together) {
  if (!together[0].photo) return;
  const { width, height } = together[0].photo.at(-1);
  bubble.classList.add(together.length > 1 ? "of-album" : "of-photo");
  bubble.style.setProperty("--width", `${width}px`);
  bubble.style.setProperty("--ratio", String(width / height));
}

function enlarge(file, words) {
  const shown = $("viewer-photo");
  Object.assign(shown, { src: fileAddress(file.file_id), alt: words || t("photo"), width: file.width, height: file.height });
  $("viewer-save").href = fileAddress(file.file_id, true);
  $("viewer").classList.remove("actual");
  $("viewer").showModal();
}

$("viewer-close").addEventListener("click", () => $("viewer").close());
$("viewer-photo").addEventListener("click", () => $("viewer").classList.toggle("actual"));
$("viewer").addEventListener("click", ({ target }) => { if (target !== $("viewer-photo")) $("viewer").close(); });
$("viewer").addEventListener("close", () => $("viewer-photo").removeAttribute("src"));
