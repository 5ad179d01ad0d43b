// What the built site weighs and how quickly it answers. `cargo xtask bench` runs this on the release build and prints
// the lines: a name, what was measured and its limit, with tabs between. It never fails on a figure.
// Arguments choose among the parts: `node bench.mjs seek memory`.

import { frames } from "./bench/frames.mjs";
import { lighthouse } from "./bench/lighthouse.mjs";
import { log } from "./bench/log.mjs";
import { memory } from "./bench/memory.mjs";
import { moves } from "./bench/moves.mjs";
import { seek } from "./bench/seek.mjs";
import { shift } from "./bench/shift.mjs";
import { start } from "./bench/start.mjs";
import { weight } from "./bench/weight.mjs";
import { launch } from "./support.mjs";

const PARTS = { weight, start, moves, frames, seek, log, shift, memory, lighthouse };

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !(name in PARTS));
if (unknown.length > 0) throw new Error(`there is no part ${unknown.join(", ")}: they are ${Object.keys(PARTS).join(", ")}`);

const site = await launch();
try {
  for (const [name, part] of Object.entries(PARTS)) {
    if (chosen.length === 0 || chosen.includes(name)) await part(site);
  }
} finally {
  await site.close();
}
