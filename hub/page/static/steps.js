// The first steps with a new hub: shown while its home is the demo.

import { fill, h } from "./dom.js";
import { Problem, tell, word } from "./talk.js";

const LOUD = 2;
const done = new Set();
let card = null;
let said = null;
let mayConnect = false;
let drawn = "";
let last = { demo: false, hears: false, wake_words: [] };

/** `has_password`: without one the page may not connect the hub with others. */
export function make({ has_password }) {
  mayConnect = has_password;
  card = h("div", { class: "card", hidden: true });
  said = h("p", { class: "quiet", role: "status" });
  return card;
}

/** `told`: the hub's state. */
export function news(told) {
  last = told;
  draw();
}

function draw() {
  const { demo, hears, assist, wake_words, plays, muted } = last;
  const isDeaf = !hears || assist === "deaf";
  card.hidden = !demo;
  // What is the same stays, and with it what the keyboard has reached.
  const now = JSON.stringify([demo, isDeaf, wake_words, plays, muted, [...done]]);
  if (!demo || now === drawn) return;
  drawn = now;
  const name = spoken(wake_words[0] ?? "");
  const steps = [
    ["heard", word(isDeaf ? "step_deaf" : "step_bars")],
    ["understood", word("step_say", { name })],
    ["connected", word(mayConnect ? "step_connect" : "step_connect_file")],
  ];
  fill(
    card,
    h("h2", {}, word("steps")),
    h(
      "ol",
      { class: "steps" },
      steps.map(([key, text]) =>
        h(
          "li",
          { class: done.has(key) ? "done" : "" },
          text,
          done.has(key) && h("span", { class: "unseen" }, ` ${word("step_done")}`),
        ),
      ),
    ),
    h(
      "div",
      { class: "tools" },
      mayConnect && h("a", { class: "button main", href: "#/inside" }, word("step_connect_do")),
      plays && !muted && h("button", { type: "button", on: { click: play } }, word("play")),
    ),
    said,
  );
}

export function heard(step) {
  if (step >= LOUD) check("heard");
}

export function understood(turns) {
  const ways = last.hears ? ["voice"] : ["voice", "page", "typed"];
  if (turns.some((turn) => ways.includes(turn.way) && turn.wishes.length)) check("understood");
}

/** The hub hears recordings once, instead of its microphone: every stage of a turn can be seen. */
async function play() {
  try {
    await tell("play");
    said.textContent = word("playing");
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    said.textContent = error.message;
  }
}

function check(step) {
  if (done.has(step)) return;
  done.add(step);
  draw();
}

const spoken = (name) =>
  name.replaceAll("_", " ").replace(/\b\w/g, (letter) => letter.toUpperCase());
