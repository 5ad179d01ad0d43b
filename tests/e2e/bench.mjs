// What the built site weighs and how quickly it answers. `cargo xtask bench` runs this on the release build and prints
// the lines: a name, what was measured and its limit, with tabs between. It never fails on a figure.

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { Edgewalk } from "./edgewalk.mjs";
import { launch } from "./support.mjs";

const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));
const FRESH_STARTS = 5;
const MOVES = 30;
/** Three frames: what a press sets off has been drawn by then. */
const AFTER_A_MOVE_MS = 50;

const row = (name, value, limit) => console.log(`${name}\t${value}\t${limit}`);
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} KB`;
const milliseconds = (span) => `${span.toFixed(1)} ms`;
const sorted = (numbers) => [...numbers].sort((one, other) => one - other);
const median = (numbers) => sorted(numbers)[Math.floor(numbers.length / 2)];
const pause = (span) => new Promise((resolve) => setTimeout(resolve, span));

/** Of what 30 moves cost: the median, its parts and the worst. */
function summary(moves) {
  const of = (part) => moves.map((move) => move[part]);
  const parts = ["script", "style", "layout"].map((part) => `${part} ${median(of(part)).toFixed(1)}`);
  return `${milliseconds(median(of("all")))} (${parts.join(", ")}), worst ${milliseconds(Math.max(...of("all")))}`;
}

weigh();
const site = await launch();
try {
  row("First interaction, median of 5", `${(await firstInteraction()).toFixed(2)} s`, "under 1.5 s");
  const { forward, scrub } = await moves();
  row("Script and layout for Step forward, median of 30", summary(forward), "under 16 ms");
  row("Script and layout for a scrub, median of 30", summary(scrub), "under 16 ms");
} finally {
  await site.close();
}

/** The wasm and the JavaScript glue beside it, as a server with gzip -9 sends them. */
function weigh() {
  const zipped = (ending) => {
    const name = readdirSync(DIST).find((name) => name.startsWith("edgewalk-") && name.endsWith(ending));
    return gzipSync(readFileSync(DIST + name), { level: 9 }).length;
  };
  const [wasm, glue] = [zipped(".wasm"), zipped(".js")];
  row("wasm and JS glue, gzip -9", `${kilobytes(wasm + glue)} (${kilobytes(wasm)} and ${kilobytes(glue)})`, "at most 340 KB");
}

/** Seconds from the navigation until "Send request" was pressed and the status line has said what came of it. */
async function firstInteraction() {
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
  return median(seconds);
}

/** Milliseconds of script, style and layout for each of 30 steps forward and 30 scrubs, at the end of a long walk. */
async function moves() {
  const page = await site.open("/", { motion: true });
  const edgewalk = new Edgewalk(page);
  const cities = ["Paris", "London", "Tokyo", "Lagos", "Mumbai", "Frankfurt"];
  const paths = ["/img/hero.jpg", "/app.js", "/index.html", "/api/orders", "/img/sale.jpg", "/img/hero.jpg", "/style.css"];
  for (let count = 0; count < 14; count += 1) {
    await edgewalk.sendThrough({ city: cities[count % cities.length], path: paths[count % paths.length] });
  }
  const spent = await stopwatch(page);

  const forward = [];
  await edgewalk.button("First step").click();
  // The mouse itself, so that no script of the driver's counts.
  await page.mouse.move(...(await middle(edgewalk.button("Step forward"))));
  await pause(500);
  for (let count = 0; count < MOVES; count += 1) {
    forward.push(await spent(() => page.mouse.down().then(() => page.mouse.up())));
  }

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
  await site.quiet(page);
  return { forward, scrub };
}

async function middle(locator) {
  const { x, y, width, height } = await locator.boundingBox();
  return [x + width / 2, y + height / 2];
}

/** Measures what an action costs the page's main thread in script, style and layout, from Chromium's own counters. */
async function stopwatch(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
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
