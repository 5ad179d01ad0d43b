// What the browser paints stands in the list whose contrast is calculated (tests/contrast/pairs.txt), in every state and theme.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { only } from "./browsers.mjs";
import { walk } from "./edgewalk.mjs";
import { LISTED, paintedTexts } from "./painted.mjs";
import { CONSOLE_STATES, STATES } from "./states.mjs";
import { launch } from "./support.mjs";

/** The theme changes while the page is open. */
const IN_CHROMIUM = only("chromium", "can change the theme of an open page");

const site = await launch();
after(() => site.close());

/** What opens over the page; each closes the one before. */
const SHEETS = ["Choose a walk", "Keys", "Glossary"].map((name) => [
  name,
  async (edgewalk) => {
    await edgewalk.page.keyboard.press("Escape");
    await edgewalk.button(name).click();
  },
]);

for (const size of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
  test(`each text stands on a ground that is listed for it at ${size.width} px`, IN_CHROMIUM, async () => {
    await walk(site, size, async (edgewalk) => {
      const faults = new Set();
      let seen = 0;
      for (const [state, reach] of [...STATES, ...SHEETS, ...CONSOLE_STATES]) {
        await reach(edgewalk);
        for (const colorScheme of ["light", "dark"]) {
          await edgewalk.page.emulateMedia({ colorScheme });
          const { texts, unlisted } = await edgewalk.page.evaluate(paintedTexts, LISTED);
          seen += texts;
          for (const fault of unlisted) faults.add(`${state}, ${colorScheme}: ${fault}`);
        }
      }
      assert.ok(seen > 1_000, `only ${seen} texts were found`);
      assert.deepEqual([...faults].slice(0, 20), []);
    });
  });
}
