// How much of the page shifts while walks are stepped through, to their ends and back: the sum of the scores.

import { Edgewalk } from "../edgewalk.mjs";
import { SHIFT_SIZES, SHIFT_WALKS, shiftsWhileStepping } from "../shifts.mjs";
import { row, sum } from "./say.mjs";

export async function shift(site) {
  const scores = [];
  for (const size of SHIFT_SIZES) {
    let score = 0;
    for (const name of SHIFT_WALKS) {
      const page = await site.open("/", { ...size, motion: true });
      score += sum((await shiftsWhileStepping(new Edgewalk(page), name)).map(({ value }) => value));
      await site.quiet(page);
    }
    scores.push(score);
  }
  const widths = SHIFT_SIZES.map(({ width }) => width).join(", ");
  row(`Layout shift while stepping to the end and back, ${widths} px`, scores.map((score) => score.toFixed(4)).join(", "), "0");
}
