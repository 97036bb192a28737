// Talking to the simulator.

export const FILE_LIMIT = 50 * 1024 * 1024;

async function answer(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.error || response.statusText);
  return body;
}

export const cast = async () => answer(await fetch("/page/cast"));

export const act = async (person, wanted) =>
  answer(await fetch(`/control/people/${person}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(wanted) }));

export const changeGroup = async (group, wanted) =>
  answer(await fetch(`/control/groups/${group}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(wanted) }));

export async function keyboardOf(person, chat) {
  return (await answer(await fetch(`/control/people/${person}?chat=${chat}`))).keyboard;
}

export const fileAddress = (id, save = false) => `/page/file/${encodeURIComponent(id)}${save ? "?save" : ""}`;

const KINDS = ["message", "edited", "deleted", "topic_deleted", "membership", "commands", "action", "answered", "pinned", "unpinned", "description"];

/** Everything that ever happened, then what happens: the browser asks again from where it was when the line breaks. */
export function listen(onEvent, onLine) {
  const source = new EventSource("/control/events?after=0");
  for (const kind of KINDS) source.addEventListener(kind, (event) => onEvent(JSON.parse(event.data)));
  source.addEventListener("open", () => onLine(true));
  source.addEventListener("error", (event) => { if (!event.data) onLine(false); });
}

export function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
