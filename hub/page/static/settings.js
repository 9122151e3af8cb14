// The settings with a search, changed in place, and saved together.

import { fill, h, toggle } from "./dom.js";
import { number, Problem, word } from "./talk.js";
import { mistake, read, save, standing } from "./saving.js";

let settings = { options: [], waiting: [], fixed: [], problem: "" };
let isWhole = false;
let mistakes = new Map();
const edits = new Map();
const parts = {};

/** `changed`: called when what was saved is undone. */
export function card(changed) {
  const whole = h("button", { type: "button", "aria-pressed": "false" }, word("show_all"));
  whole.addEventListener("click", () => {
    isWhole = !isWhole;
    whole.setAttribute("aria-pressed", String(isWhole));
    list();
  });
  const keep = h("button", { class: "main" }, word("save"));
  const drop = h("button", { type: "button" }, word("discard"));
  drop.addEventListener("click", () => {
    edits.clear();
    mistakes = new Map();
    parts.asked.querySelector(".no")?.click(); // what was asked is off as well
    list();
  });
  Object.assign(parts, {
    keep,
    changed,
    search: h("input", {
      id: "search",
      type: "search",
      autocomplete: "off",
      placeholder: word("search"),
      on: { input: list },
    }),
    about: h("p", { class: "quiet" }),
    options: h("ul", { class: "options" }),
    count: h("p", { class: "quiet", role: "status" }),
    problem: h("p", { class: "problem", role: "alert" }),
    standing: h("div", {}),
    asked: h("div", {}),
    bar: h("div", { class: "tools bar-save", hidden: true }, keep, drop),
  });
  return h(
    "form",
    { class: "card", novalidate: true, on: { submit: send } },
    h("h2", {}, word("settings")),
    parts.about,
    parts.standing,
    h("label", { for: "search", class: "unseen" }, word("search")),
    parts.search,
    h("div", { class: "tools" }, whole, parts.count),
    parts.options,
    parts.problem,
    parts.asked,
    parts.bar,
  );
}

const again = () => Promise.all([load(), parts.changed()]);

export async function load() {
  settings = await read();
  const why = settings.problem ? word("settings_closed", { why: settings.problem }) : "";
  parts.about.textContent = why || word("settings_about", { file: settings.file });
  fill(parts.standing, standing(settings, again));
  list();
}

/** What a number here can be is known; all else the hub judges. */
function seen({ key, form }) {
  const value = edits.get(key);
  if (form.kind !== "number" || value === null || value === undefined) return [];
  const fits =
    !Number.isNaN(value) &&
    value >= (form.least ?? -Infinity) &&
    value <= (form.most ?? Infinity) &&
    (!form.whole || Number.isInteger(value));
  const span = { least: number(form.least ?? 0, 3), most: number(form.most ?? Infinity, 3) };
  return fits ? [] : [{ key, message: word("from_to", span) }];
}

async function send(event) {
  event.preventDefault();
  parts.problem.textContent = "";
  mistakes = new Map(settings.options.flatMap(seen).map((each) => [each.key, each]));
  if (mistakes.size) return list();
  parts.keep.disabled = true;
  try {
    const body = { mark: settings.mark, changes: Object.fromEntries(edits) };
    const told = await save("save", body, parts.asked);
    mistakes = new Map(told.mistakes.map((each) => [each.key, each]));
    const elsewhere = told.mistakes.filter((each) => !edits.has(each.key));
    parts.problem.textContent = elsewhere.map(mistake).join(" ");
    if (told.saved) {
      edits.clear();
      await load();
    } else {
      list();
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    parts.problem.textContent = error.message;
  } finally {
    parts.keep.disabled = false;
  }
}

function list() {
  const words = parts.search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const found = settings.options.filter((each) => {
    const text = `${each.key} ${each.about} ${each.value}`.toLowerCase();
    // What is being changed, and what is wrong with it, is seen whatever is searched for.
    if (edits.has(each.key) || mistakes.has(each.key)) return true;
    if (!words.length && !isWhole) return each.chosen;
    return words.every((one) => text.includes(one));
  });
  found.sort((one, other) => Number(other.chosen) - Number(one.chosen));
  const all = settings.options.length;
  parts.count.textContent = word("found", { count: found.length, all });
  fill(parts.options, ...found.map(row));
  count();
}

function count() {
  parts.bar.hidden = !edits.size;
  parts.keep.textContent = word("save_count", { count: edits.size });
}

function row(option) {
  const isFixed = settings.fixed.includes(option.key);
  const isFree = option.form.kind !== "none" && !isFixed && settings.mark && !settings.problem;
  const wrong = mistakes.get(option.key);
  const set = (value) => {
    if (JSON.stringify(value) === option.value) edits.delete(option.key);
    else edits.set(option.key, value);
    mistakes.delete(option.key);
    count();
  };
  const back = () => {
    edits.set(option.key, null);
    list();
  };
  const isReset = edits.get(option.key) === null;
  return h(
    "li",
    { class: option.chosen ? "chosen" : "" },
    h("code", {}, option.key),
    isReset
      ? h("span", { class: "value" }, word("by_default"))
      : isFree
        ? control(option, set)
        : h("code", { class: "value" }, option.value),
    isFixed && h("span", { class: "chip calm" }, word("by_app")),
    isFree &&
      option.chosen &&
      !isReset &&
      h(
        "button",
        {
          type: "button",
          class: "small",
          "aria-label": word("to_default", { key: option.key }),
          on: { click: back },
        },
        "↺",
      ),
    wrong && h("p", { class: "problem", role: "alert" }, wrong.message),
    option.about && h("p", { class: "quiet" }, option.about),
  );
}

function control(option, set) {
  const { kind, choices, least, most, whole } = option.form;
  const now = edits.has(option.key) ? edits.get(option.key) : JSON.parse(option.value);
  if (kind === "switch") {
    const made = toggle(option.key, now, () => {
      const isOn = made.getAttribute("aria-checked") !== "true";
      made.setAttribute("aria-checked", String(isOn));
      set(isOn);
    });
    return made;
  }
  if (kind === "choice") {
    return h(
      "select",
      { "aria-label": option.key, on: { change: (event) => set(event.target.value) } },
      choices.map((each) => h("option", { value: each, selected: each === now }, each)),
    );
  }
  const isNumber = kind === "number";
  const given = (text) => {
    if (isNumber) return text === "" ? null : Number(text);
    if (kind === "text") return text.trim() || null;
    return text
      .split(",")
      .map((each) => each.trim())
      .filter(Boolean);
  };
  return h("input", {
    type: isNumber ? "number" : "text",
    "aria-label": option.key,
    autocomplete: "off",
    value: Array.isArray(now) ? now.join(", ") : (now ?? ""),
    min: least,
    max: most,
    step: isNumber && (whole ? 1 : "any"),
    on: { input: (event) => set(given(event.target.value)) },
  });
}
