// At 400 % zoom and with wide text nothing is lost: a screen of 1280 x 1024 is then 320 x 256 px, one of 1440 x 900 is 360 x 225
// (WCAG 2.2, 1.4.10, 1.4.12), and what has the focus is never under what sticks (2.4.11).

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { walk } from "./edgewalk.mjs";
import { tooWide } from "./fits.mjs";
import { showForm, STATES } from "./states.mjs";
import { launch } from "./support.mjs";

const site = await launch();
after(() => site.close());

const ZOOMED = [{ width: 320, height: 256 }, { width: 360, height: 225 }];

for (const size of ZOOMED) {
  test(`nothing is cut off or scrolls sideways at ${size.width} x ${size.height} px`, async () => {
    await walk(site, size, async (edgewalk) => {
      const faults = [];
      for (const [state, reach] of STATES) {
        await reach(edgewalk);
        for (const fault of await tooWide(edgewalk)) faults.push(`${state}: ${fault}`);
      }
      for (const sheet of ["Choose a walk", "Keys", "Glossary"]) {
        await edgewalk.page.keyboard.press("Escape");
        await edgewalk.button(sheet).click();
        for (const fault of await tooWide(edgewalk)) faults.push(`${sheet}: ${fault}`);
      }
      assert.deepEqual(faults, []);
    });
  });
}

for (const size of [...ZOOMED, { width: 720, height: 450 }, { width: 390, height: 844 }, { width: 820, height: 1180 }, { width: 1280, height: 720 }]) {
  test(`whatever Tab comes to is seen at ${size.width} x ${size.height} px`, async () => {
    await walk(site, size, async (edgewalk) => {
      await showForm(edgewalk);
      await edgewalk.sendThrough({ city: "Paris", path: "/img/hero.jpg" });
      await edgewalk.page.getByRole("heading", { level: 1 }).click();
      const faults = [];
      for (let count = 0; ; count += 1) {
        assert.ok(count < 160, "Tab goes round and round");
        await edgewalk.page.keyboard.press("Tab");
        const name = await edgewalk.focused();
        if (name === "page") break;
        const fault = await edgewalk.page.evaluate(hidden);
        if (fault) faults.push(`${name} ${fault}`);
      }
      assert.deepEqual(faults, []);
    });
  });
}

/** Runs in the page: why what has the focus cannot be seen in whole, or nothing. */
function hidden() {
  const element = document.activeElement;
  // A radio button or switch may be drawn by its label.
  const { left, right, top, bottom, width, height } = (element.closest("label") ?? element).getBoundingClientRect();
  if (width < 2 || height < 2) return "has no size";
  const fits = (low, high, room) => (high - low > room ? low < room && high > 0 : low > -1 && high < room + 1);
  if (!fits(left, right, innerWidth) || !fits(top, bottom, innerHeight)) {
    return `is at ${[left, top, right, bottom].map(Math.round)} of ${innerWidth} x ${innerHeight}`;
  }
  const seen = (x, y) => {
    const found = document.elementFromPoint(Math.min(Math.max(x, 1), innerWidth - 1), Math.min(Math.max(y, 1), innerHeight - 1));
    return found && (element.contains(found) || found.contains(element) || element.closest("label")?.contains(found) ? undefined : found);
  };
  const over = [[0.5, 0.5], [0.1, 0.1], [0.9, 0.9], [0.5, 0.95]]
    .map(([x, y]) => seen(left + width * x, top + height * y))
    .filter((found) => found);
  // Of a whole region, a part is enough.
  const isCovered = height > innerHeight / 2 ? over.length === 4 : over.length > 0;
  return isCovered ? `is under ${over[0].localName}.${over[0].className}` : undefined;
}
