// What the hub is made of: its models with their licences, and its settings, to be searched.

import { fill, h, table } from "./dom.js";
import { bytes, Problem, show, tell, word } from "./talk.js";

let parts = {};
let options = [];
let isLoaded = false;
let isWhole = false;

export function make(section, told) {
  const whole = h("button", { type: "button", "aria-pressed": "false" }, word("show_all"));
  whole.addEventListener("click", () => {
    isWhole = !isWhole;
    whole.setAttribute("aria-pressed", String(isWhole));
    list(search.value);
  });
  const search = h("input", {
    id: "search",
    type: "search",
    autocomplete: "off",
    placeholder: word("search"),
  });
  search.addEventListener("input", () => list(search.value));
  parts = {
    models: h("div", {}),
    options: h("ul", { class: "options" }),
    count: h("p", { class: "quiet", role: "status" }),
    problem: h("p", { class: "problem", role: "alert" }),
  };
  section.append(
    h("h1", { id: "inside-title" }, word("tab_inside")),
    parts.problem,
    h(
      "div",
      { class: "card" },
      h("h2", {}, word("settings")),
      h("p", { class: "quiet" }, word("settings_about")),
      h("label", { for: "search", class: "unseen" }, word("search")),
      search,
      h("div", { class: "tools" }, whole, parts.count),
      parts.options,
    ),
    h("div", { class: "card" }, h("h2", {}, word("models")), parts.models),
    h(
      "p",
      { class: "quiet foot" },
      `Inglenook ${told.greeting.version} · Apache-2.0 `,
      told.has_password &&
        h("button", { type: "button", class: "small", on: { click: leave } }, word("logout")),
    ),
  );
}

async function leave() {
  await tell("logout");
  document.dispatchEvent(new Event("signed-out"));
}

export async function look() {
  if (isLoaded) return;
  try {
    const [models, settings] = await Promise.all([show("models"), show("settings")]);
    isLoaded = true;
    parts.problem.textContent = models.problem;
    options = settings.options;
    list("");
    shelf(models);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    parts.problem.textContent = error.message;
  }
}

function list(wanted) {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  const found = options.filter((each) => {
    const text = `${each.key} ${each.about} ${each.value}`.toLowerCase();
    if (!words.length && !isWhole) return each.chosen;
    return words.every((one) => text.includes(one));
  });
  found.sort((one, other) => Number(other.chosen) - Number(one.chosen));
  parts.count.textContent = word("found", { count: found.length, all: options.length });
  fill(
    parts.options,
    ...found.map((each) =>
      h(
        "li",
        { class: each.chosen ? "chosen" : "" },
        h("code", {}, each.key),
        h("code", { class: "value" }, each.value),
        each.chosen && h("span", { class: "chip calm" }, word("chosen")),
        each.about && h("p", { class: "quiet" }, each.about),
      ),
    ),
  );
}

function shelf(told) {
  const here = told.models.filter((each) => each.state === "here");
  const size = here.reduce((sum, each) => sum + each.size, 0);
  const rows = [...told.models].sort(
    (one, other) => Number(other.state === "here") - Number(one.state === "here"),
  );
  fill(
    parts.models,
    h(
      "p",
      { class: "quiet" },
      word("models_about", { here: here.length, size: bytes(size), serial: told.serial }),
    ),
    table(
      word("models"),
      [word("model"), word("licence"), word("size"), word("version"), word("standing")],
      rows.map((each) => [
        each.name,
        each.licence,
        bytes(each.size),
        each.version,
        word(`model_${each.state}`),
      ]),
    ),
  );
}
