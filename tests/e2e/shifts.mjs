// What shifts on the page: Chromium's own measure of elements that start elsewhere than in the frame before. What follows a
// press counts like anything else, since every step is one.

/** The sizes at which nothing may shift. */
export const SHIFT_SIZES = [{ width: 1440, height: 900 }, { width: 820, height: 1180 }, { width: 390, height: 844 }];

/** Walks in which the path, the map, the shelves and what is told all change, with the way past the regional cache. */
export const SHIFT_WALKS = ["pushed-out", "same-region"];
const STEPS = 45;

/** Opens a walk, steps to its end and back, and tells what has shifted at each step, with its score. */
export async function shiftsWhileStepping(edgewalk, walk) {
  const { page } = edgewalk;
  await page.evaluate((walk) => { location.hash = `walk=${walk}`; }, walk);
  await page.getByRole("status").filter({ hasText: /^Step 1 of / }).waitFor({ state: "attached" });
  // The type comes with the page: what it moves belongs to the opening.
  await page.evaluate(() => document.fonts.ready.then(() => null));
  const shifted = await watch(page);
  await shifted(); // what opening has moved
  const found = [];
  for (const name of ["Step forward", "Step back"]) {
    for (let count = 0; count < STEPS; count += 1) {
      const before = await edgewalk.status();
      await edgewalk.button(name).click({ force: true }); // where it leads nowhere, nothing happens
      for (const { value, moved } of await shifted()) found.push({ at: `${name} from "${before}"`, value, moved });
    }
  }
  return found;
}

/** Begins to watch; returns a function that tells what has shifted since. */
async function watch(page) {
  await page.evaluate(() => {
    const name = (node) => (node ? `${node.localName ?? `"${node.data}"`}.${[...(node.classList ?? [])].join(".")}` : "something gone");
    const box = ({ x, y, width, height }) => `${x},${y} ${width}x${height}`;
    const moved = ({ node, previousRect, currentRect }) => `${name(node)} from ${box(previousRect)} to ${box(currentRect)}`;
    globalThis.shifts = [];
    new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries()) globalThis.shifts.push({ value, moved: sources.map(moved) });
    }).observe({ type: "layout-shift" });
  });
  return async () => {
    // Two frames: what the last move shifted has been told by then.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    return page.evaluate(() => globalThis.shifts.splice(0));
  };
}
