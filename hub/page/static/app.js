// The page put together: who is signed in, which part is shown, and the news for each.

import { h, icon } from "./dom.js";
import { follow, hello, language, Problem, tell, word } from "./talk.js";
import * as cameras from "./cameras.js";
import * as now from "./now.js";
import * as rooms from "./rooms.js";
import * as steps from "./steps.js";
import * as turns from "./turns.js";

// Those that are not followed are fetched when they are first looked at.
const later = (file) => {
  let section = null;
  let greeted = null;
  let part = null;
  return {
    make: (...given) => ([section, greeted] = given),
    look: async () => {
      part ??= import(file).then((found) => {
        found.make(section, greeted);
        return found;
      });
      await (await part).look();
    },
  };
};
const PARTS = { now, home: rooms, cameras, wall: later("./wall.js"), inside: later("./inside.js") };
const element = (id) => document.getElementById(id);
let resume = null;
let shown = "";

async function start() {
  const told = await hello();
  document.documentElement.lang = language;
  element("name").textContent = told.greeting.name;
  document.title = told.greeting.name;
  for (const each of document.querySelectorAll("[data-word]"))
    each.textContent = word(each.dataset.word);
  element("login").addEventListener("submit", login);
  document.addEventListener("signed-out", askWho);
  if (told.signed_in) enter(told);
  else askWho();
}

function askWho() {
  element("tabs").hidden = true;
  for (const part of Object.keys(PARTS)) element(part).hidden = true;
  element("login").hidden = false;
  element("password").focus();
}

async function login(event) {
  event.preventDefault();
  const problem = element("login-problem");
  problem.textContent = "";
  try {
    await tell("login", { password: element("password").value });
    element("password").value = "";
    enter(await hello());
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    problem.textContent = error.message;
  }
}

function enter(told) {
  element("login").hidden = true;
  if (resume === null) {
    for (const [name, part] of Object.entries(PARTS)) part.make(element(name), told);
    element("tabs").append(...Object.keys(PARTS).map(tab));
    window.addEventListener("hashchange", turnTo);
    resume = follow(
      { now: now.news, turns: turnNews, home: homeNews, cameras: cameras.news, level: now.loudness },
      stand,
    );
  } else {
    resume();
  }
  element("tabs").hidden = false;
  turnTo();
}

function turnNews(told) {
  turns.news(told);
  steps.understood(told.turns);
}

function homeNews(told) {
  rooms.news(told);
  now.waiting(told.waiting);
  now.places(told.rooms);
}

function tab(name) {
  return h(
    "a",
    { href: `#/${name}`, id: `tab-${name}` },
    icon(name),
    h("span", {}, word(`tab_${name}`)),
  );
}

function turnTo() {
  const wanted = location.hash.slice(2);
  const before = shown;
  shown = wanted in PARTS ? wanted : "now";
  for (const name of Object.keys(PARTS)) {
    element(name).hidden = name !== shown;
    if (name === shown) element(`tab-${name}`).setAttribute("aria-current", "page");
    else element(`tab-${name}`).removeAttribute("aria-current");
  }
  if (before && before !== shown) {
    window.scrollTo(0, 0);
    element("main").focus({ preventScroll: true });
  }
  PARTS[shown].look?.();
}

function stand(isThere) {
  element("line").textContent = isThere ? "" : word("away");
  document.documentElement.classList.toggle("away", !isThere);
}

// A part that is asked for, not followed, is asked again while it is looked at.
setInterval(() => {
  if (resume !== null && shown && !document.hidden) PARTS[shown].look?.();
}, 10000);

start();
