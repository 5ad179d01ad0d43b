// Opening an access log of 100,000 lines, plain and packed, and scrolling through it, with what that takes of memory.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { longLog } from "../long_log.mjs";
import { wasmBytes } from "../stepping.mjs";
import { milliseconds, percentile, row } from "./say.mjs";
import { framesOf, traced } from "./trace.mjs";

const LINES = 100_000;
const MARK = "scrolled";
const FRAMES = 300;
const PATIENCE_MS = 60_000;

export async function log(site) {
  const folder = mkdtempSync(join(tmpdir(), "edgewalk-log-"));
  try {
    const text = longLog(LINES);
    const files = { plain: [join(folder, "long.log"), Buffer.from(text)], gzip: [join(folder, "long.log.gz"), gzipSync(text)] };
    for (const [what, [file, bytes]] of Object.entries(files)) {
      writeFileSync(file, bytes);
      await opened(site, what, file, bytes.length);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function opened(site, what, file, bytes) {
  const page = await site.open("/#view=logs");
  page.setDefaultTimeout(PATIENCE_MS);
  const before = await wasmBytes(page);
  // The page's own clock: it begins where the file is chosen.
  const spans = page.evaluate(watch, LINES);
  await page.locator(".inspector input[type=file]").setInputFiles(file);
  const { first, all } = await spans;
  const name = `Opening a log of ${LINES.toLocaleString("en")} lines, ${what}, ${(bytes / 1e6).toFixed(1)} MB`;
  row(`${name}: the first lines`, `${(first / 1000).toFixed(2)} s`, "under 1 s");
  row(`${name}: all`, `${(all / 1000).toFixed(2)} s`, "under 4 s");
  row(`${name}: wasm memory more`, `${(((await wasmBytes(page)) - before) / 1e6).toFixed(1)} MB`, "at most 64 MB");
  if (what === "plain") await scrolled(site, page);
  await site.quiet(page);
}

async function scrolled(site, page) {
  const events = await traced(await site.browser(), () => page.evaluate(scroll, [MARK, FRAMES]));
  const all = framesOf(events, MARK);
  const of = (sorts) => all.map((frame) => sorts.reduce((spent, sort) => spent + frame[sort], 0));
  const limited = of(["script", "style", "layout"]);
  const parts = ["script", "style", "layout"].map((sort) => `${sort} ${percentile(of([sort]), 95).toFixed(1)}`);
  const figures = `${milliseconds(percentile(limited, 95))}, worst ${milliseconds(Math.max(...limited))}, of ${all.length} frames (each alone: ${parts.join(", ")})`;
  row(`Script, style and layout per frame of scrolling through ${LINES.toLocaleString("en")} lines, 95th percentile`, figures, "under 8 ms");
}

/** Runs in the page: when the first line stood there, and when all were read, in milliseconds after the file was chosen. */
function watch(lines) {
  return new Promise((resolve) => {
    let [begun, first] = [0, 0];
    addEventListener("change", () => { begun = performance.now(); }, { capture: true, once: true });
    const look = () => {
      const now = performance.now() - begun;
      if (begun && !first && document.querySelector("[data-line]")) first = now;
      const count = document.querySelector(".table-head b")?.textContent.replaceAll(",", "");
      const isDone = Number(count) === lines && !document.querySelector("progress");
      if (isDone) resolve({ first, all: now });
      else requestAnimationFrame(look);
    };
    look();
  });
}

/** Runs in the page: scrolls by a notch of the wheel in each frame, and now and then far away. */
async function scroll([mark, frames]) {
  const box = document.querySelector("#log-lines");
  box.scrollTop = 0;
  performance.mark(mark);
  for (let frame = 0; frame < frames; frame += 1) {
    box.scrollTop = frame % 40 === 39 ? (frame / frames) * box.scrollHeight : box.scrollTop + 100;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}
