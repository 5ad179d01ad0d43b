// The browsers that the tests drive: Chromium, and with EDGEWALK_BROWSER=firefox the Firefox that is installed, by WebDriver
// BiDi. The same tests run in both; what only one of them can do is asked for with `only`.

import { accessSync, constants, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { chromium, firefox } from "playwright-core";

/** @typedef {{ theme: "light" | "dark", motion: boolean }} Look what the person has set in their system */

/** A browser that takes a look for each page that it opens. */
const CHROMIUM = {
  names: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
  chosenBy: "EDGEWALK_CHROMIUM",
  clipboard: ["clipboard-read", "clipboard-write"],
  launch: (executablePath) =>
    chromium.launch({
      executablePath,
      args: [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // The same pixels on every machine: letters are drawn by their outlines alone, colours are sRGB.
        "--font-render-hinting=none",
        "--disable-lcd-text",
        "--force-color-profile=srgb",
      ],
      // Chromium refuses its sandbox to root.
      chromiumSandbox: process.getuid?.() !== 0,
    }),
  saved: async (page, press) => {
    const [download] = await Promise.all([page.waitForEvent("download"), press()]);
    return savedAs(download.suggestedFilename(), readFileSync(await download.path()));
  },
  drag: (what, where) => what.dragTo(where),
  /** All looks share one process. */
  processOf: () => "one",
  contextOptions: ({ theme, motion }) => ({ colorScheme: theme, reducedMotion: motion ? "no-preference" : "reduce" }),
};

/** Where Firefox saves: it tells its driver of no download that it can follow. */
const SAVED = join(tmpdir(), "edgewalk-saved-");
let folder;

/** A browser that has one look as long as it runs: BiDi cannot change it (playwright-core 1.64). */
const FIREFOX = {
  names: ["firefox-esr", "firefox"],
  chosenBy: "EDGEWALK_FIREFOX",
  clipboard: [],
  launch: (executablePath, { theme, motion }) =>
    firefox.launch({
      channel: "moz-firefox",
      executablePath,
      downloadsPath: (folder ??= mkdtempSync(SAVED)),
      firefoxUserPrefs: {
        "layout.css.prefers-color-scheme.content-override": theme === "dark" ? 0 : 1,
        "ui.prefersReducedMotion": motion ? 0 : 1,
        // A script may read and write the clipboard without a person's click.
        "dom.events.testing.asyncClipboard": true,
      },
    }),
  saved: async (page, press) => {
    const before = readdirSync(folder);
    await press();
    for (let left = 100; left > 0; left -= 1) {
      await page.waitForTimeout(50);
      const name = readdirSync(folder).find((name) => !before.includes(name) && !name.endsWith(".part"));
      const bytes = name && readFileSync(join(folder, name));
      if (bytes?.length) return savedAs(name, bytes);
    }
    throw new Error("nothing was saved within five seconds");
  },
  /** Its driver moves the pointer, but no drag begins: the events of one, in their order. */
  drag: async (what, where) => {
    const dataTransfer = await what.page().evaluateHandle(() => new DataTransfer());
    await what.dispatchEvent("dragstart", { dataTransfer });
    for (const type of ["dragenter", "dragover", "drop"]) await where.dispatchEvent(type, { dataTransfer });
    await what.dispatchEvent("dragend", { dataTransfer });
  },
  processOf: ({ theme, motion }) => `${theme} ${motion}`,
  contextOptions: () => ({}),
};

const savedAs = (name, bytes) => ({ name, bytes, text: bytes.toString("utf8") });

const KINDS = { chromium: CHROMIUM, firefox: FIREFOX };
const CHOSEN = process.env.EDGEWALK_BROWSER ?? "chromium";
if (!Object.hasOwn(KINDS, CHOSEN)) {
  throw new Error(`EDGEWALK_BROWSER is "${CHOSEN}": it must be one of ${Object.keys(KINDS).join(", ")}`);
}
const KIND = KINDS[CHOSEN];

/** Options of a test that needs what only this browser can do; elsewhere it is skipped, with the reason. */
export function only(browser, reason) {
  return { skip: CHOSEN === browser ? false : `${browser} alone ${reason}` };
}

/** What a page must be granted to use the clipboard. */
export const CLIPBOARD = KIND.clipboard;

/** The file that a press saves: its name, its bytes, and its text where it is one. */
export function saved(page, press) {
  return KIND.saved(page, press);
}

/** Drags one thing onto another. */
export function drag(what, where) {
  return KIND.drag(what, where);
}

/** The chosen browser, in as many processes as its looks need. */
export class Browsers {
  #running = new Map();

  /** A fresh profile with this look. */
  async context(look, options) {
    const browser = await this.process(look);
    return browser.newContext({ ...options, ...KIND.contextOptions(look) });
  }

  /** Such as "148.0.7778.167". */
  async version() {
    return (await this.process({ theme: "light", motion: false })).version();
  }

  async close() {
    await Promise.all([...this.#running.values()].map(async (browser) => (await browser).close()));
    if (folder) rmSync(folder, { recursive: true, force: true });
  }

  /** The process that shows pages with this look. */
  process(look) {
    const key = KIND.processOf(look);
    if (!this.#running.has(key)) this.#running.set(key, KIND.launch(executable(), look));
    return this.#running.get(key);
  }
}

/** The program: the one that the variable names, else the first on PATH. */
export function executable() {
  const { names, chosenBy } = KIND;
  if (process.env[chosenBy]) return process.env[chosenBy];
  const folders = (process.env.PATH ?? "").split(delimiter);
  for (const path of names.flatMap((name) => folders.map((folder) => join(folder, name)))) {
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not this one.
    }
  }
  throw new Error(`${names[0]} is not on PATH: install it, or name it in ${chosenBy}`);
}
