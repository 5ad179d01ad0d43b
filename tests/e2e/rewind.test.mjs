// True rewind: the page shows what is true at the playhead, however it got there.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { eventually, same, walk } from "./edgewalk.mjs";
import { launch } from "./support.mjs";

const site = await launch();
after(() => site.close());

const FROM_PARIS = { city: "Paris", path: "/img/hero.jpg" };

/** Six walks that have little in common, and the least number of steps that each must have. */
const WALKS = [
  ["a miss", 12, async (edgewalk) => {
    await edgewalk.send(FROM_PARIS);
  }],
  ["a hit at the edge location", 18, async (edgewalk) => {
    await edgewalk.send(FROM_PARIS);
    await edgewalk.send();
  }],
  ["a hit in the regional edge cache, from a second city", 20, async (edgewalk) => {
    await edgewalk.send({ ...FROM_PARIS, city: "London" });
    await edgewalk.send({ city: "Paris" });
  }],
  ["a method that no cache answers, chosen on the way", 20, async (edgewalk) => {
    await edgewalk.send({ city: "Tokyo, Japan", path: "/api/orders" });
    await edgewalk.flip("Proxy method");
    await edgewalk.send();
  }],
  ["an invalidation, and the miss after it", 24, async (edgewalk) => {
    await edgewalk.send(FROM_PARIS);
    await edgewalk.invalidate("/img/*");
    await edgewalk.send();
  }],
  ["settings, eviction, a day's wait and a stale object", 30, async (edgewalk) => {
    await edgewalk.openFold("Cache size");
    await edgewalk.field("POP capacity (MB)").fill("0.6");
    await edgewalk.button("Set").click();
    await edgewalk.flip("S3 in the same Region");
    await edgewalk.send(FROM_PARIS);
    await edgewalk.send({ path: "/img/sale.jpg" });
    await edgewalk.openFold("Between requests");
    await edgewalk.field("Wait").selectOption({ label: "1 day" });
    await edgewalk.button("Wait").click();
    await edgewalk.send();
  }],
];

for (const [name, leastSteps, compose] of WALKS) {
  test(`after k steps the page is the same from both ends: ${name}`, async () => {
    await walk(site, async (edgewalk) => {
      await compose(edgewalk);
      await edgewalk.last();
      await noFocus(edgewalk);
      const { page } = edgewalk;

      await page.keyboard.press("Home");
      const onTheWay = [await edgewalk.picture()];
      while (await edgewalk.button("Step forward").isEnabled()) {
        await page.keyboard.press("ArrowRight");
        onTheWay.push(await edgewalk.picture());
        assert.ok(onTheWay.length < 100, "the walk has an end");
      }
      assert.ok(onTheWay.length >= leastSteps, `${onTheWay.length} steps`);
      assert.equal(new Set(onTheWay).size, onTheWay.length, "no step looks like another one");

      // Back one by one visits every k; so does a jump to the end and back.
      await page.keyboard.press("End");
      for (let step = onTheWay.length - 1; step >= 0; step -= 1) {
        same(await edgewalk.picture(), onTheWay[step], `step ${step + 1}, going back`);
        await page.keyboard.press("ArrowLeft");
      }
      same(await edgewalk.picture(), onTheWay[0], "before the first step there is none");
    });
  });
}

test("a jump to a step, by its button or by the slider, shows what stepping there shows", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.send(FROM_PARIS);
    await edgewalk.first();
    const labels = await edgewalk.stepLabels();
    const onTheWay = [];
    const instants = [];
    for (let step = 0; step < labels.length; step += 1) {
      onTheWay.push(await edgewalk.picture());
      instants.push(await edgewalk.playhead.inputValue());
      await edgewalk.forward();
    }
    for (let step = labels.length - 1; step >= 0; step -= 1) {
      await edgewalk.last();
      await edgewalk.goTo(labels[step]);
      same(await edgewalk.picture(), onTheWay[step], `button ${labels[step]}`);
    }
    for (let step = 0; step < labels.length; step += 1) {
      // Of several steps in one instant, the slider takes the last.
      const reached = instants.lastIndexOf(instants[step]);
      await edgewalk.last();
      await edgewalk.playhead.fill(instants[step]);
      same(await edgewalk.picture(), onTheWay[reached], `slider at ${labels[step]}`);
    }
  });
});

test("the slider can be dragged, and snaps to steps", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.send(FROM_PARIS);
    await edgewalk.last();
    const atTheEnd = await edgewalk.picture();
    const box = await edgewalk.playhead.boundingBox();
    const { mouse } = edgewalk.page;
    const [seen, values] = [new Set(), new Set()];
    await mouse.move(box.x + box.width - 2, box.y + box.height / 2);
    await mouse.down();
    for (let share = 1; share >= 0; share -= 0.04) {
      await mouse.move(box.x + box.width * share, box.y + box.height / 2);
      seen.add(await edgewalk.status());
      // `Step 7 of 12, 41 ms`: the thumb stands at the step's own instant, wherever the mouse is.
      values.add(await edgewalk.playhead.inputValue());
    }
    await mouse.up();
    assert.ok(values.size <= seen.size, `the thumb stood at ${values.size} places for ${seen.size} steps`);
    assert.ok(seen.size >= 5, [...seen].join("; "));
    assert.ok([...seen].every((status) => /^Step \d+ of 12\. /.test(status)), [...seen].join("; "));
    await edgewalk.last();
    same(await edgewalk.picture(), atTheEnd, "the end");
  });
});

test("in steps of one decision, the page is the same from both ends, too", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.stepSize.selectOption("Decision");
    await edgewalk.send(FROM_PARIS);
    await noFocus(edgewalk);
    const { page } = edgewalk;
    await page.keyboard.press("Home");
    const onTheWay = [];
    while (await edgewalk.button("Step forward").isEnabled()) {
      onTheWay.push(await edgewalk.picture());
      await page.keyboard.press("ArrowRight");
    }
    assert.ok(onTheWay.length > 12, `${onTheWay.length} decisions`);
    for (const picture of onTheWay.reverse()) {
      await page.keyboard.press("ArrowLeft");
      same(await edgewalk.picture(), picture, "a decision, going back");
    }
  });
});

/** Keys are the page's own only where no field has the focus. */
async function noFocus({ page }) {
  await page.evaluate(() => document.activeElement.blur());
}

test("an action in the past says how many later steps it has dropped, and only then", async () => {
  await walk(site, async (edgewalk) => {
    const said = () => edgewalk.page.locator(".messages").innerText();
    await edgewalk.sendThrough({ city: "Paris", path: "/img/hero.jpg" });
    await edgewalk.sendThrough();
    assert.equal((await said()).trim(), "");
    await edgewalk.page.keyboard.press("Home");
    await edgewalk.send();
    await eventually(said, "6 later steps are dropped. Undo brings them back.");
    await edgewalk.button("Undo").click();
    await edgewalk.last();
    assert.match(await edgewalk.status(), /^Step 6 of 6\./);
  });
});
