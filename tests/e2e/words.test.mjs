// Who does not see the stage is told all of it: its parts by name in the order of the trip, and each step by a polite line.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { MISS_STEPS, walk } from "./edgewalk.mjs";
import { launch } from "./support.mjs";

const site = await launch();
after(() => site.close());

const FROM_PARIS = { city: "Paris", path: "/img/hero.jpg" };
const [POP, REC] = ["Edge location CDG, Paris", "Regional edge cache eu-west-2"];

/** The stage as assistive technology has it: a role, a name and a text a line. */
const told = ({ page }) => page.getByRole("main").ariaSnapshot();

test("the stage is told in words: places in order, where the request is, what was decided, what each cache holds", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.send(FROM_PARIS);
    await edgewalk.goTo("REC looks");
    const text = await told(edgewalk);
    const order = ["Viewer, Paris", "DNS", POP, REC, "Origin us-east-1"].map((name) => text.indexOf(`- group "${name}"`));
    assert.ok(order.every((at, index) => at > (order[index - 1] ?? 0)), `${order}`);
    for (const said of ["10 ms", "6.5 ms Request: GET hero.jpg", "81 ms", "waiting 41 ms so far", "S3 bucket shop-media"]) {
      assert.ok(text.includes(said), said);
    }
    for (const name of [POP, REC]) assert.equal(await edgewalk.station(name).getByText("Miss", { exact: true }).count(), 1);
    assert.equal(await edgewalk.shelfText(POP), "hero.jpg waiting");
    assert.equal(await edgewalk.shelfText(REC), "hero.jpg not here");
    await edgewalk.last();
    assert.ok((await told(edgewalk)).includes("10 ms Answer: 200 hero.jpg"));
    for (const name of [POP, REC]) assert.match(await edgewalk.shelfText(name), /^hero\.jpg 1\sd/);
  });
});

test("one station is the current one, and it is where the step is", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.send(FROM_PARIS);
    const at = { URL: "Viewer, Paris", "POP looks": POP, "REC looks": REC, "At origin": "Origin us-east-1", "POP keeps": POP, Shown: "Viewer, Paris" };
    for (const [label, name] of Object.entries(at)) {
      await edgewalk.goTo(label);
      const current = await edgewalk.path.locator("[aria-current=true]").evaluateAll((all) => all.map((one) => one.ariaLabel));
      assert.deepEqual(current, [name], label);
    }
  });
});

test("each step is spoken, once, by a polite line that stays in the page", async () => {
  await walk(site, async (edgewalk) => {
    const line = edgewalk.path.getByRole("status");
    assert.equal(await line.getAttribute("aria-live"), "polite");
    // A line that is put in anew is not read by every screen reader.
    await line.evaluate((element) => (element.seen = true));
    await edgewalk.send(FROM_PARIS);
    const spoken = [];
    for (const label of MISS_STEPS) {
      await edgewalk.goTo(label);
      assert.equal(await line.evaluate((element) => element.seen), true, label);
      spoken.push(await edgewalk.status());
    }
    assert.equal(new Set(spoken).size, 12);
    spoken.forEach((text, index) => assert.match(text, new RegExp(`^Step ${index + 1} of 12\\. \\w.+\\.$`)));
    assert.equal(spoken[6], "Step 7 of 12. Regional edge cache: miss.");
    assert.match(await edgewalk.playhead.getAttribute("aria-valuetext"), /12 of 12/);
  });
});

test("what is drawn and not told is kept from assistive technology", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.sendThrough(FROM_PARIS);
    const heard = await edgewalk.page.locator("svg").evaluateAll((all) =>
      all.filter((one) => !one.closest("[aria-hidden=true]") && !one.ariaLabel && one.checkVisibility()).map((one) => one.outerHTML.slice(0, 80)),
    );
    assert.deepEqual(heard, []);
  });
});
