// Continuous deployment: a staging distribution is made from the primary, edited by the same sheets, met by some requests, and
// promoted.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { eventually, walk } from "./edgewalk.mjs";
import { accessibilityFaults, launch } from "./support.mjs";

const site = await launch();
after(() => site.close());

const DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"; // MC-02
const HERO = { city: "Paris", path: "/img/hero.jpg" };
const FOR_STAGING = { ...HERO, headers: "aws-cf-cd-staging: true" };

const deploy = async (edgewalk) => {
  await edgewalk.button("Save changes").click();
  await edgewalk.button("Wait until deployed").click();
  await eventually(() => edgewalk.button("Wait until deployed").count(), 0);
};

/** The console at its section, with a staging distribution: in two clicks and one. */
const staged = (size, body) =>
  walk(site, size, async (edgewalk) => {
    const { page } = edgewalk;
    const sheet = page.getByRole("region", { name: "Edit", exact: true });
    const tables = page.getByRole("main", { name: "Settings", exact: true });
    await edgewalk.button("Distribution").click();
    await page.getByRole("button", { name: /^Continuous deployment/ }).click();
    assert.match(await sheet.innerText(), /There is no staging distribution/);
    await edgewalk.button("Create staging distribution").click();
    await body(edgewalk, { page, sheet, tables });
  });

test("a promotion that is refused says why in sight, and a problem of the primary's leads there", async () => {
  await staged({ width: 1440, height: 900 }, async (edgewalk, { page, sheet }) => {
    await edgewalk.button("Promote staging").click();
    const said = sheet.getByRole("alert");
    assert.match(await said.innerText(), /Save or discard what is changed first/);
    const isUncovered = () => said.evaluate((element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
    });
    await eventually(isUncovered, true);
    await page.getByRole("button", { name: /^General/ }).click();
    await edgewalk.field("Supported HTTP versions").selectOption("http2and3");
    await page.getByRole("radio", { name: "Staging" }).click();
    await page.getByRole("button", { name: /^Behaviors/ }).click();
    assert.match(await said.innerText(), /CD-13/);
    // What staging has of it itself comes first: that it differs from the primary (CD-10).
    await edgewalk.button("Show the problem").click();
    await eventually(async () => /CD-10/.test(await sheet.innerText()), true);
    assert.equal(await page.getByRole("radio", { name: "Staging" }).isChecked(), true);
    await edgewalk.button("Show the problem").click();
    await eventually(() => page.getByRole("radio", { name: "Primary" }).isChecked(), true);
    await eventually(() => sheet.getByRole("heading", { level: 2 }).innerText(), "Edit general settings");
  });
});

test("CD-05, CD-09, CD-12: a header leads to staging, which starts cold and differs, until it is promoted", async () => {
  await staged({}, async (edgewalk, { page, sheet, tables }) => {
    assert.equal(await sheet.getByRole("heading", { level: 2 }).innerText(), "Edit Policy");
    await page.getByRole("radio", { name: "By header" }).click();
    assert.equal(await sheet.getByLabel("Header", { exact: true }).inputValue(), "aws-cf-cd-staging");
    await page.getByRole("radio", { name: "Staging" }).click();
    await page.getByRole("button", { name: /^Behaviors/ }).click();
    await edgewalk.field("Cache policy").selectOption(DISABLED);
    await page.getByRole("button", { name: /^Continuous deployment/ }).click();
    const said = (await tables.innerText()).replaceAll("\u200b", "");
    assert.match(said, /DefaultCacheBehavior\.CachePolicyId\s+CachingOptimized\s+CachingDisabled/);
    await deploy(edgewalk);

    await edgewalk.button("Walk").click();
    await edgewalk.sendThrough(HERO);
    await edgewalk.goTo("POP looks");
    assert.match((await edgewalk.reasons()).join("\n"), /The request has no aws-cf-cd-staging/);
    await edgewalk.sendThrough(FOR_STAGING);
    await edgewalk.goTo("Skips REC");
    assert.match((await edgewalk.reasons()).join("\n"), /has aws-cf-cd-staging with just this value/);
    assert.match(await edgewalk.inspector.innerText(), /gives this request to the staging\s?distribution/);
    await edgewalk.last();
    await edgewalk.button("Logs").click();
    const lines = page.getByRole("grid", { name: "Lines of the log", exact: true });
    await lines.getByRole("row").last().click();
    const line = page.getByRole("region", { name: "Line", exact: true });
    assert.match(await line.innerText(), /d222222abcdef8\.cloudfront\.net/, "LG-09: by its own name");

    await edgewalk.button("Distribution").click();
    await edgewalk.button("Promote staging").click();
    await edgewalk.button("Wait until deployed").click();
    await eventually(() => edgewalk.button("Wait until deployed").count(), 0);
    assert.match(await tables.innerText(), /In nothing yet/);
    assert.equal(await page.getByRole("switch", { name: "Policy enabled" }).isChecked(), false);
    await edgewalk.button("Walk").click();
    await edgewalk.sendThrough({ ...HERO, headers: "" });
    await edgewalk.goTo("Skips REC");
    assert.match((await edgewalk.reasons()).join("\n"), /The policy is off/);
  });
});

test("CD-06: with stickiness the second request is in the session of the first", async () => {
  await staged({}, async (edgewalk, { page }) => {
    await page.getByRole("switch", { name: "Session stickiness" }).click();
    await deploy(edgewalk);
    await edgewalk.button("Walk").click();
    await edgewalk.sendThrough(HERO);
    await edgewalk.sendThrough(HERO);
    await edgewalk.goTo("POP looks");
    const said = (await edgewalk.reasons()).join("\n").replaceAll("\u00a0", " ");
    assert.match(said, /The viewer is in a session, which began/);
  });
});

test("CD-10: what must be the same is refused at its field, and nothing is saved until it is", async () => {
  await staged({}, async (edgewalk, { page, sheet }) => {
    await page.getByRole("radio", { name: "Staging" }).click();
    await page.getByRole("button", { name: /^General/ }).click();
    const field = edgewalk.field("Price class");
    await field.selectOption("PriceClass_100");
    assert.match(await sheet.innerText(), /\(IllegalUpdate, CD-10\)/);
    assert.equal(await edgewalk.button("Save changes").getAttribute("aria-disabled"), "true");
    await page.getByRole("button", { name: /^Continuous deployment/ }).click();
    await edgewalk.button("Remove").click();
    assert.match(await sheet.getByRole("status").innerText(), /^Nothing has changed/);
  });
});

for (const size of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
  test(`axe-core finds nothing at ${size.width} px with a staging distribution`, async () => {
    await staged(size, async (edgewalk, { page }) => {
      const faults = await accessibilityFaults(page);
      await page.getByRole("switch", { name: /^CloudFront is busy/ }).click();
      await page.getByRole("radio", { name: "Staging" }).click();
      assert.deepEqual([...faults, ...(await accessibilityFaults(page))], []);
    });
  });
}
