// What a first visit loads: the bytes of every answer's content, as the server sent them.

import { Edgewalk } from "../edgewalk.mjs";
import { launch } from "../support.mjs";
import { kilobytes, row, sum } from "./say.mjs";

const LIMIT = "at most 600 KB";

/** The kinds of files, by their ending. */
const KINDS = { wasm: "wasm", js: "scripts", css: "styles", html: "page with icons and land", woff2: "font" };

export async function weight() {
  const loads = {};
  for (const coding of ["br", "gzip"]) loads[coding] = await loaded(coding, (edgewalk) => edgewalk.sendThrough());
  const { br, gzip } = loads;
  const more = await loaded("br", openBoth);
  row("First load in all, brotli 11", inAll(br), LIMIT);
  row("First load in all, gzip -9", inAll(gzip), LIMIT);
  row("What Distribution and Logs fetch when they are opened, brotli 11", kilobytes(total(more) - total(br)), "");
  const [wasm, glue] = ["wasm", "scripts"].map((kind) => gzip[kind]);
  row("wasm and JS glue, gzip -9", `${kilobytes(wasm + glue)} (${kilobytes(wasm)} and ${kilobytes(glue)})`, "340 KB for the engine alone");
}

async function openBoth(edgewalk) {
  await edgewalk.sendThrough();
  for (const [name, main] of [["Distribution", "Settings"], ["Logs", "Lines"]]) {
    await edgewalk.page.getByRole("navigation", { name: "Pages" }).getByRole("button", { name }).click();
    await edgewalk.page.getByRole("main", { name: main }).waitFor();
  }
}

/** The bytes of each kind that a fresh page fetches until the app stands and `use` is through. */
async function loaded(coding, use) {
  const site = await launch({ coding });
  try {
    const page = await site.open("/");
    await use(new Edgewalk(page));
    await page.evaluate(() => document.fonts.ready);
    await page.waitForLoadState("networkidle");
    await site.quiet(page);
    const load = {};
    for (const { file, bytes } of site.sent) {
      const kind = KINDS[file.slice(file.lastIndexOf(".") + 1)] ?? "other";
      load[kind] = (load[kind] ?? 0) + bytes;
    }
    return load;
  } finally {
    await site.close();
  }
}

function inAll(load) {
  const parts = Object.entries(load).sort(([, one], [, other]) => other - one);
  const named = parts.map(([kind, bytes]) => `${kind} ${(bytes / 1000).toFixed(1)}`).join(", ");
  return `${kilobytes(total(load))} (${named})`;
}

function total(load) {
  return sum(Object.values(load));
}
