// A phone in the hand: what a finger does.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { eventually, walk } from "./edgewalk.mjs";
import { launch } from "./support.mjs";

const site = await launch();
after(() => site.close());

const PHONE = { width: 390, height: 844, touch: true };

test("a swipe to the left steps on, one to the right steps back, and a scroll or a tap is no step", async () => {
  await walk(site, PHONE, async (edgewalk) => {
    await edgewalk.page.goto(`${site.origin}/#walk=first-visit`);
    const swipe = await finger(edgewalk);
    const isAt = (step) => eventually(async () => /^Step (\d+) of/.exec(await edgewalk.status())?.[1], String(step));
    await isAt(1);
    await swipe(-120, 10);
    await isAt(2);
    await swipe(-120, -10);
    await isAt(3);
    await swipe(120, 0);
    await isAt(2);
    await swipe(0, -120);
    await swipe(-20, 0);
    // Only now is it certain that neither of them stepped.
    await swipe(-120, 0);
    await isAt(3);
  });
});

/** Moves one finger over the path, by so many CSS pixels to the right and down. */
async function finger({ page, path }) {
  const session = await page.context().newCDPSession(page);
  const touch = (type, ...touchPoints) => session.send("Input.dispatchTouchEvent", { type, touchPoints });
  return async (right, down) => {
    const { x: left, y: top, width } = await path.boundingBox();
    const [x, y] = [left + width / 2, Math.max(top, 0) + 150];
    await touch("touchStart", { x, y });
    for (let part = 1; part <= 6; part += 1) await touch("touchMove", { x: x + (right * part) / 6, y: y + (down * part) / 6 });
    await touch("touchEnd");
  };
}
