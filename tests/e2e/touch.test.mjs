// A phone in the hand: what a finger does.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { only } from "./browsers.mjs";
import { eventually, walk } from "./edgewalk.mjs";
import { launch } from "./support.mjs";

const site = await launch();
after(() => site.close());

const PHONE = { width: 390, height: 844, touch: true };

test("a swipe to the left steps on, one to the right steps back, and a scroll or a tap is no step", only("chromium", "has a finger for tests"), async () => {
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

test("the page follows the station where something happens, and stays with whoever reads the words", async () => {
  await walk(site, PHONE, async (edgewalk) => {
    const { page } = edgewalk;
    await page.goto(`${site.origin}/#walk=first-visit&step=6`);
    await eventually(async () => /^Step 6 of/.test(await edgewalk.status()), true);
    const rec = edgewalk.path.getByRole("group", { name: /^Regional edge cache/ });
    const deck = async () => (await edgewalk.timeline.boundingBox()).y;
    assert.ok((await rec.boundingBox()).y > (await deck()) - 100, "it lies behind the deck before");
    await page.keyboard.press("ArrowRight");
    const isSeen = async () => {
      const { y, height } = await rec.boundingBox();
      return y >= 0 && y + height <= (await deck());
    };
    await eventually(isSeen, true);
    await edgewalk.inspector.evaluate((inspector) => inspector.scrollIntoView({ block: "start" }));
    const reading = await page.evaluate(() => scrollY);
    await page.keyboard.press("ArrowRight");
    await eventually(async () => /^Step 8 of/.test(await edgewalk.status()), true);
    const moved = Math.abs((await page.evaluate(() => scrollY)) - reading);
    assert.ok(moved < 40, `the words moved by ${moved} px, which is more than what stands above them grew`);
  });
});

test("a request that has been taken past the cache stands nowhere else", async () => {
  await walk(site, PHONE, async (edgewalk) => {
    await edgewalk.page.goto(`${site.origin}/#walk=post&step=7`);
    await eventually(async () => /bypass/.test(await edgewalk.status()), true);
    const seen = edgewalk.path.locator(".pkt").filter({ visible: true });
    assert.equal(await seen.count(), 1, (await seen.allInnerTexts()).join(", "));
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
