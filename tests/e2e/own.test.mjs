// A walk through a distribution of one's own lasts: as a file, as an address, and as a link while that is short enough.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { CLIPBOARD, saved } from "./browsers.mjs";
import { Edgewalk, eventually, same, walk } from "./edgewalk.mjs";
import { launch } from "./support.mjs";

const site = await launch();
after(() => site.close());

const example = (name) => readFileSync(new URL(`../../docs/reference/examples/${name}.json`, import.meta.url), "utf8");
const hash = (page) => page.evaluate(() => location.hash);
const alert = (page) => page.getByRole("alert").innerText().then((text) => text.replace(/\s+/g, " ").trim());
const toView = (page, view) => page.getByRole("navigation", { name: "Pages" }).getByText(view, { exact: true }).click();

/** Opens a configuration in the console, and goes back to the walk. */
async function open(page, text) {
  await toView(page, "Distribution");
  await page.getByRole("button", { name: "Open and save JSON" }).click();
  await page.locator("#paper").fill(text);
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await page.getByText(/^Opened: /).waitFor();
  await toView(page, "Walk");
}

async function choose(page, text) {
  await page.locator("input[type=file]").first().setInputFiles({ name: "own.walk.json", mimeType: "application/json", buffer: Buffer.from(text) });
}

async function save(page) {
  await page.locator("button.lesson").click();
  return saved(page, () => page.getByRole("button", { name: "Save this walk" }).click());
}

test("a walk through an imported distribution is saved and opens again at its step", async () => {
  await walk(site, async (edgewalk) => {
    const { page } = edgewalk;
    await open(page, example("api-and-media"));
    await edgewalk.sendThrough({ city: "Paris, France", path: "/media/example" });
    await edgewalk.goTo("REC looks");
    const before = [await edgewalk.status(), await edgewalk.title(), await edgewalk.picture()];
    const { name, text } = await save(page);
    assert.equal(name, "edgewalk.walk.json");
    const file = JSON.parse(text);
    assert.equal(file.edgewalk, 2);
    assert.deepEqual(file.configuration.DistributionConfig, JSON.parse(example("api-and-media")).DistributionConfig);
    await page.goto(`${site.origin}/`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await choose(page, text);
    await eventually(() => edgewalk.status(), before[0]);
    assert.equal(await edgewalk.title(), before[1]);
    same(await edgewalk.picture(), before[2], "the same step");
  });
});

test("what is wrong with the paths stands at the paths, and what was not saved comes back with its walk", async () => {
  await walk(site, async (edgewalk) => {
    const { page } = edgewalk;
    await toView(page, "Distribution");
    await page.getByLabel("Compress objects automatically").click();
    await page.getByRole("button", { name: "Open and save JSON" }).click();
    await page.locator("#paper").fill(example("api-and-media"));
    await page.locator("#paper-paths").fill("no-slash");
    await page.getByRole("button", { name: "Open", exact: true }).click();
    assert.equal(await page.locator("#paper-paths").getAttribute("aria-invalid"), "true");
    assert.equal(await page.locator("#paper").getAttribute("aria-invalid"), null);
    await page.locator("#paper-paths").fill("");
    await page.getByRole("button", { name: "Open", exact: true }).click();
    await page.getByText(/What you had not saved comes back with the walk/).waitFor();
    assert.notEqual(await page.getByLabel("Try a path").inputValue(), "/img/hero.jpg");
    await toView(page, "Walk");
    await edgewalk.button("Undo").click();
    await toView(page, "Distribution");
    await page.getByRole("button", { name: /^Behaviors/ }).click();
    await page.getByText("Not saved yet.").waitFor();
  });
});

test("the link to a short distribution opens it, and the address follows", async () => {
  await walk(site, async (edgewalk) => {
    const { page } = edgewalk;
    await page.context().grantPermissions(CLIPBOARD);
    await open(page, example("s3-site"));
    await edgewalk.sendThrough({ city: "Lagos, Nigeria", path: "/example.html" });
    await edgewalk.goTo("Skips REC");
    await page.getByRole("button", { name: "Copy link to this step" }).click();
    await page.getByRole("status").getByText("The link to this step is in the clipboard.").waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(link, /\/#v=2&own=\?~DistributionConfig~=\?.+&do=GET:lagos:\/example\.html.*&step=\d+$/);
    assert.ok(link.length < 8_000, `${link.length}`);
    await eventually(() => hash(page), new URL(link).hash, 5_000);
    const before = [await edgewalk.status(), await edgewalk.title()];
    await site.visit(link.slice(site.origin.length), {}, async (other) => {
      const again = new Edgewalk(other);
      await eventually(async () => [await again.status(), await again.title()], before);
    });
  });
});

test("a link that a long distribution would make offers a file", async () => {
  await walk(site, async (edgewalk) => {
    const { page } = edgewalk;
    const long = JSON.parse(example("api-and-media"));
    // What nobody knows is kept, too.
    long.DistributionConfig.Unknown = "y".repeat(2_000);
    await open(page, JSON.stringify(long));
    await page.getByRole("button", { name: "Copy link to this step" }).click();
    const offer = page.getByRole("status").filter({ hasText: "break links of more than 8,000" });
    const { text } = await saved(page, () => offer.getByRole("button", { name: "Save this walk" }).click());
    assert.deepEqual(JSON.parse(text).configuration.DistributionConfig, long.DistributionConfig);
  });
});

test("a walk that is too long for the address says so once, and a file keeps it", async () => {
  await walk(site, async (edgewalk) => {
    const { page } = edgewalk;
    const long = JSON.parse(example("s3-site"));
    long.DistributionConfig.Unknown = "y".repeat(250_000);
    await open(page, JSON.stringify(long));
    const told = page.getByRole("status").filter({ hasText: "too long for the address of this page" });
    await told.waitFor();
    assert.equal(await hash(page), "", "the address says nothing of it");
    const leaving = () => page.evaluate(() => !dispatchEvent(new Event("beforeunload", { cancelable: true })));
    assert.equal(await leaving(), true, "the browser asks before it leaves");
    await page.getByRole("button", { name: "Close message" }).click();
    await edgewalk.sendThrough({ city: "Paris", path: "/example.html" });
    await page.waitForTimeout(1_000); // the address follows within 300 ms
    assert.equal(await told.count(), 0, "and it is not said at each step");
    await edgewalk.button("Undo").click();
    await edgewalk.button("Undo").click();
    await eventually(leaving, false);
  });
});

test("a file whose distribution AWS would not take is refused by the place, and the walk stays", async () => {
  await walk(site, async (edgewalk) => {
    const { page } = edgewalk;
    await edgewalk.sendThrough({ city: "Paris", path: "/app.js" });
    const before = await edgewalk.picture();
    const own = JSON.parse(example("s3-site"));
    const file = (configuration) => JSON.stringify({ edgewalk: 2, configuration, actions: [["wait", "5"]] });
    own.DistributionConfig.Origins.Items[0].ConnectionAttempts = 7;
    const bad = [
      [file(own), /configuration: Origins\.Items\[0\]\.ConnectionAttempts: .+ it is 7/],
      [file({}), /configuration: DistributionConfig: this must be an object/],
      [file(own).slice(0, 500), /This is no Walk file: this is not JSON/],
      [file({ DistributionConfig: { Comment: "x".repeat(5_000_000) } }), /configuration: .+, and \d+ more/],
    ];
    for (const [text, message] of bad) {
      await choose(page, text);
      await eventually(async () => message.test(await alert(page)), true, 10_000);
      same(await edgewalk.picture(), before, text.slice(0, 60));
    }
  });
});
