// What is not needed at first is fetched once it is, and where it cannot be, that is said.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessibilityFaults, launch } from "./support.mjs";

const PART = /_later\.wasm$/;

let site;
before(async () => {
  site = await launch();
});
after(() => site?.close());

const pageButton = (page, name) => page.getByRole("navigation", { name: "Pages" }).getByRole("button", { name });

for (const [name, landmark] of [["Distribution", "Settings"], ["Logs", "Lines"]]) {
  test(`the page ${name} brings its code once it is opened, and only once`, async () => {
    const page = await site.blank();
    const asked = [];
    page.on("request", (request) => PART.test(request.url()) && asked.push(request.url()));
    await page.goto(site.origin);
    await page.getByRole("button", { name: "Send" }).first().waitFor();
    assert.deepEqual(asked, [], "the first visit does without");
    await pageButton(page, name).click();
    await page.getByRole("main", { name: landmark }).waitFor();
    await pageButton(page, "Walk").click();
    await pageButton(page, name).click();
    await page.getByRole("main", { name: landmark }).waitFor();
    assert.equal(asked.length, 1);
    await site.quiet(page);
  });
}

test("the focus on a page's name is enough to fetch it", async () => {
  await site.visit("/", {}, async (page) => {
    const part = page.waitForRequest(PART);
    await pageButton(page, "Logs").focus();
    await part;
  });
});

test("a page whose code does not come says so, and comes when asked again", async () => {
  const page = await site.open("/");
  await page.route(PART, (route) => route.abort());
  await pageButton(page, "Distribution").click();
  const alert = page.getByRole("alert").filter({ hasText: "could not be fetched" });
  await alert.waitFor();
  assert.deepEqual(await accessibilityFaults(page), []);
  await pageButton(page, "Walk").click();
  await page.locator("main.stage[data-arrives], main.stage .map").first().waitFor();
  await pageButton(page, "Distribution").click();
  await alert.waitFor();
  await page.unroute(PART);
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("main", { name: "Settings" }).waitFor();
  // The browser complains of what was broken on purpose, and of nothing else.
  await assert.rejects(site.quiet(page), /request failed: .*_later\.wasm/);
});
