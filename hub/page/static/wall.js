// The glass wall: how the hub is closed, what was refused, and every byte that was sent.

import { fill, h, icon, styled, svg, table } from "./dom.js";
import { bytes, known, language, number, Problem, show, word } from "./talk.js";

const HOURS = 24;
const HIGH = 100;
let parts = {};

export function make(section) {
  parts = {
    seal: h("div", { class: "card seal" }),
    sent: h("div", { class: "card" }),
    refused: h("div", { class: "card" }),
    problem: h("p", { class: "problem", role: "alert" }),
  };
  section.append(
    h("h1", { id: "wall-title" }, word("tab_wall")),
    parts.problem,
    parts.seal,
    parts.sent,
    parts.refused,
  );
}

export async function look() {
  try {
    const told = await show("wall");
    parts.problem.textContent = "";
    seal(told);
    sent(told);
    refused(told.wall.refused);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    parts.problem.textContent = error.message;
  }
}

function seal({ wall, proof, prove }) {
  const isClosed = wall.level !== "none";
  parts.seal.className = `card seal ${isClosed ? "" : "open"}`;
  const processes = Object.entries(wall.processes).sort();
  fill(
    parts.seal,
    h("div", { class: "badge" }, icon("wall"), h("span", {}, isClosed ? wall.level : "!")),
    h(
      "div",
      { class: "seal-words" },
      h("h2", {}, word(isClosed ? "sealed" : "not_sealed")),
      h("p", {}, word(`level_${wall.level}`)),
    ),
    h("ul", { class: "processes" }, processes.map(process)),
    wall.lent && h("p", { class: "quiet wide" }, word("lent", lent(wall.lent))),
    h(
      "div",
      { class: "wide proof" },
      h("h3", {}, word("proof")),
      proof
        ? h("p", { class: proof.holds ? "" : "problem" }, proved(proof))
        : h("p", {}, word("proof_none")),
      h("p", { class: "quiet" }, word(prove ? "prove" : "prove_app")),
      prove && h("pre", { tabindex: "0", "aria-label": word("proof") }, prove),
    ),
  );
}

function proved(proof) {
  const at = new Date(proof.at * 1000).toLocaleString(language, {
    dateStyle: "long",
    timeStyle: "short",
  });
  const { runs, level, version } = proof;
  return word(proof.holds ? "proof_holds" : "proof_fails", { at, runs, level, version });
}

const lent = (told) =>
  Object.fromEntries(Object.entries(told).map(([what, count]) => [what, number(count)]));

function process([name, told]) {
  const role = name.split(".")[0];
  const facts =
    told.seccomp === null || told.seccomp === undefined
      ? word("no_account")
      : [
          `Seccomp ${told.seccomp}`,
          `NoNewPrivs ${told.no_new_privileges ? 1 : 0}`,
          word(`network_${told.network}`),
        ].join(" · ");
  return h(
    "li",
    {},
    h("b", {}, name),
    h(
      "span",
      {
        class: `chip ${told.level === "none" ? "bad" : told.level === "starting" ? "calm" : "good"}`,
      },
      told.level === "starting"
        ? word("starting")
        : told.level === "none"
          ? word("seal_none")
          : word("level", { level: told.level }),
    ),
    h("span", {}, word(`only_${role}`)),
    h("span", { class: "quiet mono" }, facts),
  );
}

function sent(told) {
  const { today, days30 } = told;
  const lines = days30.destinations.filter((each) => !each.here && each.protocol !== "lookup");
  const strange = lines.filter(
    (each) => each.purpose === null && (each.bytes_out || each.messages || each.connections),
  );
  fill(
    parts.sent,
    h("h2", {}, word("ledger")),
    h("p", { class: "big" }, bytes(today.bytes_out), h("small", {}, ` ${word("sent_today")}`)),
    strange.length > 0 &&
      h(
        "p",
        { class: "problem" },
        word("strange", { whom: strange.map((each) => each.address).join(", ") }),
      ),
    lines.length > 0 && graph(days30.hours, told.now),
    h("p", { class: "quiet" }, word("sent_here", { size: bytes(today.bytes_here) })),
    lines.length
      ? table(
          word("destinations"),
          [word("to"), word("purpose"), word("sent"), word("received")],
          lines.map((each) => [
            `${each.address}${each.port ? `:${each.port}` : ""}`,
            purpose(each.purpose),
            bytes(each.bytes_out),
            bytes(each.bytes_in),
          ]),
        )
      : h("p", {}, word("sent_nothing")),
  );
}

const purpose = (name) =>
  name === null ? word("not_named") : known(`purpose_${name}`) ? word(`purpose_${name}`) : name;

/** Bytes sent over a network, a bar for each of the last hours. */
function graph(hours, now) {
  const sums = new Map(hours.map((each) => [Math.floor(Date.parse(each.hour) / 3600000), each]));
  const last = Math.floor(now / 3600);
  const span = Array.from({ length: HOURS }, (_, index) => last - HOURS + 1 + index);
  const most = Math.max(1, ...span.map((hour) => sums.get(hour)?.bytes_out ?? 0));
  const at = (hour) =>
    new Date(hour * 3600000).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });
  const bars = span.map((hour, index) => {
    const size = sums.get(hour)?.bytes_out ?? 0;
    const high = size ? Math.max(2, (size / most) * HIGH) : 0.6;
    return svg(
      "rect",
      {
        x: index * 10 + 1.5,
        y: HIGH - high,
        width: 7,
        height: high,
        rx: 1.5,
        class: size ? "sent" : "none",
      },
      svg("title", {}, `${at(hour)}: ${bytes(size)}`),
    );
  });
  return h(
    "figure",
    {},
    styled(
      svg(
        "svg",
        {
          viewBox: `0 0 ${HOURS * 10} ${HIGH}`,
          class: "graph",
          role: "img",
          preserveAspectRatio: "none",
          "aria-label": word("graph", { most: bytes(most === 1 ? 0 : most) }),
        },
        bars,
      ),
      {},
    ),
    h(
      "figcaption",
      {},
      h("span", {}, at(span[0])),
      h("span", {}, word("by_hour")),
      h("span", {}, at(last)),
    ),
  );
}

function refused(counts) {
  const rows = Object.entries(counts).filter(([, count]) => count > 0);
  fill(
    parts.refused,
    h("h2", {}, word("door")),
    h("p", { class: "quiet" }, word("door_about")),
    rows.length
      ? table(
          word("door"),
          [word("why"), word("count")],
          rows.map(([why, count]) => [why.replaceAll("_", " "), number(count)]),
        )
      : h("p", {}, word("door_nothing")),
  );
}
