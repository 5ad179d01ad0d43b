// What every browser test needs: the built site, a browser, and pages that must not complain.
//
//   const site = await launch();                       // once in a file; `after(() => site.close())`
//   const page = await site.open("/", { theme: "dark" });
//   ... drive it: `page` is Playwright's Page ...
//   await site.quiet(page);                            // throws what the page complained about, and closes it
//
// A test that needs no setting up reads shorter with `visit`, which opens, runs, checks for complaints and closes:
//
//   await site.visit("/", { width: 820 }, async (page) => { ... });

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Browsers } from "./browsers.mjs";
import { serveDist, SUB_PATH } from "./server.mjs";

export { SUB_PATH };

/** How long anything on the page may take before its test fails. */
const PATIENCE_MS = 10_000;

/**
 * Serves the site. The browser (browsers.mjs) starts with the first page.
 * @param {{ coding?: "br" | "gzip" }} options how the site is compressed, if it is
 * @returns {Promise<Site>}
 */
export async function launch({ coding } = {}) {
  return new Site(await serveDist(coding));
}

class Site {
  #server;
  #browsers = new Browsers();
  #complaints = new Map();

  constructor(server) {
    this.#server = server;
  }

  /** The browser's version, such as "148.0.7778.167". */
  version() {
    return this.#browsers.version();
  }

  /** Where the site is served, such as `http://127.0.0.1:34567`. */
  get origin() {
    return this.#server.origin;
  }

  /** What the server has sent so far, file by file. */
  get sent() {
    return this.#server.sent;
  }

  /** Chromium itself, for what goes beyond a page. */
  browser() {
    return this.#browsers.process({ theme: "light", motion: true });
  }

  /**
   * Opens a page in a fresh profile and waits until the app has drawn its heading.
   * @param {string} path from the server's root, such as "/", "/#empty" or SUB_PATH
   * @param {{ width?: number, height?: number, theme?: "light" | "dark", motion?: boolean, touch?: boolean }} options
   */
  async open(path, options) {
    const page = await this.blank(options);
    await page.goto(this.origin + path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    return page;
  }

  /** Opens a page in a fresh profile with nothing in it yet. */
  async blank({ width = 1440, height = 900, theme = "light", motion = false, touch = false } = {}) {
    const context = await this.#browsers.context({ theme, motion }, { viewport: { width, height }, hasTouch: touch });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const complaints = [];
    this.#complaints.set(page, complaints);
    page.on("console", (message) => {
      if (["error", "warning", "assert"].includes(message.type())) {
        complaints.push(`console ${message.type()}: ${message.text()}`);
      }
    });
    page.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
    page.on("requestfailed", (request) =>
      complaints.push(`request failed: ${request.url()} (${request.failure()?.errorText})`),
    );
    page.on("response", (response) => {
      if (response.status() >= 400) complaints.push(`status ${response.status()}: ${response.url()}`);
    });
    page.on("request", (request) => {
      const url = new URL(request.url());
      const own = url.origin === this.origin || url.protocol === "data:" || url.protocol === "blob:";
      if (!own) complaints.push(`request to another host: ${request.url()}`);
    });
    return page;
  }

  /** Fails with everything the page complained about since it was opened; closes it in any case. */
  async quiet(page) {
    const complaints = this.#complaints.get(page);
    this.#complaints.delete(page);
    await page.context().close();
    assert.deepEqual(complaints, [], "the page should not complain");
  }

  /** Opens a page, runs `body` with it, and checks that it did not complain. */
  async visit(path, options, body) {
    const page = await this.open(path, options);
    try {
      await body(page);
    } catch (error) {
      // What the page complained about is often the reason.
      for (const complaint of this.#complaints.get(page)) console.error(complaint);
      await page.context().close();
      throw error;
    }
    await this.quiet(page);
  }

  /** Ends the browser and the server. */
  async close() {
    await this.#browsers.close();
    await this.#server.close();
  }
}

/**
 * Runs axe-core on the page as it is.
 * @returns {Promise<string[]>} one line for each element that breaks a rule; empty when all is well
 */
export async function accessibilityFaults(page) {
  if (!(await page.evaluate(() => "axe" in globalThis))) {
    // Evaluated through the debugger: a <script> would be against the page's Content-Security-Policy.
    await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
  }
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help}: ${target.join(" ")}`));
}
