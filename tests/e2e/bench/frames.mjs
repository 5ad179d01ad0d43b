// What each frame of a played walk costs: a miss all the way, at the normal speed, with its motion, from a trace.

import { Edgewalk } from "../edgewalk.mjs";
import { milliseconds, percentile, row } from "./say.mjs";
import { framesOf, traced } from "./trace.mjs";

const MARK = "played";
/** Twelve steps of 1.6 s. */
const PLAYED_WITHIN_MS = 40_000;

export async function frames(site) {
  const page = await site.open("/", { motion: true });
  const edgewalk = new Edgewalk(page);
  await edgewalk.send({ city: "Paris", path: "/img/hero.jpg" });
  const events = await traced(await site.browser(), async () => {
    await page.evaluate((mark) => performance.mark(mark), MARK);
    await edgewalk.button("Play").click();
    await edgewalk.button("Pause").waitFor();
    await edgewalk.button("Play").waitFor({ timeout: PLAYED_WITHIN_MS });
  });
  const all = framesOf(events, MARK);
  const of = (sorts) => all.map((frame) => sorts.reduce((spent, sort) => spent + frame[sort], 0));
  const limited = of(["script", "style", "layout"]);
  const parts = ["script", "style", "layout", "paint"].map((sort) => `${sort} ${percentile(of([sort]), 95).toFixed(1)}`);
  const figures = `${milliseconds(percentile(limited, 95))}, worst ${milliseconds(Math.max(...limited))}, of ${all.length} frames`;
  row("Script, style and layout per frame of a played walk, 95th percentile", `${figures} (each alone: ${parts.join(", ")})`, "under 8 ms");
  await site.quiet(page);
}
