// Whether memory stays as it is over ten thousand steps back and forth.

import { Edgewalk } from "../edgewalk.mjs";
import { press, wasmBytes } from "../stepping.mjs";
import { row } from "./say.mjs";

const ROUNDS = 10;
const STEPS_A_ROUND = 1_000;
/** Over the borders of exchanges: so many steps forward, as many back. */
const STRIDE = 25;
const NAMES = ["Step forward", "Step back"].flatMap((name) => Array(STRIDE).fill(name));
const ROUND_WITHIN_MS = 10 * 60_000;

export async function memory(site) {
  const page = await site.open("/");
  page.setDefaultTimeout(ROUND_WITHIN_MS);
  const edgewalk = new Edgewalk(page);
  for (const [city, path] of [["Paris", "/img/hero.jpg"], ["Paris", "/img/hero.jpg"], ["Tokyo", "/api/orders"], ["Lagos", "/img/hero.jpg"]]) {
    await edgewalk.sendThrough({ city, path });
  }
  await edgewalk.first();
  const read = await meter(page);
  await press(page, NAMES, STEPS_A_ROUND); // everything that is made once has been made by then
  const readings = [await read()];
  for (let round = 0; round < ROUNDS; round += 1) {
    await press(page, NAMES, STEPS_A_ROUND);
    readings.push(await read());
  }
  const steps = ROUNDS * STEPS_A_ROUND;
  for (const [name, unit] of [["script heap", "KB"], ["wasm memory", "KB"], ["elements", ""], ["listeners", ""]]) {
    const of = readings.map((reading) => reading[name]);
    const figures = [of[0], of[Math.floor(ROUNDS / 2)], of.at(-1)].map((figure) => Math.round(figure).toLocaleString("en")).join(", ");
    row(`Memory after 0, ${(steps / 2).toLocaleString("en")} and ${steps.toLocaleString("en")} steps: ${name}`, `${figures} ${unit}`.trim(), "steady");
  }
  await site.quiet(page);
}

/** What is in use once everything that can be collected has been. */
async function meter(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Runtime.enable");
  return async () => {
    for (let count = 0; count < 3; count += 1) await session.send("HeapProfiler.collectGarbage");
    const { usedSize } = await session.send("Runtime.getHeapUsage");
    const { nodes, jsEventListeners } = await session.send("Memory.getDOMCounters");
    const wasm = await wasmBytes(page);
    return { "script heap": usedSize / 1000, "wasm memory": wasm / 1000, elements: nodes, listeners: jsEventListeners };
  };
}
