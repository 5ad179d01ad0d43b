// Lighthouse with its desktop preset, on the site as it would be served: compressed. EDGEWALK_LIGHTHOUSE is the folder of
// packages that has it; without it this part is left out.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { serveDist } from "../server.mjs";
import { executable } from "../browsers.mjs";
import { median, row } from "./say.mjs";

const RUNS = 5;
const CATEGORIES = { performance: "performance", accessibility: "accessibility", "best-practices": "best practices" };
const STARTS_WITHIN_MS = 30_000;

export async function lighthouse() {
  const folder = process.env.EDGEWALK_LIGHTHOUSE;
  if (!folder) return console.log("Lighthouse is left out: EDGEWALK_LIGHTHOUSE names no folder that has it.");
  const load = (file) => import(pathToFileURL(join(folder, "lighthouse", "core", file)).href);
  const [{ default: run }, { default: desktop }] = await Promise.all([load("index.js"), load("config/desktop-config.js")]);
  const server = await serveDist("br");
  const scores = Object.fromEntries(Object.keys(CATEGORIES).map((category) => [category, []]));
  try {
    for (let count = 0; count < RUNS; count += 1) {
      const chromium = await start();
      try {
        const flags = { port: chromium.port, logLevel: "error", onlyCategories: Object.keys(CATEGORIES) };
        const { lhr } = await run(`${server.origin}/`, flags, desktop);
        for (const category of Object.keys(CATEGORIES)) scores[category].push(lhr.categories[category].score * 100);
        complain(lhr);
      } finally {
        await chromium.end();
      }
    }
  } finally {
    await server.close();
  }
  for (const [category, name] of Object.entries(CATEGORIES)) {
    row(`Lighthouse 12, desktop, median of ${RUNS}: ${name}`, `${Math.round(median(scores[category]))}`, "at least 95");
  }
}

/** What costs points outside of performance, once. */
function complain({ audits, categories }) {
  for (const category of ["accessibility", "best-practices"]) {
    for (const { id, weight } of categories[category].auditRefs) {
      const { score, title } = audits[id];
      if (weight > 0 && score !== null && score < 1) console.log(`  ${category}: ${title}`);
    }
  }
}

/** A Chromium of its own, in a fresh profile, that Lighthouse finds under a port. */
async function start() {
  const profile = mkdtempSync(join(tmpdir(), "edgewalk-lighthouse-"));
  const flags = ["--headless=new", "--remote-debugging-port=0", `--user-data-dir=${profile}`, "--no-first-run", "--disable-gpu", "--disable-quic",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  if (process.getuid?.() === 0) flags.push("--no-sandbox"); // Chromium refuses its sandbox to root.
  const child = spawn(executable(), [...flags, "about:blank"], { stdio: ["ignore", "ignore", "pipe"] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const end = async () => {
    child.kill();
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  const port = await new Promise((resolve, reject) => {
    let said = "";
    const late = setTimeout(() => reject(new Error(`Chromium did not start: ${said}`)), STARTS_WITHIN_MS);
    child.stderr.on("data", (data) => {
      said += data;
      const [, port] = /DevTools listening on ws:\/\/[^:]+:(\d+)/.exec(said) ?? [];
      if (port) resolve(Number(port), clearTimeout(late));
    });
    child.once("error", reject);
  }).catch(async (error) => { await end(); throw error; });
  return { port, end };
}
