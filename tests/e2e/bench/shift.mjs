// How much of the page shifts while a walk is stepped through, to its end and back: the sum of the scores.

import { Edgewalk } from "../edgewalk.mjs";
import { SHIFT_SIZES, shiftsWhileStepping } from "../shifts.mjs";
import { row, sum } from "./say.mjs";

export async function shift(site) {
  const scores = [];
  for (const size of SHIFT_SIZES) {
    const page = await site.open("/", { ...size, motion: true });
    const shifts = await shiftsWhileStepping(new Edgewalk(page));
    scores.push(sum(shifts.map(({ value }) => value)));
    await site.quiet(page);
  }
  const widths = SHIFT_SIZES.map(({ width }) => width).join(", ");
  row(`Layout shift while stepping to the end and back, ${widths} px`, scores.map((score) => score.toFixed(4)).join(", "), "0");
}
