// The last turns: what was understood, what was done, why, and where the time went.

import { fill, h, styled } from "./dom.js";
import { known, milliseconds, moment, number, Problem, tell, word } from "./talk.js";

let list = null;
let forget = null;
const open = new Set();

export function make(section) {
  list = h("ol", { class: "turns" });
  forget = h("button", { type: "button", class: "small", hidden: true }, word("forget"));
  forget.addEventListener("click", asked);
  section.append(h("div", { class: "card" }, h("h2", {}, word("turns")), list, forget));
}

/** Deletes what is kept of the turns, at the second click. */
async function asked() {
  if (forget.textContent === word("forget")) {
    forget.textContent = word("forget_sure");
    setTimeout(() => (forget.textContent = word("forget")), 5000);
    return;
  }
  try {
    await tell("forget");
    news({ turns: [], kept: true, problem: "" });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    forget.textContent = error.message;
  }
}

export function news(told) {
  forget.hidden = !told.turns.length;
  if (told.problem || !told.kept || !told.turns.length) {
    const why = told.problem || word(told.kept ? "turns_none" : "turns_off");
    fill(list, h("li", { class: "quiet" }, why));
    return;
  }
  const focused = document.activeElement?.closest?.("[data-at]")?.dataset.at;
  fill(list, ...told.turns.map(row));
  if (focused)
    list
      .querySelector(`[data-at="${CSS.escape(focused)}"] summary`)
      ?.focus({ preventScroll: true });
}

function row(turn) {
  const key = String(turn.at);
  const details = h(
    "details",
    { "data-at": key, open: open.has(key) },
    h(
      "summary",
      {},
      headline(turn),
      h(
        "span",
        { class: "meta" },
        [moment(turn.at), word(`way_${turn.way}`), turn.area].filter(Boolean).join(" · "),
        turn.seconds.total > 0 && h("b", { class: "took" }, milliseconds(turn.seconds.total)),
      ),
    ),
    inside(turn),
  );
  details.addEventListener("toggle", () => (details.open ? open.add(key) : open.delete(key)));
  return h("li", {}, details);
}

function headline(turn) {
  if (!turn.wishes.length) {
    return h("span", { class: "said refused" }, word(`reason_${turn.reason ?? "not_understood"}`));
  }
  return h(
    "span",
    { class: "said" },
    turn.words ? `“${turn.words}”` : turn.wishes.map(wish).join(", "),
  );
}

/** What came of a sentence that was just typed. */
export function answered(turn, said) {
  return h(
    "div",
    { class: turn.wishes.length ? "result" : "result refused" },
    turn.reply && h("p", { class: "reply" }, turn.reply),
    inside(turn, false, said),
  );
}

function inside(turn, withReply = true, said = "") {
  return h(
    "div",
    { class: "inside" },
    turn.why && h("p", { class: "why" }, turn.why),
    withReply &&
      turn.reply &&
      !turn.why.includes(turn.reply) &&
      h("p", { class: "reply" }, turn.reply),
    turn.wishes.length > 0 &&
      h(
        "ul",
        { class: "wishes", "aria-label": word("wishes") },
        turn.wishes.map((each) =>
          h(
            "li",
            {},
            h("code", {}, each.intent),
            Object.entries(each.slots).map(([name, value]) =>
              h("span", { class: "slot" }, h("i", {}, name), ` ${value}`),
            ),
          ),
        ),
      ),
    turn.actions.length > 0 &&
      h("ul", { class: "actions", "aria-label": word("actions") }, turn.actions.map(action)),
    turn.nearest.length > 0 && nearest(turn, said),
    sureness(turn),
    turn.wake && falseAlarm(turn),
    turn.seconds.total > 0 && waterfall(turn.seconds),
  );
}

function sureness(turn) {
  const told = [];
  if (turn.wake)
    told.push(
      word("wake", {
        word: turn.wake.word.replaceAll("_", " "),
        sure: number(turn.wake.score * 100),
      }),
    );
  if (turn.wishes.length && turn.confidence > 0)
    told.push(word("sure", { sure: number(turn.confidence * 100) }));
  return told.length > 0 && h("p", { class: "quiet" }, told.join(" · "));
}

const wish = (each) => [each.intent, each.slots.name ?? each.slots.area].filter(Boolean).join(" ");

function action(each) {
  const text = known(`result_${each.result}`) ? word(`result_${each.result}`) : each.result;
  return h(
    "li",
    { class: `action ${each.result}` },
    h("b", {}, text),
    each.targets.length ? ` ${each.targets.join(", ")}` : "",
  );
}

/** `said`: what was typed instead, where this browser knows. */
function nearest(turn, said) {
  const came = h("div", { role: "status" });
  const meant = async (sentence) => {
    try {
      const told = await tell("meant", { sentence, said, area: turn.area });
      fill(came, answered(told.turn), told.objection, told.learned && learned(told.learned));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      fill(came, h("p", { class: "problem" }, error.message));
    }
  };
  return h(
    "div",
    {},
    h("p", { class: "quiet" }, word("nearest")),
    h(
      "ul",
      { class: "nearest" },
      turn.nearest.map((each) =>
        h(
          "li",
          { class: "tools" },
          `“${each.sentence}”`,
          each.score !== null && h("span", { class: "quiet" }, ` ${number(each.score * 100)} %`),
          h(
            "button",
            {
              type: "button",
              class: "small",
              "aria-label": `${word("meant")}: ${each.sentence}`,
              on: { click: () => meant(each.sentence) },
            },
            word("meant"),
          ),
        ),
      ),
    ),
    came,
  );
}

function learned(name) {
  const line = h("p", { class: "tools" }, word("learned", { name }));
  const unlearn = async () => {
    await tell("unlearn", { name });
    fill(line, word("unlearned", { name }));
  };
  line.append(
    h("button", { type: "button", class: "small", on: { click: unlearn } }, word("unlearn")),
  );
  return line;
}

/** It should not have woken: counted, and where it helps a lower sensitivity is offered. */
function falseAlarm(turn) {
  const came = h("div", { role: "status" });
  const button = h(
    "button",
    { type: "button", class: "small", "aria-pressed": String(turn.false_alarm) },
    word("false_alarm"),
  );
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const isFalse = button.getAttribute("aria-pressed") !== "true";
      const told = await tell("alarm", { at: turn.at, false: isFalse });
      button.setAttribute("aria-pressed", String(isFalse));
      fill(came, isFalse && offered(told, came));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      fill(came, h("p", { class: "problem" }, error.message));
    } finally {
      button.disabled = false;
    }
  });
  return h("div", { class: "tools" }, button, came);
}

function offered(told, came) {
  const counted = h("p", {}, word("false_alarms", { count: number(told.count) }));
  if (told.proposed === null) return [counted, h("p", { class: "quiet" }, word("no_lower"))];
  const values = { now: number(told.sensitivity, 2), to: number(told.proposed, 2) };
  const lower = async () => {
    const { quieter } = await import("./saving.js");
    try {
      const isKept = await quieter(told.proposed);
      fill(came, h("p", {}, word(isKept ? "lowered" : "lowered_until", values)));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      fill(came, h("p", { class: "problem" }, error.message));
    }
  };
  return [
    counted,
    h("p", { class: "quiet" }, word("lower_about", values)),
    h("button", { type: "button", on: { click: lower } }, word("lower", values)),
  ];
}

/** From the last sound of speech to the wish. What is heard is written down while silence is still
 * waited for: so the steps end where the wish is known, and may lie beside the waiting. */
function waterfall(seconds) {
  const end = seconds.total;
  const all = Math.max(end, seconds.vad);
  const written = end - seconds.intent;
  const steps = [
    ["vad", 0],
    ["asr", written - seconds.asr],
    ["intent", written],
  ];
  const rows = steps.map(([name, begin]) => {
    const from = Math.max(0, begin);
    const bar = styled(h("span", { class: `bar ${name}` }), {
      left: `${(from / all) * 100}%`,
      width: `${Math.max(0.8, (Math.min(seconds[name], all - from) / all) * 100)}%`,
    });
    return [
      h("dt", {}, word(`step_${name}`)),
      h(
        "dd",
        {},
        h("span", { class: "lane" }, bar),
        h("span", { class: "ms" }, milliseconds(seconds[name])),
      ),
    ];
  });
  return h(
    "div",
    { class: "waterfall" },
    h("p", { class: "quiet" }, word("took", { total: milliseconds(end) })),
    h("dl", {}, rows),
    seconds.wake > 0 &&
      h("p", { class: "quiet" }, word("wake_took", { took: milliseconds(seconds.wake) })),
  );
}
