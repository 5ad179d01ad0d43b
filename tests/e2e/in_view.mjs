// What is wrong with the page as it is, in both themes: for whoever cannot see or hold a mouse, and on a small screen.

import { tooSmall, tooWide } from "./fits.mjs";
import { LISTED, paintedTexts } from "./painted.mjs";
import { accessibilityFaults } from "./support.mjs";

/**
 * What axe-core finds, pairs of colours that no list has, what does not fit, and what is too small to be pressed.
 * @returns {Promise<string[]>} a line each, beginning with the state that it was found in
 */
export async function faultsInView(edgewalk, size, state) {
  const { page } = edgewalk;
  const faults = [];
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    const { unlisted } = await page.evaluate(paintedTexts, LISTED);
    for (const fault of [...(await accessibilityFaults(page)), ...unlisted]) faults.push(`${state}, ${colorScheme}: ${fault}`);
  }
  const small = await page.evaluate(tooSmall, size.width < 600 ? 40 : 24);
  for (const fault of [...(await tooWide(edgewalk)), ...small]) faults.push(`${state}: ${fault}`);
  return faults;
}
