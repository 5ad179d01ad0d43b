// The page holds no more after many steps than after few: what stood there before is given back.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { readFile } from "node:fs/promises";
import { eventually, walk } from "./edgewalk.mjs";
import { press, wasmBytes } from "./stepping.mjs";
import { launch } from "./support.mjs";

const site = await launch();
after(() => site.close());

/** From one exchange to another and back: everything in the timeline is drawn anew each time. */
const ENDS = ["First step", "Last step"];
const TIMES = 120;

test("going from exchange to exchange again and again leaves nothing behind", async () => {
  await walk(site, async (edgewalk) => {
    const { page } = edgewalk;
    page.setDefaultTimeout(60_000);
    for (const city of ["Paris", "Paris", "Lagos"]) await edgewalk.sendThrough({ city, path: "/img/hero.jpg" });
    await press(page, ENDS, TIMES); // what is made once has been made by then
    const before = await wasmBytes(page);
    await press(page, ENDS, TIMES);
    await press(page, ENDS, TIMES);
    assert.equal(await wasmBytes(page), before, "bytes of memory");
  });
});

/** The most that input may make the page hold. */
const MOST_BYTES = 64e6;

test("IM-05: large configurations, one after the other, taken and refused, stay within 64 MB", async () => {
  const site3 = await readFile(new URL("../../docs/reference/examples/s3-site.json", import.meta.url), "utf8");
  const large = (values, bytes) => {
    const own = JSON.parse(site3);
    own.DistributionConfig.Unknown = Array(values).fill("x".repeat(Math.floor(bytes / values) - 3));
    return JSON.stringify(own);
  };
  await walk(site, async (edgewalk) => {
    const { page } = edgewalk;
    page.setDefaultTimeout(60_000);
    await edgewalk.button("Distribution").click();
    await page.getByRole("main", { name: "Settings", exact: true }).waitFor();
    const sheet = page.getByRole("region", { name: "Edit", exact: true });
    const give = async (text, said) => {
      await edgewalk.button("Open and save JSON").click();
      await sheet.locator("input[type=file]").setInputFiles({ name: "own.json", mimeType: "application/json", buffer: Buffer.from(text) });
      await eventually(async () => said.test(await sheet.locator("#paper-said").innerText()), true, 20_000);
    };
    for (let time = 0; time < 3; time += 1) await give(large(45_000, 3_900_000), /Opened/);
    await give(large(198_000, 3_900_000), /50,000|50000/);
    await give(large(45_000, 5_000_000), /4,000,000|4000000/);
    await give("[".repeat(3_000_000), /line 1/);
    await edgewalk.button("Walk").click();
    await edgewalk.sendThrough({ city: "Paris", path: "/example.html" });
    const bytes = await wasmBytes(page);
    assert.ok(bytes <= MOST_BYTES, `${(bytes / 1e6).toFixed(1)} MB`);
  });
});
