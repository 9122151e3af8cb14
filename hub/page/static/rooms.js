// The home as rooms: what stands there, and whether anybody is there.

import { fill, h, icon } from "./dom.js";
import { known, number, word } from "./talk.js";

const LIT = new Set([
  "on",
  "open",
  "opening",
  "unlocked",
  "playing",
  "heat",
  "cool",
  "heat_cool",
  "auto",
  "home",
  "cleaning",
]);
const OPENINGS = new Set(["door", "window", "opening", "garage_door"]);
let parts = {};

export function make(section) {
  parts = {
    note: h("p", { class: "quiet", role: "status" }),
    rooms: h("div", { class: "floors" }),
  };
  section.append(h("h1", { id: "home-title" }, word("tab_home")), parts.note, parts.rooms);
}

export function news(told) {
  const note = !told.known
    ? word("home_unknown")
    : told.age !== null
      ? word("home_old", { age: number(told.age) })
      : "";
  if (parts.note.textContent !== note) parts.note.textContent = note;
  const floors = new Map();
  for (const room of told.rooms) floors.set(room.floor, [...(floors.get(room.floor) ?? []), room]);
  const isOne = floors.size < 2;
  fill(
    parts.rooms,
    ...[...floors].map(([floor, rooms]) =>
      h(
        "section",
        {},
        !isOne && floor && h("h2", { class: "floor" }, floor),
        h("div", { class: "rooms" }, rooms.map(card)),
      ),
    ),
  );
}

function card(room) {
  return h(
    "article",
    { class: "card room" },
    h("header", {}, h("h3", {}, room.name || word("elsewhere")), presence(room.anybody)),
    room.things.length
      ? h("ul", {}, room.things.map(thing))
      : h("p", { class: "quiet" }, word("room_empty")),
  );
}

function presence(anybody) {
  if (anybody === null) return null;
  return h(
    "span",
    { class: anybody ? "chip good" : "chip calm" },
    icon("person"),
    word(anybody ? "somebody" : "nobody"),
  );
}

function thing(each) {
  const isLit = LIT.has(each.state);
  return h(
    "li",
    { class: isLit ? "thing lit" : "thing" },
    icon(each.domain in KINDS ? KINDS[each.domain] : each.domain),
    h("span", { class: "thing-name" }, each.name),
    h("span", { class: "thing-state" }, state(each)),
  );
}

const KINDS = {
  binary_sensor: "sensor",
  valve: "cover",
  vacuum: "fan",
  input_boolean: "switch",
  camera: "cameras",
};

function state(each) {
  if (each.state === null || each.state === "unknown" || each.state === "unavailable")
    return word("state_not_known");
  if (each.unit) return `${each.state} ${each.unit}`;
  if (each.domain === "binary_sensor") {
    if (OPENINGS.has(each.kind)) return word(each.state === "on" ? "is_open" : "is_closed");
    return word(each.state === "on" ? "is_seen" : "is_quiet");
  }
  return known(`is_${each.state}`) ? word(`is_${each.state}`) : each.state;
}
