// The page as a person knows it: everything here is found by its visible label or accessible name, never by how it is built.
//
//   await walk(site, async (edgewalk) => {
//     await edgewalk.compose({ city: "Paris", path: "/img/hero.jpg" });
//     await edgewalk.send();
//     assert.deepEqual(await edgewalk.objects("Edge location CDG, Paris"), []);
//   });

import assert from "node:assert/strict";
import { CLIPBOARD } from "./browsers.mjs";

/** Opens the page, runs `body` with it, and fails with whatever the page complained about. */
export function walk(site, optionsOrBody, maybeBody) {
  const [options, body] = maybeBody ? [optionsOrBody, maybeBody] : [{}, optionsOrBody];
  return site.visit("/", options, (page) => body(new Edgewalk(page)));
}

/** Waits until `read` gives `expected`: for what the page does a moment after an event, such as moving the focus. */
export async function eventually(read, expected, patienceMs = 3_000) {
  const deadline = Date.now() + patienceMs;
  let found = await read();
  while (JSON.stringify(found) !== JSON.stringify(expected) && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 25));
    found = await read();
  }
  assert.deepEqual(found, expected);
}

/** Puts a clock in the place of the browser's, which stands until `runFor` runs it on. */
export async function standing(clock) {
  await clock.install({ time: 0 });
  await clock.pauseAt(1_000);
}

/** Fails where two pictures differ. The first line that does says more than two whole pages. */
export function same(actual, expected, where) {
  if (actual === expected) return;
  const [now, then] = [actual.split("\n"), expected.split("\n")];
  const found = now.findIndex((text, index) => text !== then[index]);
  const line = found < 0 ? now.length : found;
  const around = (lines) => lines.slice(Math.max(0, line - 3), line + 3).join("\n");
  assert.fail(`${where}: line ${line + 1} differs.\n--- expected\n${around(then)}\n--- but was\n${around(now)}`);
}

/** The twelve steps of a request that no cache can answer. */
export const MISS_STEPS = [
  "URL", "DNS", "TCP", "TLS", "Sent", "POP looks", "REC looks", "At origin", "Answer", "REC keeps", "POP keeps", "Shown",
];

export class Edgewalk {
  constructor(page) {
    this.page = page;
    this.form = page.getByRole("form", { name: "Request", exact: true });
    this.composer = page.getByRole("complementary", { name: "Composer", exact: true });
    this.map = this.region("Map");
    this.path = this.region("Path");
    this.inspector = this.region("Inspector");
    this.timeline = this.region("Timeline");
    this.playhead = this.timeline.getByRole("slider", { name: "Playhead", exact: true });
    this.speed = this.timeline.getByRole("combobox", { name: "Speed", exact: true });
    this.stepSize = this.timeline.getByRole("combobox", { name: "Step size", exact: true });
    this.methods = this.form.getByRole("radiogroup", { name: "Method", exact: true });
  }

  // ---------- finding ----------

  region(name) {
    return this.page.getByRole("region", { name, exact: true });
  }

  /** A field, wherever it is: "Viewer city", "Origin Region", "URL path", "Query string", "Invalidate path" ... */
  field(name) {
    return this.page.getByLabel(name, { exact: true }).and(this.page.locator("input, textarea, select"));
  }

  button(name) {
    return this.page.getByRole("button", { name, exact: true });
  }

  toggle(name) {
    return this.page.getByRole("switch", { name, exact: true });
  }

  method(name) {
    return this.methods.getByRole("radio", { name, exact: true });
  }

  station(name) {
    return this.path.getByRole("group", { name, exact: true });
  }

  shelf(station) {
    return this.path.getByRole("list", { name: `Objects in ${station}`, exact: true });
  }

  /** The line that opens and closes a fold, such as "Headers". */
  fold(title) {
    return this.page.locator("summary").filter({ has: this.page.getByText(title, { exact: true }) });
  }

  get steps() {
    return this.timeline.getByRole("list", { name: "Steps", exact: true });
  }

  // ---------- doing ----------

  async openFold(title) {
    const isOpen = await this.fold(title).evaluate((summary) => summary.parentElement.open);
    if (!isOpen) await this.fold(title).click();
  }

  /** Fills in what is given. Folds are opened as a person would. */
  async compose({ city, path, query, headers, cookies, method }) {
    if (city !== undefined) await this.field("Viewer city").fill(city);
    if (path !== undefined) await this.field("URL path").fill(path);
    for (const [name, text] of [["Query string", query], ["Headers", headers], ["Cookies", cookies]]) {
      if (text === undefined) continue;
      await this.openFold(name);
      await this.field(name).fill(text);
    }
    if (method !== undefined) await this.choose(method);
  }

  /** The rarer methods are folded away behind "More". */
  async choose(method) {
    const radio = this.method(method);
    if (!(await radio.isVisible())) await this.methods.getByRole("button", { name: "More", exact: true }).click();
    await radio.click();
  }

  async flip(name) {
    await this.toggle(name).click();
  }

  async send(request = {}) {
    await this.compose(request);
    await this.button("Send request").click();
  }

  /** Sends and goes to the end of the walk. */
  async sendThrough(request = {}) {
    await this.send(request);
    await this.last();
  }

  async invalidate(path) {
    await this.field("Invalidate path").fill(path);
    await this.button("Invalidate").click();
  }

  /** Invalidates and goes to the end of the walk. */
  async invalidateThrough(path) {
    await this.invalidate(path);
    await this.last();
  }

  async first() {
    await this.go("First step");
  }
  async back() {
    await this.go("Step back");
  }
  async forward() {
    await this.go("Step forward");
  }
  async last() {
    await this.go("Last step");
  }

  /** Presses a button of the timeline; one that is disabled is where it would lead already. */
  async go(name) {
    const button = this.timeline.getByRole("button", { name, exact: true });
    if (await button.isEnabled()) return button.click();
    // It leads nowhere only at the end that it leads to.
    const status = await this.status();
    const isAtEnd = ["First step", "Step back"].includes(name) ? /^(Step 1 |Before |Nothing )/ : /^Step (\d+) of \1\./;
    assert.match(status, isAtEnd, `${name} is dead`);
  }

  /** Goes to a step of the exchange in view, such as "REC looks": by its button, or step by step where it has none. */
  async goTo(label) {
    const index = (await this.stepLabels()).indexOf(label);
    assert.ok(index >= 0, `there is no step "${label}"`);
    if (await this.steps.isVisible()) return this.steps.getByRole("button").nth(index).click();
    const step = async () => Number(/^Step (\d+) /.exec(await this.status())[1]);
    while ((await step()) < index + 1) await this.forward();
    while ((await step()) > index + 1) await this.back();
  }

  /** Pastes as the browser does: through the clipboard and Ctrl+V. */
  async paste(field, text) {
    const { page } = this;
    await page.context().grantPermissions(CLIPBOARD);
    await page.evaluate((text) => navigator.clipboard.writeText(text), text);
    await field.focus();
    await page.keyboard.press("ControlOrMeta+V");
  }

  // ---------- reading ----------

  /** What the polite status line says. */
  status() {
    return this.path.getByRole("status").innerText();
  }

  async title() {
    return (await this.inspector.getByRole("heading", { level: 2 }).innerText()).trim();
  }

  /** The words under the step buttons. A narrow page has no room for them, but they are the buttons' names all the same. */
  async stepLabels() {
    const steps = this.timeline.getByRole("list", { name: "Steps", exact: true, includeHidden: true });
    const texts = await steps.getByRole("button", { includeHidden: true }).allTextContents();
    return texts.map((text) => text.replace(/^\s*\d+\s*/, "").trim());
  }

  /** The names of the objects that a cache holds, most recently used first. */
  async objects(station) {
    const texts = await this.shelf(station).getByRole("listitem").allInnerTexts();
    const kept = texts.filter((text) => !/^Empty|not here|waiting/.test(text));
    return kept.map((text) => text.split(/\s/)[0]);
  }

  /** What stands on a shelf, word by word. */
  async shelfText(station) {
    return (await this.shelf(station).innerText()).replace(/\s+/g, " ").trim();
  }

  /** The chain of decisions, without the settings and badges below them. */
  async reasons() {
    const why = this.inspector.locator("section").filter({ has: this.page.getByRole("heading", { name: "Why", exact: true }) });
    // Not `innerText`: Firefox leaves out the space before a word that is a button.
    return why.getByRole("listitem").evaluateAll((lines) =>
      lines.map((line) => {
        const sentence = line.cloneNode(true);
        for (const below of sentence.querySelectorAll("small")) below.remove();
        return sentence.textContent.trim();
      }),
    );
  }

  /** A field of the message in the inspector. */
  async header(name) {
    const row = this.inspector.locator("dl > div").filter({ has: this.page.getByText(name, { exact: true }) });
    return (await row.getByRole("definition").innerText()).trim();
  }

  /** The sentence that a field marked as wrong refers to; null while the field is not marked. */
  complaint(field) {
    return field.evaluate((element) => {
      if (element.getAttribute("aria-invalid") !== "true") return null;
      const ids = (element.getAttribute("aria-describedby") ?? "").split(/\s+/).filter(Boolean);
      const visible = ids.map((id) => document.getElementById(id)).filter((line) => line?.checkVisibility());
      return visible.map((line) => line.textContent.trim()).join(" ");
    });
  }

  /** The name of what has the focus; "page" where nothing has it. */
  focused() {
    return this.page.evaluate(() => {
      const element = document.activeElement;
      // Past the last element Firefox gives the focus to its own bars, and the page still names what had it.
      if (element === document.body || !document.hasFocus()) return "page";
      const label = element.labels?.[0]?.querySelector("span, b") ?? element.labels?.[0] ?? element.querySelector("b");
      const text = element.getAttribute("aria-label") ?? label?.innerText ?? element.innerText ?? "";
      return text.split("\n")[0].trim() || element.tagName.toLowerCase();
    });
  }

  /** Map, Path, Inspector and Timeline as they stand, and what is typed, chosen and switched on the whole page. */
  picture() {
    return this.page.evaluate(() => {
      // The order of attributes and of properties means nothing, and depends on what was there before.
      const value = ({ name, value }) => (name === "style" ? value.split(/;\s*/).sort().join(";") : value);
      const draw = (node, indent) => {
        if (node.nodeType === Node.TEXT_NODE) return node.data.trim() ? [indent + node.data] : [];
        if (node.nodeType !== Node.ELEMENT_NODE) return [];
        // A style that was there and has gone leaves its empty attribute.
        const said = [...node.attributes].filter(({ name, value }) => name !== "style" || value !== "");
        const attributes = said.map((attribute) => ` ${attribute.name}="${value(attribute)}"`).sort();
        const line = `${indent}<${node.localName}${attributes.join("")}>`;
        return [line, ...[...node.childNodes].flatMap((child) => draw(child, `${indent} `))];
      };
      const regions = ["Map", "Path", "Inspector", "Timeline"].map((name) => document.querySelector(`section[aria-label="${name}"]`));
      // These live beside the markup.
      const controls = [...document.querySelectorAll("input, select, textarea")];
      const live = (control) => `${control.id || control.ariaLabel || control.name} = ${control.value} ${control.checked ?? ""}`;
      return [...regions.flatMap((region) => draw(region, "")), ...controls.map(live)].join("\n");
    });
  }
}
