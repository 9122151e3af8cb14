// Zones drawn over the edges of a place, by mouse, finger or keyboard. No picture lies under them.

import { fill, h, styled, svg } from "./dom.js";
import { number, Problem, word } from "./talk.js";
import { mistake, read, save, standing } from "./saving.js";

const STEP = 0.01;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const within = (share) => Math.min(1, Math.max(0, Math.round(share * 1000) / 1000));

/** `outline`: the edges; `settings`: the file, as read; `close`: called when it is put away. */
export function editor(camera, outline, settings, close) {
  const shapes = [
    ...camera.zones.map((zone) => ({
      kind: "zone",
      key: zone.key,
      name: zone.name === zone.key.replaceAll("_", " ") ? "" : zone.name,
      corners: zone.corners.map((each) => [...each]),
    })),
    ...camera.never_see.map((corners) => ({
      kind: "never",
      key: "",
      name: "",
      corners: corners.map((each) => [...each]),
    })),
  ];
  let chosen = shapes.length ? 0 : -1;

  const plane = svg("svg", {
    viewBox: "0 0 1000 1000",
    preserveAspectRatio: "none",
    "aria-hidden": "true",
  });
  const handles = h("div", { class: "handles" });
  const stage = styled(h("div", { class: "stage" }, edges(outline), plane, handles), {
    "aspect-ratio": `${outline.width} / ${outline.height}`,
  });
  const names = h("ul", { class: "shapes" });
  const isFree = settings.mark && !settings.problem;
  const yaml = h("pre", { tabindex: "0", "aria-label": word("yaml") });
  const said = h("p", { class: "unseen", role: "status" });
  const copied = h("span", { class: "quiet", role: "status" });
  const problem = h("p", { class: "problem", role: "alert" });
  const asked = h("div", {});
  const after = h("div", {});
  const called = h("input", { id: `called-${camera.key}`, type: "text", autocomplete: "off" });
  const naming = h(
    "p",
    { class: "tools" },
    h("label", { for: called.id }, word("zone_name")),
    called,
  );
  called.addEventListener("input", () => {
    shapes[chosen].name = called.value;
    names.children[chosen].querySelector(".name").textContent = title(shapes[chosen]);
    yaml.textContent = written(camera.key, shapes);
  });

  stage.addEventListener("pointerdown", (event) => {
    if (event.target.closest(".handle")) return;
    const box = stage.getBoundingClientRect();
    add([
      within((event.clientX - box.left) / box.width),
      within((event.clientY - box.top) / box.height),
    ]);
  });

  function add(point) {
    if (chosen < 0) begin("zone", false);
    const corners = shapes[chosen].corners;
    corners.splice(nearestEdge(corners, point), 0, point);
    draw();
    focus(corners.indexOf(point));
  }

  function begin(kind, withCorners = true) {
    const taken = new Set(shapes.map((shape) => shape.key));
    let count = 1;
    while (taken.has(`zone_${count}`)) count += 1;
    const corners = withCorners
      ? [
          [0.3, 0.3],
          [0.7, 0.3],
          [0.7, 0.8],
          [0.3, 0.8],
        ]
      : [];
    shapes.push({ kind, key: kind === "zone" ? `zone_${count}` : "", name: "", corners });
    chosen = shapes.length - 1;
    draw();
  }

  function focus(index) {
    handles.children[index]?.focus();
  }

  function move(index, x, y) {
    shapes[chosen].corners[index] = [within(x), within(y)];
    draw(false);
    place(handles.children[index], shapes[chosen].corners[index]);
  }

  function handle(point, index) {
    const button = h("button", { class: "handle", type: "button", "aria-label": label(index) });
    place(button, point);
    button.addEventListener("keydown", (event) => {
      const [x, y] = shapes[chosen].corners[index];
      if (event.key in ARROWS) {
        const [dx, dy] = ARROWS[event.key];
        const step = event.shiftKey ? STEP * 5 : STEP;
        move(index, x + dx * step, y + dy * step);
        said.textContent = label(index);
      } else if (event.key === "Delete" || event.key === "Backspace") {
        shapes[chosen].corners.splice(index, 1);
        draw();
        focus(Math.max(0, index - 1));
      } else {
        return;
      }
      event.preventDefault();
    });
    button.addEventListener("pointerdown", (event) => button.setPointerCapture(event.pointerId));
    button.addEventListener("pointermove", (event) => {
      if (!button.hasPointerCapture(event.pointerId)) return;
      const box = stage.getBoundingClientRect();
      move(index, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
    });
    return button;
  }

  function label(index) {
    const [x, y] = shapes[chosen].corners[index];
    return word("corner", { number: index + 1, x: number(x * 100), y: number(y * 100) });
  }

  function draw(withHandles = true) {
    fill(
      plane,
      ...shapes.map((shape, index) =>
        svg("polygon", {
          class: `${shape.kind}${index === chosen ? " chosen" : ""}`,
          points: shape.corners.map(([x, y]) => `${x * 1000},${y * 1000}`).join(" "),
        }),
      ),
    );
    yaml.textContent = written(camera.key, shapes);
    naming.hidden = chosen < 0 || shapes[chosen].kind !== "zone";
    if (!withHandles) return;
    called.value = shapes[chosen]?.name ?? "";
    fill(handles, ...(chosen < 0 ? [] : shapes[chosen].corners.map(handle)));
    fill(
      names,
      ...shapes.map((shape, index) =>
        h(
          "li",
          {},
          h(
            "button",
            {
              type: "button",
              class: "shape",
              "aria-pressed": String(index === chosen),
              on: { click: () => choose(index) },
            },
            h("span", { class: `swatch ${shape.kind}` }),
            h("span", { class: "name" }, title(shape)),
          ),
          h(
            "button",
            {
              type: "button",
              class: "small",
              "aria-label": word("remove", { name: title(shape) }),
              on: { click: () => remove(index) },
            },
            "×",
          ),
        ),
      ),
    );
  }

  function choose(index) {
    chosen = index;
    draw();
    names.children[index].querySelector("button").focus();
  }

  function remove(index) {
    shapes.splice(index, 1);
    chosen = Math.min(chosen, shapes.length - 1);
    draw();
  }

  async function keep() {
    problem.textContent = "";
    const whole = shapes.filter((shape) => shape.corners.length >= 3);
    const body = {
      mark: settings.mark,
      camera: camera.key,
      zones: whole
        .filter((shape) => shape.kind === "zone")
        .map(({ key, name, corners }) => ({ key, name: name.trim(), corners })),
      never_see: whole.filter((shape) => shape.kind === "never").map((shape) => shape.corners),
    };
    try {
      const told = await save("save-zones", body, asked);
      problem.textContent = told.mistakes.map(mistake).join(" ");
      if (told.saved) await stand(true);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      problem.textContent = error.message;
    }
  }

  async function stand(isSaved = false) {
    settings = await read();
    fill(after, isSaved && h("p", { role: "status" }, word("saved")), standing(settings, stand));
  }

  async function copy() {
    try {
      await navigator.clipboard.writeText(yaml.textContent);
      copied.textContent = word("copied");
    } catch {
      getSelection().selectAllChildren(yaml);
      copied.textContent = word("copy_yourself");
    }
  }

  const button = (text, onClick) =>
    h("button", { type: "button", on: { click: onClick } }, word(text));
  draw();
  return h(
    "div",
    { class: "editor" },
    h("p", { class: "quiet" }, word("draw_about")),
    stage,
    said,
    h(
      "div",
      { class: "tools" },
      button("new_zone", () => begin("zone")),
      button("new_never", () => begin("never")),
      button("new_corner", () => add([0.5, 0.5])),
    ),
    names,
    naming,
    problem,
    asked,
    after,
    !isFree && h("p", { class: "quiet" }, word("yaml_about")),
    !isFree && yaml,
    h(
      "div",
      { class: "tools" },
      isFree ? button("save", keep) : button("copy", copy),
      button("draw_close", close),
      copied,
    ),
  );
}

const title = (shape) =>
  shape.kind === "never" ? word("never_see") : shape.name || shape.key.replaceAll("_", " ");

function place(element, [x, y]) {
  styled(element, { left: `${x * 100}%`, top: `${y * 100}%` });
}

/** A new corner goes where it makes the outline longest by the least. */
function nearestEdge(corners, point) {
  if (corners.length < 3) return corners.length;
  const far = (one, other) => Math.hypot(one[0] - other[0], one[1] - other[1]);
  let best = [Infinity, corners.length];
  corners.forEach((corner, index) => {
    const next = corners[(index + 1) % corners.length];
    const more = far(corner, point) + far(point, next) - far(corner, next);
    if (more < best[0]) best = [more, index + 1];
  });
  return best[1];
}

/** A bit a cell, rows one after the other, the highest bit of a byte first. */
function edges(outline) {
  const canvas = h("canvas", {
    width: outline.width,
    height: outline.height,
    role: "img",
    "aria-label": word("outline"),
  });
  const packed = atob(outline.bits);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#f3c7a5";
  for (let cell = 0; cell < outline.width * outline.height; cell += 1) {
    if (packed.charCodeAt(cell >> 3) & (128 >> (cell & 7))) {
      pen.fillRect(cell % outline.width, Math.floor(cell / outline.width), 1, 1);
    }
  }
  return canvas;
}

function written(key, shapes) {
  const points = (corners) => `[${corners.map(([x, y]) => `[${x}, ${y}]`).join(", ")}]`;
  const whole = shapes.filter((shape) => shape.corners.length >= 3);
  const zones = whole.filter((shape) => shape.kind === "zone");
  const never = whole.filter((shape) => shape.kind === "never");
  const lines = ["cameras:", `  ${key}:`];
  if (never.length)
    lines.push("    never_see:", ...never.map((shape) => `      - ${points(shape.corners)}`));
  if (zones.length) {
    lines.push("    zones:");
    for (const zone of zones)
      lines.push(
        `      ${zone.key}:`,
        ...(zone.name ? [`        name: ${JSON.stringify(zone.name)}`] : []),
        `        corners: ${points(zone.corners)}`,
      );
  }
  return whole.length ? lines.join("\n") : word("yaml_none");
}
