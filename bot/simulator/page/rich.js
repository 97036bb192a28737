// Formatted text as elements. Message text only ever becomes text nodes, never markup.

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};

/** The address, if it is one a browser may follow; else null. */
export function safeAddress(text) {
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`;
  try {
    const url = new URL(whole);
    return ["http:", "https:", "mailto:", "tel:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

function link(address) {
  const safe = safeAddress(address);
  if (!safe) return document.createElement("span");
  const made = document.createElement("a");
  Object.assign(made, { href: safe, target: "_blank", rel: "noopener noreferrer" });
  return made;
}

function button(name, onPress) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = name;
  made.addEventListener("click", () => onPress(made));
  return made;
}

function wrapper(entity, stretch, onCommand) {
  switch (entity.type) {
    case "url": return link(stretch);
    case "text_link": return link(entity.url);
    case "email": return link(`mailto:${stretch}`);
    case "phone_number": return link(`tel:${stretch}`);
    case "bot_command": return button("inline-link", () => onCommand(stretch));
    case "spoiler": return button("spoiler", (made) => made.classList.add("open"));
    default: return document.createElement(TAGS[entity.type] || "span");
  }
}

/** Text and entities (in UTF-16 units, as JavaScript counts) as nodes; longer entities go around shorter ones. */
export function rich(text, entities, onCommand) {
  const sorted = [...(entities || [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const build = (from, to, inside) => {
    const made = document.createDocumentFragment();
    let at = from;
    while (inside.length) {
      const entity = inside.shift();
      const start = Math.max(entity.offset, at);
      const end = Math.min(entity.offset + entity.length, to);
      if (start >= end) continue;
      made.append(text.slice(at, start));
      const within = [];
      while (inside.length && inside[0].offset < end) within.push(inside.shift());
      const around = wrapper(entity, text.slice(start, end), onCommand);
      around.append(build(start, end, within));
      made.append(around);
      at = end;
    }
    made.append(text.slice(at, to));
    return made;
  };
  return build(0, text.length, sorted);
}
