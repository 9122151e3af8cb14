// The first steps with a new hub: shown while its home is the demo.

import { fill, h } from "./dom.js";
import { word } from "./talk.js";

const LOUD = 2;
const done = new Set();
let card = null;
let last = { demo: false, hears: false, wake_words: [] };

export function make() {
  card = h("div", { class: "card", hidden: true });
  return card;
}

/** `told`: the hub's state. */
export function news(told) {
  last = told;
  draw();
}

function draw() {
  const { demo, hears, wake_words } = last;
  card.hidden = !demo;
  if (!demo) return;
  const name = spoken(wake_words[0] ?? "");
  const steps = [
    ["heard", word(hears ? "step_bars" : "step_deaf")],
    ["understood", word("step_say", { name })],
    ["connected", word("step_connect")],
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
    h("a", { class: "button main", href: "#/inside" }, word("step_connect_do")),
  );
}

export function heard(step) {
  if (step >= LOUD) check("heard");
}

export function understood(turns) {
  if (turns.some((turn) => turn.way === "voice" && turn.wishes.length)) check("understood");
}

function check(step) {
  if (done.has(step)) return;
  done.add(step);
  draw();
}

const spoken = (name) =>
  name.replaceAll("_", " ").replace(/\b\w/g, (letter) => letter.toUpperCase());
