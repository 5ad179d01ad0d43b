// What is pressed is at least 24 px high and wide, 40 where a finger presses (WCAG 2.2, 2.5.8). Links and words within a sentence are
// as high as their line, as WCAG allows.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { only } from "./browsers.mjs";
import { walk } from "./edgewalk.mjs";
import { tooSmall } from "./fits.mjs";
import { CONSOLE_STATES, showForm, STATES } from "./states.mjs";
import { launch } from "./support.mjs";

const site = await launch();
after(() => site.close());

const SCREENS = [
  [{ width: 1440, height: 900 }, 24],
  [{ width: 820, height: 1180 }, 24],
  [{ width: 1180, height: 820, touch: true }, 40],
  [{ width: 820, height: 1180, touch: true }, 40],
  [{ width: 390, height: 844, touch: true }, 40],
  [{ width: 320, height: 568, touch: true }, 40],
];

for (const [size, least] of SCREENS) {
  const kind = size.touch ? "for a finger" : "for a mouse";
  const option = size.touch ? only("chromium", "stands in for a touch screen") : {};
  test(`targets have ${least} px ${kind} at ${size.width} px`, option, async () => {
    await walk(site, size, async (edgewalk) => {
      const { page } = edgewalk;
      assert.equal(await page.evaluate(() => matchMedia("(pointer: coarse)").matches), Boolean(size.touch));
      const faults = new Set();
      const look = async (state) => {
        for (const fault of await page.evaluate(tooSmall, least)) faults.add(`${state}: ${fault}`);
      };
      for (const [state, reach] of STATES) {
        await reach(edgewalk);
        await look(state);
      }
      await showForm(edgewalk);
      for (const title of ["Send together", "Origin", "TTLs"]) await edgewalk.openFold(title);
      await look("the other folds");
      for (const sheet of ["Keys", "Choose a walk", "Glossary"]) {
        await page.keyboard.press("Escape");
        await edgewalk.button(sheet).click();
        await look(sheet);
      }
      for (const [state, reach] of CONSOLE_STATES) {
        await reach(edgewalk);
        await look(state);
      }
      assert.deepEqual([...faults].slice(0, 20), []);
    });
  });
}
