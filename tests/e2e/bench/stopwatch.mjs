// What an action costs the page's main thread in script, style and layout, from Chromium's own counters.

import { median, milliseconds, pause } from "./say.mjs";

/** Three frames: what a press sets off has been drawn by then. */
const AFTER_A_MOVE_MS = 50;

/** Returns `spent(act)`, which acts and tells the milliseconds, with those of the frames that follow at once. */
export async function stopwatch(page) {
  const session = await page.context().newCDPSession(page);
  // The time that the thread itself had: on a busy machine the clock would count the others, too.
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const read = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    const of = (name) => metrics.find((metric) => metric.name === name).value * 1000;
    return { script: of("ScriptDuration"), style: of("RecalcStyleDuration"), layout: of("LayoutDuration") };
  };
  return async (act) => {
    const before = await read();
    await act();
    await pause(AFTER_A_MOVE_MS);
    const after = await read();
    const [script, style, layout] = ["script", "style", "layout"].map((part) => after[part] - before[part]);
    return { script, style, layout, all: script + style + layout };
  };
}

/** Of what many moves cost: the median, its parts and the worst. */
export function summary(moves) {
  const of = (part) => moves.map((move) => move[part]);
  const parts = ["script", "style", "layout"].map((part) => `${part} ${median(of(part)).toFixed(1)}`);
  return `${milliseconds(median(of("all")))} (${parts.join(", ")}), worst ${milliseconds(Math.max(...of("all")))}`;
}

/** Where the mouse has to be to press something. The mouse itself presses, so that no script of the driver's counts. */
export async function middle(locator) {
  const { x, y, width, height } = await locator.boundingBox();
  return [x + width / 2, y + height / 2];
}

export const press = ({ mouse }) => mouse.down().then(() => mouse.up());
