// Nothing on the page shifts while a walk is stepped through, to its end and back.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { walk } from "./edgewalk.mjs";
import { SHIFT_SIZES, SHIFT_WALKS, shiftsWhileStepping } from "./shifts.mjs";
import { launch } from "./support.mjs";

const site = await launch();
after(() => site.close());

for (const size of SHIFT_SIZES) {
  for (const motion of [false, true]) {
    test(`nothing shifts at ${size.width} px while walks are stepped through${motion ? " with motion" : ""}`, async () => {
      for (const name of SHIFT_WALKS) {
        await walk(site, { ...size, motion }, async (edgewalk) => {
          assert.deepEqual((await shiftsWhileStepping(edgewalk, name)).slice(0, 5), [], name);
        });
      }
    });
  }
}
