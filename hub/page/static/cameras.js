// Cameras: how they are, what they see in numbers, and where their zones lie.

import { fill, h, icon, toggle } from "./dom.js";
import { known, moment, number, Problem, show, tell, word } from "./talk.js";

let list = null;
let none = null;
const cards = new Map();

export function make(section) {
  list = h("div", { class: "cameras" });
  none = h("p", { class: "card quiet", hidden: true }, word("cameras_none"));
  section.append(
    h("h1", { id: "cameras-title" }, word("tab_cameras")),
    h("p", { class: "quiet" }, word("cameras_about")),
    none,
    list,
  );
}

export function news(told) {
  none.hidden = told.cameras.length > 0;
  for (const camera of told.cameras) {
    if (!cards.has(camera.key)) {
      cards.set(camera.key, card(camera));
      list.append(cards.get(camera.key).element);
    }
    cards.get(camera.key).update(camera);
  }
}

function card(first) {
  const head = h("div", { class: "camera-state" });
  const facts = h("p", { class: "facts" });
  const problem = h("p", { class: "problem", role: "alert" });
  const drawing = h("div", {});
  const element = h(
    "article",
    { class: "card camera" },
    h(
      "header",
      {},
      icon("cameras"),
      h("h2", {}, first.name),
      first.area && h("span", { class: "quiet" }, first.area),
      head,
    ),
    facts,
    problem,
    drawing,
  );
  const draw = h("button", { type: "button" }, word("draw"));
  draw.addEventListener("click", async () => {
    problem.textContent = "";
    draw.disabled = true;
    try {
      const [{ editor }, outline, settings] = await Promise.all([
        import("./drawing.js"),
        tell("outline", { key: first.key }),
        show("settings"),
      ]);
      fill(
        drawing,
        editor(inFile(first, settings), outline, settings, () => fill(drawing, draw)),
      );
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      problem.textContent = error.message;
    } finally {
      draw.disabled = false;
    }
  });
  drawing.append(draw);

  async function set(on) {
    problem.textContent = "";
    try {
      await tell("camera", { key: first.key, on });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      problem.textContent = error.message;
    }
  }

  function update(camera) {
    const hadFocus = head.contains(document.activeElement);
    const isOn = camera.condition !== "off";
    fill(
      head,
      h(
        "span",
        { class: `chip ${{ watching: "good", blind: "bad" }[camera.condition] ?? "calm"}` },
        h("span", { class: "dot" }),
        word(`camera_${camera.condition}`),
      ),
      toggle(word("camera_switch", { name: camera.name }), isOn, set),
    );
    if (hadFocus) head.querySelector("button").focus();
    const text = seen(camera);
    if (facts.textContent !== text) facts.textContent = text;
    draw.hidden = camera.condition !== "watching";
  }
  return { element, update };
}

function seen(camera) {
  if (camera.condition === "off") {
    const until = camera.until ? ` ${word("camera_until", { at: moment(camera.until) })}` : "";
    return camera.by ? word(`closed_by_${camera.by}`) + until : "";
  }
  if (!camera.fresh) return word("camera_not_fresh");
  const zones = new Map(camera.zones.map((zone) => [zone.key, zone.name]));
  const told = Object.entries(camera.seen).flatMap(([zone, counts]) => {
    const things = Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([label, count]) => `${number(count)} × ${labelled(label)}`);
    return things.length
      ? [
          `${zone === "picture" ? word("in_view") : (zones.get(zone) ?? zone)}: ${things.join(", ")}`,
        ]
      : [];
  });
  if (camera.names.length) told.push(camera.names.join(", "));
  if (!told.length) told.push(word(camera.moving ? "moves" : "sees_nobody"));
  return told.join(" · ");
}

/** As the file has its zones, where it was saved since the hub was started. */
function inFile(camera, settings) {
  const found = new Map(settings.options.map((each) => [each.key, each.value]));
  const value = (key) => JSON.parse(found.get(`cameras.${camera.key}.${key}`) ?? "null");
  const keys = [...found.keys()].flatMap((key) => {
    const [cameras, name, zones, zone, last] = key.split(".");
    const isIt = cameras === "cameras" && name === camera.key && zones === "zones";
    return isIt && last === "corners" ? [zone] : [];
  });
  const zones = keys.map((key) => ({
    key,
    name: value(`zones.${key}.name`) ?? key.replaceAll("_", " "),
    corners: value(`zones.${key}.corners`),
  }));
  return { ...camera, zones, never_see: value("never_see") ?? [] };
}

const labelled = (label) => (known(`label_${label}`) ? word(`label_${label}`) : label);
