// What the person has set in their system is followed: no motion, and their own few colours.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { only } from "./browsers.mjs";
import { eventually, MISS_STEPS, walk } from "./edgewalk.mjs";
import { showForm, STATES } from "./states.mjs";
import { launch } from "./support.mjs";

const site = await launch();
after(() => site.close());

const FROM_PARIS = { city: "Paris", path: "/img/hero.jpg" };

/** How many animations and transitions go on in the stage once the page has drawn what was pressed. */
const moving = ({ page }) =>
  page.evaluate(async () => {
    for (const _ of [1, 2]) await new Promise((drawn) => requestAnimationFrame(drawn));
    const moves = ({ playState, effect }) => playState === "running" && effect.target.closest(".stage");
    return document.getAnimations().filter(moves).length;
  });

test("with reduced motion each step is one picture: nothing moves, and what travels has its outline and its arrow", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.send(FROM_PARIS);
    for (const label of MISS_STEPS.slice(1)) {
      await edgewalk.forward();
      assert.equal(await moving(edgewalk), 0, label);
      const capsules = await edgewalk.path.locator(".pkt").evaluateAll((all) =>
        all.map((one) => ({ line: parseFloat(getComputedStyle(one).borderTopWidth), arrow: one.querySelector("use").getAttribute("href") })),
      );
      const isOnTheWay = !["DNS", "TCP", "TLS"].includes(label);
      const isBack = MISS_STEPS.indexOf(label) >= MISS_STEPS.indexOf("Answer");
      assert.equal(capsules.length >= 1, isOnTheWay, label);
      for (const { line, arrow } of capsules) {
        assert.ok(line >= 1.5, label);
        assert.equal(arrow, isBack ? "#i-left" : "#i-right", label);
      }
    }
  });
});

test("without it a step forward moves, and a step back does not", async () => {
  await walk(site, { motion: true }, async (edgewalk) => {
    await edgewalk.send(FROM_PARIS);
    await edgewalk.goTo("Sent");
    const atRest = () => eventually(() => moving(edgewalk), 0);
    await atRest();
    await edgewalk.forward();
    assert.ok((await moving(edgewalk)) > 0);
    await atRest();
    await edgewalk.back();
    assert.equal(await moving(edgewalk), 0);
  });
});

for (const theme of ["light", "dark"]) {
  const option = only("chromium", "stands in for forced colours");
  test(`with forced colours, ${theme}, nothing is lost: texts, what is chosen, what is filled`, option, async () => {
    await walk(site, { theme }, async (edgewalk) => {
      await edgewalk.page.emulateMedia({ forcedColors: "active" });
      const faults = new Set();
      for (const [state, reach] of STATES.slice(0, 6)) {
        await reach(edgewalk);
        for (const fault of await edgewalk.page.evaluate(strangeColours)) faults.add(`${state}: ${fault}`);
      }
      assert.deepEqual([...faults].slice(0, 20), []);
      const ground = (locator) => locator.evaluate((element) => getComputedStyle(element).backgroundColor);
      await showForm(edgewalk);
      await edgewalk.openFold("Query string");
      const chosen = edgewalk.methods.locator("label:has(:checked) span");
      assert.notEqual(await ground(chosen.first()), await ground(edgewalk.methods.locator("label:not(:has(:checked)) span").first()));
      const on = edgewalk.toggle("Start with empty caches");
      const before = await ground(on);
      await on.click();
      assert.notEqual(await ground(on), before, "a switch that is on");
      const [now, other] = ["[aria-current=true]", ":not([aria-current])"].map((which) => edgewalk.path.locator(`[role=group]${which} .post`).first());
      assert.notEqual(await ground(now), await ground(other), "the station where the step is");
    });
  });
}

/** Runs in the page: what is painted in another colour than the person's, and texts in that of their ground. */
function strangeColours() {
  const probe = document.body.appendChild(document.createElement("i"));
  const colour = (name) => {
    probe.style.color = name;
    return getComputedStyle(probe).color;
  };
  const allowed = new Set(["Canvas", "CanvasText", "GrayText", "Highlight", "rgba(0, 0, 0, 0)"].map(colour));
  probe.remove();
  const groundOf = (element) => {
    const found = getComputedStyle(element).backgroundColor;
    return found === "rgba(0, 0, 0, 0)" && element.parentElement ? groundOf(element.parentElement) : found;
  };
  return [...document.querySelectorAll("body *")].flatMap((element) => {
    if (!element.checkVisibility() || element.closest("symbol")) return [];
    const style = getComputedStyle(element);
    const name = `${element.localName}.${element.getAttribute("class")}`;
    const painted = { color: style.color, background: style.backgroundColor };
    if (element instanceof SVGElement && !element.matches("svg, g, use")) Object.assign(painted, { fill: style.fill, stroke: style.stroke });
    const strange = Object.entries(painted).filter(([, value]) => value !== "none" && !allowed.has(value));
    const isText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const isUnseen = isText && style.color === groundOf(element);
    return [...strange.map(([what, value]) => `${name} has ${what} ${value}`), ...(isUnseen ? [`${name} is as its ground`] : [])];
  });
}
