// The page holds no more after many steps than after few: what stood there before is given back.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { walk } from "./edgewalk.mjs";
import { press, wasmBytes } from "./stepping.mjs";
import { launch } from "./support.mjs";

const site = await launch();
after(() => site.close());

/** From one exchange to another and back: everything in the timeline is drawn anew each time. */
const ENDS = ["First step", "Last step"];
const TIMES = 120;

test("going from exchange to exchange again and again leaves nothing behind", async () => {
  await walk(site, async (edgewalk) => {
    const { page } = edgewalk;
    page.setDefaultTimeout(60_000);
    for (const city of ["Paris", "Paris", "Lagos"]) await edgewalk.sendThrough({ city, path: "/img/hero.jpg" });
    await press(page, ENDS, TIMES); // what is made once has been made by then
    const before = await wasmBytes(page);
    await press(page, ENDS, TIMES);
    await press(page, ENDS, TIMES);
    assert.equal(await wasmBytes(page), before, "bytes of memory");
  });
});
