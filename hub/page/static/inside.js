// What the hub is made of: its settings, and its models with their licences.

import { fill, h, table } from "./dom.js";
import { bytes, Problem, show, tell, word } from "./talk.js";
import * as connections from "./connections.js";
import * as settings from "./settings.js";

let parts = {};
let isLoaded = false;

export function make(section, told) {
  parts = {
    models: h("div", {}),
    problem: h("p", { class: "problem", role: "alert" }),
  };
  section.append(
    h("h1", { id: "inside-title" }, word("tab_inside")),
    parts.problem,
    connections.card(settings.load),
    settings.card(connections.load),
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
  isLoaded = true; // and what is typed meanwhile stays
  try {
    const [models] = await Promise.all([show("models"), settings.load(), connections.load()]);
    parts.problem.textContent = models.problem;
    shelf(models);
  } catch (error) {
    isLoaded = false;
    if (!(error instanceof Problem)) throw error;
    parts.problem.textContent = error.message;
  }
}

/** At the second click: the hub starts anew with the models of the list before this one. */
function goBack({ previous }) {
  const ask = word("models_back_do", { previous });
  const sure = word("models_back_sure");
  const said = h("span", { role: "status" });
  const button = h("button", { type: "button", class: "small" }, ask);
  button.addEventListener("click", async () => {
    if (button.textContent === ask) {
      button.textContent = sure;
      setTimeout(() => (button.textContent = ask), 5000);
      return;
    }
    try {
      await tell("models-back");
      said.textContent = word("restarting");
      isLoaded = false;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      said.textContent = error.message;
    }
  });
  return h("div", { class: "tools" }, button, said);
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
    ...(told.previous === null
      ? []
      : [
          h("p", { class: "quiet" }, word("models_back", { previous: told.previous })),
          told.may_go_back
            ? goBack(told)
            : h("pre", { tabindex: "0", "aria-label": word("models") }, "inglenook models rollback"),
        ]),
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
