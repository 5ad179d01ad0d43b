// What a step and a scrub cost, at the end of a walk of fifteen exchanges.

import { Edgewalk } from "../edgewalk.mjs";
import { pause, row } from "./say.mjs";
import { middle, press, stopwatch, summary } from "./stopwatch.mjs";

const MOVES = 30;
/** What moves has come to rest by then: a step forward before that would only end the motion. */
const MOTION_MS = 700;
const CITIES = ["Paris", "London", "Tokyo", "Lagos", "Mumbai", "Frankfurt"];
const PATHS = ["/img/hero.jpg", "/app.js", "/index.html", "/api/orders", "/img/sale.jpg", "/img/hero.jpg", "/style.css"];

export async function moves(site) {
  const page = await site.open("/", { motion: true });
  const edgewalk = new Edgewalk(page);
  for (let count = 0; count < 14; count += 1) {
    await edgewalk.sendThrough({ city: CITIES[count % CITIES.length], path: PATHS[count % PATHS.length] });
  }
  // A whole miss last, so that a scrub crosses all its steps.
  await edgewalk.sendThrough({ city: "Sydney", path: "/img/team.jpg" });
  const spent = await stopwatch(page);

  const forward = [];
  await edgewalk.button("First step").click();
  await page.mouse.move(...(await middle(edgewalk.button("Step forward"))));
  await pause(500);
  for (let count = 0; count < MOVES; count += 1) {
    forward.push(await spent(() => press(page)));
    await pause(MOTION_MS);
  }
  row(`Script, style and layout for Step forward, median of ${MOVES}`, summary(forward), "under 16 ms");

  const scrub = [];
  await edgewalk.button("Last step").click();
  const box = await edgewalk.playhead.boundingBox();
  const [, y] = await middle(edgewalk.playhead);
  await page.mouse.move(box.x + box.width - 4, y);
  await page.mouse.down();
  await pause(500);
  for (let count = 0; count < MOVES; count += 1) {
    // To and fro, so that each one crosses several steps.
    const share = count % 2 ? 0.9 - count / 100 : 0.05 + count / 100;
    scrub.push(await spent(() => page.mouse.move(box.x + box.width * share, y)));
  }
  await page.mouse.up();
  row(`Script, style and layout for a scrub, median of ${MOVES}`, summary(scrub), "under 16 ms");
  await site.quiet(page);
}
