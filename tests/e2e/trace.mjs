// The long trace of benches/trace in the page, in Chromium: `cargo xtask bench` runs this on a site that has it and prints
// the lines. EDGEWALK_DIST names that site. A number makes the trace shorter.

import { launch } from "./support.mjs";

const requests = Number(process.argv[2] ?? 4_000_000);
/** Long traces take minutes; the page answers nothing else meanwhile. */
const PATIENCE_MS = 20 * 60_000;

const site = await launch();
try {
  const page = await site.open("/");
  page.setDefaultTimeout(PATIENCE_MS);
  const [took, ...answered] = await page.evaluate(async (requests) => {
    const address = document.querySelector('meta[name="app-module"]').content;
    const module = await import(new URL(address, document.baseURI)); // the one that runs the page
    return [...module.trace(requests)];
  }, requests);
  console.log(`In the page, ${requests} requests:`);
  console.log(`  wasm, counting                            ${(requests / took / 1000).toFixed(3)} million a second`);
  console.log(`  wasm, answered by POP, REC and origin     ${answered.join(", ")}`);
} finally {
  await site.close();
}
