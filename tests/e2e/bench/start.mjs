// How soon a fresh page answers.

import { Edgewalk } from "../edgewalk.mjs";
import { median, row } from "./say.mjs";

const FRESH_STARTS = 5;

/** Seconds from the navigation until "Send request" was pressed and the status line has said what came of it. */
export async function start(site) {
  const seconds = [];
  for (let count = 0; count < FRESH_STARTS; count += 1) {
    const page = await site.blank({ motion: true });
    await page.addInitScript(() => {
      new MutationObserver((_, observer) => {
        const status = document.querySelector('[aria-label="Path"] [role="status"]')?.textContent ?? "";
        if (!status.startsWith("Step 1 ")) return;
        globalThis.answeredAt = performance.now(); // counts from the navigation
        observer.disconnect();
      }).observe(document, { childList: true, characterData: true, subtree: true });
    });
    await page.goto(site.origin, { waitUntil: "commit" });
    await new Edgewalk(page).button("Send request").click();
    const answered = await page.waitForFunction(() => globalThis.answeredAt);
    seconds.push((await answered.jsonValue()) / 1000);
    await site.quiet(page);
  }
  row(`First interaction, median of ${FRESH_STARTS}`, `${median(seconds).toFixed(2)} s`, "under 1.5 s");
}
