// The built site starts wherever it is served, and asks nobody else for anything.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessibilityFaults, launch, SUB_PATH } from "./support.mjs";

let site;
before(async () => {
  site = await launch();
});
after(() => site?.close());

for (const path of ["/", SUB_PATH]) {
  test(`the page loads under ${path}, and again after a reload`, async () => {
    await site.visit(path, {}, async (page) => {
      const heading = page.getByRole("heading", { level: 1 });
      assert.match(await heading.innerText(), /Edgewalk/);
      await page.reload();
      assert.match(await heading.innerText(), /Edgewalk/);
      assert.equal(page.url(), site.origin + path);
    });
  });

}

test("the page forbids inline scripts", async () => {
  const page = await site.open("/");
  const ran = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "globalThis.inlineScriptRan = true";
    document.head.append(script);
    return globalThis.inlineScriptRan ?? false;
  });
  assert.equal(ran, false);
  // The refusal is a complaint, and the only one.
  await assert.rejects(site.quiet(page), /inline script/);
});

test("the page forbids requests to another host", async () => {
  const page = await site.open("/");
  // A second name for this machine is another host to the browser, and no request leaves the machine.
  const url = site.origin.replace("127.0.0.1", "localhost");
  const outcome = await page.evaluate((url) => fetch(url, { mode: "no-cors" }).then(() => "allowed", () => "refused"), url);
  assert.equal(outcome, "refused");
  await assert.rejects(site.quiet(page), /connect-src/);
});

test("axe-core runs on the page and sees a picture without a text", async () => {
  await site.visit("/", {}, async (page) => {
    await page.evaluate(() => document.body.append(new Image()));
    const faults = await accessibilityFaults(page);
    assert.ok(faults.some((fault) => fault.startsWith("image-alt: ")), faults.join("\n"));
  });
});
