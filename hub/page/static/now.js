// How the hub is at this moment, the switch that mutes it, and a line to type to it.

import { fill, h, icon, styled } from "./dom.js";
import { moment, Problem, tell, word } from "./talk.js";
import * as steps from "./steps.js";
import * as turns from "./turns.js";

let parts = {};
let last = null;
let kept = [];

export function make(section, told) {
  parts = {
    orb: h("div", { class: "orb" }, icon("now")),
    state: h("h1", { id: "now-title", "aria-live": "polite" }),
    about: h("p", { class: "quiet" }),
    mute: h("button", {
      class: "mute",
      type: "button",
      "aria-pressed": "false",
      on: { click: flip },
    }),
    problem: h("p", { class: "problem", role: "alert" }),
    meter: meter(),
    chips: h("ul", { class: "chips", "aria-label": word("connections") }),
    waiting: h("div", { class: "waiting" }),
    rooms: h("select", { id: "area" }, h("option", { value: "" }, word("anywhere"))),
    answer: h("div", { class: "answer", "aria-live": "polite" }),
  };
  section.append(
    h(
      "div",
      { class: "card hero" },
      parts.orb,
      h("div", { class: "hero-words" }, parts.state, parts.about, parts.meter, parts.problem),
      parts.mute,
      parts.chips,
    ),
    steps.make(told),
    parts.waiting,
    asking(),
  );
  turns.make(section);
}

function asking() {
  const text = h("input", {
    id: "sentence",
    type: "text",
    autocomplete: "off",
    enterkeyhint: "send",
    maxlength: "1000",
    placeholder: word("ask_example"),
  });
  const send = h("button", { class: "main" }, word("ask_do"));
  const form = h(
    "form",
    { class: "ask" },
    h("label", { for: "sentence", class: "unseen" }, word("ask_title")),
    text,
    h("label", { for: "area", class: "unseen" }, word("ask_where")),
    parts.rooms,
    send,
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!text.value.trim()) return;
    send.disabled = true;
    try {
      const turn = await tell("ask", { text: text.value, area: parts.rooms.value || null });
      fill(parts.answer, turns.answered(turn, text.value));
      text.select();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      fill(parts.answer, h("p", { class: "problem" }, error.message));
    } finally {
      send.disabled = false;
    }
  });
  return h("div", { class: "card" }, h("h2", {}, word("ask_title")), form, parts.answer);
}

export function places(rooms) {
  const names = rooms.map((room) => room.name).filter(Boolean);
  const before = [...parts.rooms.options].slice(1).map((option) => option.value);
  if (names.join("\n") === before.join("\n")) return;
  fill(
    parts.rooms,
    parts.rooms.options[0],
    ...names.map((name) => h("option", { value: name }, name)),
  );
}

async function flip() {
  parts.problem.textContent = "";
  try {
    await tell("mute", { muted: !last.muted });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    parts.problem.textContent = error.message;
  }
}

export function news(told) {
  last = told;
  steps.news(told);
  const failed = Object.entries(told.engines).filter(([, state]) => state === "failed");
  const starts = told.assist === "deaf" && told.engines.senses === "starting";
  const unheard = !told.hears && told.assist === "idle";
  const state = starts ? "starting" : unheard ? "unheard" : told.assist;
  parts.orb.className = `orb ${state}`;
  fill(parts.orb, icon(told.muted ? "muted" : "now"));
  if (parts.state.textContent !== word(`state_${state}`))
    parts.state.textContent = word(`state_${state}`);
  parts.about.textContent =
    told.muted && told.by ? word(`muted_by_${told.by}`) : word(`about_${state}`);
  const isBound = told.muted && told.by === "machine";
  parts.mute.disabled = isBound;
  parts.mute.setAttribute("aria-pressed", String(told.muted));
  fill(parts.mute, icon(told.muted ? "now" : "muted"), word(told.muted ? "unmute" : "mute"));
  fill(
    parts.chips,
    told.level &&
      chip(
        told.level === "none" ? "bad" : "good",
        word("seal"),
        told.level === "none" ? word("seal_none") : word("level", { level: told.level }),
      ),
    connection(word("broker"), told.broker),
    told.home_assistant
      ? connection("Home Assistant", told.home_assistant)
      : chip("calm", word("a_home"), word(told.demo ? "demo_home" : "file_home")),
    ...failed.map(([name]) => chip("bad", word(`engine_${name}`), word("failed"))),
    ...(told.recording?.recording
      ? [chip("bad", word("recording"), moment(Date.parse(told.recording.until) / 1000))]
      : []),
  );
}

const BARS = 5;

function meter() {
  return h(
    "div",
    {
      class: "meter",
      role: "meter",
      "aria-label": word("loudness"),
      "aria-valuemin": 0,
      "aria-valuemax": BARS,
      hidden: true,
    },
    Array.from({ length: BARS }, () => h("span")),
  );
}

/** How loud it is at the hub's microphone; hidden where nothing is heard. */
export function loudness({ step }) {
  steps.heard(step);
  parts.meter.hidden = step === null;
  parts.meter.setAttribute("aria-valuenow", step ?? 0);
  [...parts.meter.children].forEach((bar, index) => bar.classList.toggle("on", index < step));
}

function connection(name, told) {
  const good = { connected: "good", connecting: "calm", lost: "bad", refused: "bad" }[
    told.standing
  ];
  return chip(
    good,
    name,
    told.standing === "connected" && told.detail ? told.detail : word(told.standing),
    told.detail,
  );
}

function chip(mood, name, text, title = "") {
  return h(
    "li",
    { class: `chip ${mood}`, title: title || null },
    h("span", { class: "dot" }),
    h("b", {}, name),
    ` ${text}`,
  );
}

export function waiting(told) {
  kept = told;
  fill(
    parts.waiting,
    ...(told.length
      ? [
          h(
            "div",
            { class: "card" },
            h("h2", {}, word("waiting")),
            h("ul", { class: "kept" }, told.map(entry)),
            told.some((each) => each.rings) &&
              h(
                "button",
                { class: "main", type: "button", on: { click: () => tell("stop") } },
                word("stop_ringing"),
              ),
          ),
        ]
      : []),
  );
  tick();
}

function entry(each) {
  const said = each.rings ? word("rings") : each.left !== null ? word("paused") : each.said;
  return h(
    "li",
    { class: each.rings ? "rings" : "" },
    icon("sensor"),
    h(
      "div",
      {},
      h("b", {}, each.text || word(`kind_${each.kind}`)),
      " ",
      h(
        "span",
        { class: "quiet" },
        [each.text && word(`kind_${each.kind}`), each.area].filter(Boolean).join(" · "),
      ),
    ),
    h(
      "span",
      { class: "when", "data-at": each.at, "data-left": each.left, "data-kind": each.kind },
      said,
    ),
    each.length > 0 && h("span", { class: "track" }, h("span", { class: "fill" })),
  );
}

function tick() {
  const items = parts.waiting?.querySelectorAll(".when") ?? [];
  items.forEach((item, index) => {
    const each = kept[index];
    if (each.kind !== "timer" || each.rings || (each.at === null && each.left === null)) return;
    const left = Math.max(0, each.left ?? each.at - Date.now() / 1000);
    item.textContent = clock(left) + (each.left === null ? "" : ` · ${word("paused")}`);
    const bar = item.parentElement.querySelector(".fill");
    if (bar) styled(bar, { width: `${Math.min(100, (left / each.length) * 100)}%` });
  });
}

function clock(seconds) {
  const whole = Math.ceil(seconds);
  const counted = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = counted[0] ? counted : counted.slice(1);
  return shown.map((each, index) => (index ? String(each).padStart(2, "0") : each)).join(":");
}

setInterval(() => {
  if (!document.hidden) tick();
}, 1000);
