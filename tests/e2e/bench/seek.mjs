// Seeking in a walk of a thousand exchanges: at places all over it the playhead is sent to steps of the exchange there, and
// from each the ends are jumped to.

import { Edgewalk } from "../edgewalk.mjs";
import { openLongWalk } from "./long_walk.mjs";
import { median, milliseconds, pause, row } from "./say.mjs";
import { middle, press, stopwatch } from "./stopwatch.mjs";

const EXCHANGES = 1_000;
const PLACES = 10;
/** Which steps of the exchange in view are chosen at each place, as shares of their row: each is another than the one before. */
const SHARES = [0.99, 0, 0.5];
/** The address has followed by then. */
const SETTLED_MS = 700;

export async function seek(site) {
  const page = await site.open("/");
  const edgewalk = new Edgewalk(page);
  const spent = await stopwatch(page);
  const opening = await spent(() => openLongWalk(edgewalk, EXCHANGES));
  row(`Opening a walk of ${EXCHANGES} exchanges, script`, milliseconds(opening.script), "");

  const last = await lastStep(page);
  const [seeks, jumps] = [[], []];
  for (let place = 0; place < PLACES; place += 1) {
    await goTo(page, Math.round(((place + 0.5) * last) / PLACES));
    const buttons = await edgewalk.steps.getByRole("button").all();
    for (const share of SHARES) {
      await page.mouse.move(...(await middle(buttons[Math.floor(share * buttons.length)])));
      await pause(SETTLED_MS);
      seeks.push(await spent(() => press(page)));
    }
    for (const end of ["First step", "Last step"]) {
      await page.mouse.move(...(await middle(edgewalk.button(end))));
      await pause(SETTLED_MS);
      jumps.push(await spent(() => press(page)));
    }
  }
  said(`to steps at ${PLACES} places`, seeks);
  said("to the ends", jumps);
  await site.quiet(page);
}

function said(what, moves) {
  const of = (part) => moves.map((move) => move[part]);
  const script = of("script");
  const figures = `median ${milliseconds(median(script))}, worst ${milliseconds(Math.max(...script))}`;
  const all = `with style and layout ${milliseconds(median(of("all")))}, worst ${milliseconds(Math.max(...of("all")))}`;
  row(`Script for a seek among ${EXCHANGES} exchanges, ${what}, ${moves.length} times`, `${figures} (${all})`, "under 16 ms");
}

/** How many steps the walk has, which the address says at its end. */
async function lastStep(page) {
  await page.keyboard.press("End");
  const number = await page.waitForFunction(() => /&step=(\d+)$/.exec(location.hash)?.[1]);
  return Number(await number.jsonValue());
}

/** Goes to a step as a link does: the same walk with another step. */
async function goTo(page, step) {
  await page.evaluate((step) => {
    location.hash = location.hash.replace(/(&step=.*)?$/, `&step=${step}`);
  }, step);
  await pause(SETTLED_MS);
}
