// The settings file: saved after a yes to what that lets out, undone, put into use.

import { fill, h } from "./dom.js";
import { known, Problem, show, tell, word } from "./talk.js";

export const read = () => show("settings");

const button = (text, onClick, kind = "") =>
  h("button", { type: "button", class: kind, on: { click: onClick } }, word(text));

/** What the hub answers; where it lets something out, after a yes in `box`. */
export async function save(name, body, box) {
  const told = await tell(name, body);
  if (told.saved || !told.lets_out.length || !(await agreed(told.lets_out, box))) return told;
  return tell(name, { ...body, sure: true });
}

function agreed(letsOut, box) {
  return new Promise((settle) => {
    const answer = (yes) => {
      fill(box);
      settle(yes);
    };
    const no = button("let_out_no", () => answer(false), "no");
    fill(
      box,
      h(
        "div",
        { class: "warning", role: "alertdialog", "aria-label": word("let_out") },
        h("p", {}, h("b", {}, word("let_out"))),
        h(
          "ul",
          {},
          letsOut.map((each) => h("li", {}, word(`lets_${each}`))),
        ),
        h("div", { class: "tools" }, button("let_out_yes", () => answer(true)), no),
      ),
    );
    no.focus();
  });
}

/** What waits for a new start, and the way back. `again`: called when the file was changed. */
export function standing(settings, again) {
  const problem = h("p", { class: "problem", role: "alert" });
  const said = h("p", { role: "status" });
  const attempt = (work) => async () => {
    problem.textContent = "";
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      problem.textContent = error.message;
    }
  };
  const undo = attempt(async () => {
    await tell("undo", { mark: settings.mark });
    await again();
  });
  const restart = attempt(async () => {
    await tell("restart");
    said.textContent = word("restarting");
    setTimeout(() => back(again), 4000);
  });
  const { waiting } = settings;
  const moves = waiting.some((key) => ["page.port", "page.listen", "page"].includes(key));
  if (!waiting.length && !settings.can_undo) return h("div", { hidden: true });
  return h(
    "div",
    { class: "standing" },
    waiting.length > 0 &&
      h("p", {}, word("waiting_start"), " ", h("code", {}, waiting.slice(0, 8).join(", "))),
    moves && h("p", { class: "quiet" }, word("page_moves")),
    said,
    problem,
    h(
      "div",
      { class: "tools" },
      waiting.length > 0 && button("restart", restart, "main"),
      settings.can_undo && button("undo_save", undo),
    ),
  );
}

/** Lowers the sensitivity; whether that is kept in the settings, not only until the next start. */
export async function quieter(value) {
  const settings = await read();
  const key = "listen.sensitivity";
  const isFree = settings.mark && !settings.problem && !settings.fixed.includes(key);
  if (!isFree) {
    await tell("sensitivity", { value });
    return false;
  }
  return (await tell("save", { mark: settings.mark, changes: { [key]: value } })).saved;
}

/** Tries until the hub is there again, which may speak another language then. */
async function back(again) {
  try {
    await again();
    location.reload();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    setTimeout(() => back(again), 1500);
  }
}

export const mistake = (each) =>
  known(each.message) ? word(each.message) : `${each.key ? `${each.key}: ` : ""}${each.message}`;
