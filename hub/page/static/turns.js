// The last turns: what was understood, what was done, why, and where the time went.

import { h, styled } from "./dom.js";
import { known, milliseconds, moment, number, word } from "./talk.js";

let list = null;
const open = new Set();

export function make(section) {
  list = h("ol", { class: "turns" });
  section.append(h("div", { class: "card" }, h("h2", {}, word("turns")), list));
}

export function news(told) {
  if (told.problem || !told.kept || !told.turns.length) {
    const why = told.problem || word(told.kept ? "turns_none" : "turns_off");
    list.replaceChildren(h("li", { class: "quiet" }, why));
    return;
  }
  const focused = document.activeElement?.closest?.("[data-at]")?.dataset.at;
  list.replaceChildren(...told.turns.map(row));
  if (focused) list.querySelector(`[data-at="${CSS.escape(focused)}"] summary`)?.focus({ preventScroll: true });
}

function row(turn) {
  const key = String(turn.at);
  const details = h("details", { "data-at": key, open: open.has(key) },
    h("summary", {}, headline(turn),
      h("span", { class: "meta" }, [moment(turn.at), word(`way_${turn.way}`), turn.area].filter(Boolean).join(" · "),
        turn.seconds.total > 0 && h("b", { class: "took" }, milliseconds(turn.seconds.total)))),
    inside(turn));
  details.addEventListener("toggle", () => (details.open ? open.add(key) : open.delete(key)));
  return h("li", {}, details);
}

function headline(turn) {
  if (!turn.wishes.length) {
    return h("span", { class: "said refused" }, word(`reason_${turn.reason ?? "not_understood"}`));
  }
  return h("span", { class: "said" }, turn.words ? `“${turn.words}”` : turn.wishes.map(wish).join(", "));
}

/** What came of a sentence that was just typed. */
export function answered(turn) {
  return h("div", { class: turn.wishes.length ? "result" : "result refused" },
    turn.reply && h("p", { class: "reply" }, turn.reply), inside(turn, false));
}

function inside(turn, withReply = true) {
  return h("div", { class: "inside" },
    turn.why && h("p", { class: "why" }, turn.why),
    withReply && turn.reply && !turn.why.includes(turn.reply) && h("p", { class: "reply" }, turn.reply),
    turn.wishes.length > 0 && h("ul", { class: "wishes", "aria-label": word("wishes") }, turn.wishes.map((each) =>
      h("li", {}, h("code", {}, each.intent), Object.entries(each.slots).map(([name, value]) =>
        h("span", { class: "slot" }, h("i", {}, name), ` ${value}`))))),
    turn.actions.length > 0 && h("ul", { class: "actions", "aria-label": word("actions") }, turn.actions.map(action)),
    turn.nearest.length > 0 && nearest(turn.nearest),
    turn.wake && h("p", { class: "quiet" }, word("wake", { word: turn.wake.word, sure: number(turn.wake.score * 100) })),
    turn.wishes.length > 0 && turn.confidence > 0 && h("p", { class: "quiet" }, word("sure", { sure: number(turn.confidence * 100) })),
    turn.seconds.total > 0 && waterfall(turn.seconds));
}

const wish = (each) => [each.intent, each.slots.name ?? each.slots.area].filter(Boolean).join(" ");

function action(each) {
  const text = known(`result_${each.result}`) ? word(`result_${each.result}`) : each.result;
  return h("li", { class: `action ${each.result}` }, h("b", {}, text), each.targets.length ? ` ${each.targets.join(", ")}` : "");
}

function nearest(found) {
  return h("div", {}, h("p", { class: "quiet" }, word("nearest")),
    h("ul", { class: "nearest" }, found.map((each) => h("li", {}, `“${each.sentence}”`,
      each.score !== null && h("span", { class: "quiet" }, ` ${number(each.score * 100)} %`)))));
}

/** From the last sound of speech to the intent, step after step. */
function waterfall(seconds) {
  const steps = ["vad", "asr", "intent"].map((name) => [name, seconds[name]]);
  const all = Math.max(seconds.total, steps.reduce((sum, [, took]) => sum + took, 0));
  let begin = 0;
  const rows = steps.map(([name, took]) => {
    const bar = styled(h("span", { class: `bar ${name}` }), {
      left: `${(begin / all) * 100}%`, width: `${Math.max(0.6, (took / all) * 100)}%`,
    });
    begin += took;
    return [h("dt", {}, word(`step_${name}`)), h("dd", {}, h("span", { class: "lane" }, bar), h("span", { class: "ms" }, milliseconds(took)))];
  });
  return h("div", { class: "waterfall" },
    h("p", { class: "quiet" }, word("took", { total: milliseconds(seconds.total) })),
    h("dl", {}, rows),
    seconds.wake > 0 && h("p", { class: "quiet" }, word("wake_took", { took: milliseconds(seconds.wake) })));
}
