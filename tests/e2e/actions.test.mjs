// Undo, acting at an earlier step, and playing.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { same, standing, walk } from "./edgewalk.mjs";
import { launch } from "./support.mjs";

const site = await launch();
after(() => site.close());

const PARIS_POP = "Edge location CDG, Paris";
const FROM_PARIS = { city: "Paris, France", path: "/img/hero.jpg" };

test("undo takes back a send, and redo sends again", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.compose(FROM_PARIS);
    const before = await edgewalk.picture();
    await edgewalk.sendThrough();
    const after = await edgewalk.picture();
    await edgewalk.button("Undo").click();
    same(await edgewalk.picture(), before, "as if it had never been sent");
    assert.equal(await edgewalk.button("Undo").isDisabled(), true);
    await edgewalk.button("Redo").click();
    same(await edgewalk.picture(), after, "sent again");
    assert.equal(await edgewalk.button("Redo").isDisabled(), true);
  });
});

for (const name of ["Start with empty caches", "Dynamic request", "Proxy method", "S3 in the same Region"]) {
  test(`undo takes back the switch "${name}" and nothing else`, async () => {
    await walk(site, async (edgewalk) => {
      await edgewalk.sendThrough(FROM_PARIS);
      const before = await edgewalk.picture();
      await edgewalk.flip(name);
      assert.equal(await edgewalk.toggle(name).isChecked(), true);
      await edgewalk.button("Undo").click();
      assert.equal(await edgewalk.toggle(name).isChecked(), false);
      same(await edgewalk.picture(), before, "after undoing");
    });
  });
}

test("a switch shows what holds at the playhead", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.sendThrough(FROM_PARIS);
    await edgewalk.flip("Proxy method");
    assert.equal(await edgewalk.method("POST").isChecked(), true);
    await edgewalk.back();
    assert.equal(await edgewalk.toggle("Proxy method").isChecked(), false);
    assert.equal(await edgewalk.method("GET").isChecked(), true);
    await edgewalk.forward();
    assert.equal(await edgewalk.toggle("Proxy method").isChecked(), true);
  });
});

test("acting at an earlier step drops what came later, and undo gives it back", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.sendThrough(FROM_PARIS);
    await edgewalk.sendThrough();
    assert.equal(await edgewalk.header("X-Cache"), "Hit from cloudfront");
    const before = await edgewalk.picture();

    // In the middle of the first request: it completes, the second one never was, and London finds it in the REC.
    await edgewalk.first();
    await edgewalk.forward();
    await edgewalk.sendThrough({ city: "London" });
    assert.equal(await edgewalk.station("Viewer, London").isVisible(), true);
    assert.match(await edgewalk.inspector.innerText(), /The regional edge cache in London answered/);
    await edgewalk.first();
    let ends = 0;
    for (let step = 0; step < 60 && (await edgewalk.button("Step forward").isEnabled()); step += 1) {
      await edgewalk.forward();
      if (/At the viewer/.test(await edgewalk.status())) ends += 1;
    }
    assert.equal(ends, 2, "one answer for Paris, one for London");

    await edgewalk.button("Undo").click();
    await edgewalk.compose({ city: "Paris, France" });
    same(await edgewalk.picture(), before, "both requests from Paris are there again");
    await edgewalk.button("Undo").click();
    await edgewalk.button("Undo").click();
    assert.equal(await edgewalk.status(), "Nothing sent yet.");
  });
});

test("a setting changed at an earlier step forgets the later one", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.sendThrough(FROM_PARIS);
    await edgewalk.invalidateThrough("/img/*");
    assert.deepEqual(await edgewalk.objects(PARIS_POP), []);
    await edgewalk.first();
    await edgewalk.flip("Proxy method");
    await edgewalk.last();
    assert.deepEqual(await edgewalk.objects(PARIS_POP), ["hero.jpg"], "the invalidation is dropped");
    await edgewalk.button("Undo").click();
    await edgewalk.last();
    assert.deepEqual(await edgewalk.objects(PARIS_POP), [], "and it is back");
    assert.equal(await edgewalk.toggle("Proxy method").isChecked(), false);
  });
});

// The page's timers are Playwright's in these tests, and time stands while none runs it on: no test waits, none depends on the machine.

/** How long a step is shown at 1x. */
const STEP_MS = 1_600;

async function playing(edgewalk) {
  const { clock } = edgewalk.page;
  // Before anything waits: what the browser's own clock has begun, the installed one cannot call off.
  await standing(clock);
  await edgewalk.sendThrough(FROM_PARIS);
  await edgewalk.first();
  await edgewalk.button("Play").click();
  return { clock, step: async () => Number(/^Step (\d+) of 12/.exec(await edgewalk.status())?.[1]) };
}

test("play goes from step to step, and pause stops it", async () => {
  await walk(site, async (edgewalk) => {
    const { clock, step } = await playing(edgewalk);
    assert.equal(await edgewalk.button("Play").count(), 0, "the button is called Pause now");
    await clock.runFor(STEP_MS);
    assert.equal(await step(), 2);
    await clock.runFor(STEP_MS);
    assert.equal(await step(), 3);
    await edgewalk.button("Pause").click();
    await clock.runFor(STEP_MS * 5);
    assert.equal(await step(), 3);
    await edgewalk.button("Play").click();
    await clock.runFor(STEP_MS);
    assert.equal(await step(), 4);
  });
});

test("play stops at the end, and play at the end begins anew", async () => {
  await walk(site, async (edgewalk) => {
    const { clock, step } = await playing(edgewalk);
    await clock.runFor(STEP_MS * 11);
    assert.equal(await step(), 12);
    assert.equal(await edgewalk.button("Play").isVisible(), true, "it does not play any more");
    await clock.runFor(STEP_MS * 3);
    assert.equal(await step(), 12);
    await edgewalk.button("Play").click();
    assert.equal(await step(), 1);
    await clock.runFor(STEP_MS);
    assert.equal(await step(), 2);
  });
});

test("speed is from a quarter to fourfold, also while it plays", async () => {
  await walk(site, async (edgewalk) => {
    const { clock, step } = await playing(edgewalk);
    const labels = await edgewalk.speed.getByRole("option").allInnerTexts();
    assert.deepEqual(labels, ["0.25×", "0.5×", "1×", "2×", "4×"]);
    await edgewalk.speed.selectOption("4×");
    await clock.runFor(STEP_MS);
    assert.equal(await step(), 5);
    await edgewalk.speed.selectOption("0.25×");
    await clock.runFor(STEP_MS * 2);
    assert.equal(await step(), 5);
    await clock.runFor(STEP_MS * 2);
    assert.equal(await step(), 6);
  });
});

test("a step by hand stops what plays", async () => {
  await walk(site, async (edgewalk) => {
    const { clock, step } = await playing(edgewalk);
    await edgewalk.forward();
    await clock.runFor(STEP_MS * 3);
    assert.equal(await step(), 2);
  });
});

test("a larger step size goes to the end of an exchange", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.send(FROM_PARIS);
    await edgewalk.send();
    await edgewalk.first();
    await edgewalk.stepSize.selectOption("Exchange");
    await edgewalk.forward();
    assert.equal(await edgewalk.status(), "Step 12 of 12. At the viewer.");
    await edgewalk.forward();
    assert.equal(await edgewalk.status(), "Step 6 of 6. At the viewer.");
    await edgewalk.back();
    assert.equal(await edgewalk.status(), "Step 12 of 12. At the viewer.");
  });
});
