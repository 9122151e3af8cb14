// Home Assistant and a broker: tried with what is typed here, then written into the settings.

import { fill, h } from "./dom.js";
import { read, standing } from "./saving.js";
import { known, Problem, show, tell, word } from "./talk.js";

const USUAL = 1883;
const parts = {};

/** `changed`: called when the settings file was. */
export function card(changed) {
  Object.assign(parts, {
    closed: h("p", { class: "quiet" }),
    forms: h("div", { class: "connections" }),
    changed,
    standing: h("div", {}),
  });
  return h(
    "div",
    { class: "card", id: "connections" },
    h("h2", {}, word("connections")),
    parts.closed,
    parts.forms,
    parts.standing,
  );
}

export async function load() {
  fill(parts.standing);
  const told = await show("connections");
  parts.closed.textContent = known(told.closed) ? word(told.closed) : told.closed;
  if (told.closed) fill(parts.forms);
  else fill(parts.forms, home(told), broker(told));
}

const again = () => Promise.all([load(), parts.changed()]);

function home(told) {
  const url = field("home_url", {
    type: "text",
    inputmode: "url",
    value: told.url ?? "",
    placeholder: "http://homeassistant.local:8123",
    required: true,
  });
  const token = field("home_token", { type: "password", required: true });
  const given = () => ({ url: whole(url.input.value.trim()), token: token.input.value });
  return form("Home Assistant", word("home_how"), [url, token], "connect-home", given, (met) =>
    word("home_met", met),
  );
}

/** People type what they see: without http:// often. */
const whole = (address) => (address.includes("://") ? address : `http://${address}`);

function broker(told) {
  const host = field("broker_host", { value: told.host ?? "", required: true });
  const usual = told.host ? told.port : USUAL;
  const port = field("broker_port", {
    type: "number",
    min: 1,
    max: 65535,
    value: usual,
    required: true,
  });
  const user = field("broker_user", { value: told.username ?? "" });
  const password = field("broker_password", { type: "password" });
  const tls = field("broker_tls", { type: "checkbox", checked: told.tls });
  const given = () => ({
    host: host.input.value.trim().replace(/^\w+:\/\//, ""),
    port: Number(port.input.value),
    username: user.input.value || null,
    password: password.input.value || null,
    tls: tls.input.checked,
  });
  const fields = [host, port, user, password, tls];
  return form(word("broker"), word("broker_how"), fields, "connect-broker", given, (met) =>
    word("broker_met", met),
  );
}

/** What the hub finds wrong, as people say it. */
const plain = ({ key, message }) => (known(`wrong_${key}`) ? word(`wrong_${key}`) : message);

function field(name, properties) {
  const input = h("input", { id: name, autocomplete: "off", spellcheck: "false", ...properties });
  return { input, row: h("div", { class: "field" }, h("label", { for: name }, word(name)), input) };
}

function form(title, how, fields, deed, given, met) {
  const said = h("p", { role: "status" });
  const problem = h("p", { class: "problem", role: "alert" });
  const send = h("button", { class: "main" }, word("try_and_save"));
  const submit = async (event) => {
    event.preventDefault();
    fill(said, word("trying"));
    problem.textContent = "";
    send.disabled = true;
    try {
      const { mark } = await read();
      const told = await tell(deed, { mark, ...given() });
      problem.textContent = told.mistakes.map(plain).join(" ");
      fill(said, told.mistakes.length ? "" : met(told));
      if (!told.mistakes.length) {
        fill(parts.standing, standing(await read(), again));
        await parts.changed();
      }
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      fill(said);
      problem.textContent = error.message;
    } finally {
      send.disabled = false;
    }
  };
  return h(
    "form",
    { class: "connection", on: { submit } },
    h("h3", {}, title),
    h("p", { class: "quiet" }, how),
    fields.map((each) => each.row),
    send,
    said,
    problem,
  );
}
