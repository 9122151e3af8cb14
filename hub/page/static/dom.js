// Elements made by hand: text is only ever text, nothing is parsed as markup.

const SVG = "http://www.w3.org/2000/svg";

/** An element with properties, `on` handlers and children; null and false children are left out. */
export function h(tag, properties = {}, ...children) {
  return filled(document.createElement(tag), properties, children);
}

export function svg(tag, properties = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), properties, children);
}

function filled(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") {
      for (const [event, handler] of Object.entries(value))
        element.addEventListener(event, handler);
    } else {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  element.append(...present(children));
  return element;
}

const present = (children) =>
  children
    .flat(3)
    .filter((each) => each !== null && each !== false && each !== undefined && each !== "");

/** In place of what was in it before. */
export function fill(element, ...children) {
  element.replaceChildren(...present(children));
}

/** Sizes and places that depend on numbers are set here: the page allows no style in markup. */
export function styled(element, styles) {
  for (const [name, value] of Object.entries(styles)) element.style.setProperty(name, value);
  return element;
}

const ICONS = {
  now: "M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zM6 11a6 6 0 0 0 12 0M12 17v4",
  home: "M4 11l8-7 8 7v9H4zM10 20v-6h4v6",
  cameras: "M3 8h11v9H3zM14 11l7-3v9l-7-3",
  wall: "M12 3l8 3v6c0 5-3.500 7.500-8 9-4.500-1.500-8-4-8-9V6z",
  inside: "M4 7h9M17 7h3M4 17h3M11 17h9M13 5v4M7 15v4",
  muted: "M9 9V6a3 3 0 0 1 6 0v4M6 11a6 6 0 0 0 9 5.200M18 11a6 6 0 0 1-.5 2.400M12 17v4M4 4l16 16",
  light: "M9 17h6M10 20h4M12 3a6 6 0 0 0-3.500 10.900V15h7v-1.100A6 6 0 0 0 12 3z",
  lock: "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3",
  cover: "M4 4h16v16H4zM4 8h16M4 12h16M4 16h16",
  climate: "M10 13.500V5a2 2 0 0 1 4 0v8.500a4 4 0 1 1-4 0z",
  switch: "M8 7h8a5 5 0 0 1 0 10H8A5 5 0 0 1 8 7zM8 12h.01",
  media_player: "M4 5h16v11H4zM9 20h6",
  fan: "M12 12c0-4 1-8 4-8s3 6-4 8zM12 12c4 0 8 1 8 4s-6 3-8-4zM12 12c-4 0-8-1-8-4s6-3 8 4zM12 12c0 4-1 8-4 8s-3-6 4-8z",
  person: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM5 20c0-4 3-6 7-6s7 2 7 6",
  sensor: "M12 8v4l3 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
  thing:
    "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 9.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5z",
};

export function icon(name) {
  const path = ICONS[name] ?? ICONS.thing;
  return svg(
    "svg",
    { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" },
    svg("path", { d: path }),
  );
}

/** A switch that people and screen readers know as one. */
export function toggle(label, isOn, onChange, disabled = false) {
  return h(
    "button",
    {
      class: "switch",
      type: "button",
      role: "switch",
      "aria-checked": isOn ? "true" : "false",
      "aria-label": label,
      disabled,
      on: { click: () => onChange(!isOn) },
    },
    h("span", { class: "knob" }),
  );
}

export function table(caption, heads, rows) {
  const cell = (value, index) => h(index ? "td" : "th", index ? {} : { scope: "row" }, value);
  return h(
    "div",
    { class: "scroll", tabindex: "0", role: "group", "aria-label": caption },
    h(
      "table",
      {},
      h("caption", { class: "unseen" }, caption),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          heads.map((head) => h("th", { scope: "col" }, head)),
        ),
      ),
      h(
        "tbody",
        {},
        rows.map((row) => h("tr", {}, row.map(cell))),
      ),
    ),
  );
}
