// Everything that goes to the hub and comes from it, and the words in which it is told.

let words = {};
let token = "";
export let language = "en";

/** A word of the page with its values; the key itself where there is none. */
export function word(key, values = {}) {
  const text = words[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

export const known = (key) => key in words;

/** What the hub says of itself before anybody signed in. */
export async function hello() {
  const reading = words.skip ? null : fetch("words.json");
  const told = await (await reached("api/hello")).json();
  token = told.token;
  if (reading) words = await (await reading).json();
  language = words.language;
  return told;
}

export class Problem extends Error {}

async function answered(response) {
  let told;
  try {
    told = await response.json();
  } catch {
    throw new Problem(word("no_answer"));
  }
  if (response.ok) return told;
  if (response.status === 401) document.dispatchEvent(new Event("signed-out"));
  throw new Problem(known(told.problem) ? word(told.problem) : told.problem);
}

async function reached(path, options) {
  try {
    return await fetch(path, options);
  } catch {
    throw new Problem(word("no_answer"));
  }
}

export const show = async (name) => answered(await reached(`api/${name}`));

export async function tell(name, body = {}) {
  const send = () =>
    reached(`api/${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Inglenook-Token": token },
      body: JSON.stringify(body),
    });
  let response = await send();
  if (response.status === 403) {
    // A hub that was started anew has another token.
    const before = token;
    await hello();
    if (token !== before) response = await send();
  }
  return answered(response);
}

/** News while somebody looks: the stream ends when the page is hidden, and begins again. */
export function follow(handlers, onStanding) {
  let stream = null;
  let wasAway = false;
  const begin = () => {
    if (stream || document.hidden) return;
    stream = new EventSource("api/news");
    stream.addEventListener("open", () => {
      onStanding(true);
      // A hub that was started anew has another token. Where it is away again, the stream says so.
      if (wasAway) hello().catch(() => undefined);
      wasAway = false;
    });
    stream.addEventListener("error", async () => {
      onStanding(false);
      wasAway = true;
      if (stream.readyState !== EventSource.CLOSED) return;
      end();
      try {
        if (!(await hello()).signed_in) document.dispatchEvent(new Event("signed-out"));
        else setTimeout(begin, 3000);
      } catch {
        setTimeout(begin, 3000);
      }
    });
    for (const [about, handle] of Object.entries(handlers)) {
      stream.addEventListener(about, (event) => handle(JSON.parse(event.data)));
    }
  };
  const end = () => {
    stream?.close();
    stream = null;
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? end() : begin()));
  document.addEventListener("signed-out", end);
  begin();
  return begin;
}

export function bytes(count) {
  const units = ["B", "kB", "MB", "GB"];
  let size = count;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${number(size, unit && size < 100 ? 1 : 0)} ${units[unit]}`;
}

export const number = (value, digits = 0) =>
  value.toLocaleString(language, { maximumFractionDigits: digits });

export const milliseconds = (seconds) =>
  seconds >= 1 ? `${number(seconds, 2)} s` : `${number(seconds * 1000)} ms`;

export function moment(at) {
  const date = new Date(at * 1000);
  const isToday = date.toDateString() === new Date().toDateString();
  const time = date.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });
  return isToday ? time : `${date.toLocaleDateString(language, { weekday: "short" })} ${time}`;
}
