// Whether memory stays as it is over ten thousand steps back and forth.

import { Edgewalk } from "../edgewalk.mjs";
import { row } from "./say.mjs";

const ROUNDS = 10;
const STEPS_A_ROUND = 1_000;
/** Steps forward before those back: over the border of an exchange and well into the next. */
const STRIDE = 25;
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
  await backAndForth(page, STEPS_A_ROUND); // everything that is made once has been made by then
  const readings = [await read()];
  for (let round = 0; round < ROUNDS; round += 1) {
    await backAndForth(page, STEPS_A_ROUND);
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

/** Presses the buttons of the page from within it; after each press everything that follows the signals has run. */
function backAndForth(page, steps) {
  return page.evaluate(
    async ({ steps, stride }) => {
      const turn = () => new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => { port1.close(); resolve(); };
        port2.postMessage(0);
      });
      const [forward, back] = ["Step forward", "Step back"].map((name) => document.querySelector(`button[aria-label="${name}"]`));
      for (let count = 0; count < steps; count += 1) {
        (count % (2 * stride) < stride ? forward : back).click();
        await turn();
        // A frame now and then, as a person would see one.
        if (count % 10 === 9) await new Promise(requestAnimationFrame);
      }
    },
    { steps, stride: STRIDE },
  );
}

/** What is in use once everything that can be collected has been. */
async function meter(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Runtime.enable");
  return async () => {
    for (let count = 0; count < 3; count += 1) await session.send("HeapProfiler.collectGarbage");
    const { usedSize } = await session.send("Runtime.getHeapUsage");
    const { nodes, jsEventListeners } = await session.send("Memory.getDOMCounters");
    const pages = await page.evaluate(async () => {
      const address = document.querySelector('meta[name="app-module"]').content;
      const module = await import(new URL(address, document.baseURI)); // the one that runs the page
      return (await module.default()).memory.buffer.byteLength;
    });
    return { "script heap": usedSize / 1000, "wasm memory": pages / 1000, elements: nodes, listeners: jsEventListeners };
  };
}
