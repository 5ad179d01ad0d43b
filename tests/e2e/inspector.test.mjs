// The inspector in full: the sum of a lifetime, what a reason rests on and which setting it comes from, what a key leaves
// out, and the words of the glossary by keyboard.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { eventually, walk } from "./edgewalk.mjs";
import { showForm } from "./states.mjs";
import { accessibilityFaults, launch } from "./support.mjs";

const site = await launch();
after(() => site.close());

const HERO = { city: "Paris", path: "/img/hero.jpg" };

test("where a response gets its lifetime the sum is drawn, and said", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.send(HERO);
    await edgewalk.goTo("REC looks");
    assert.equal(await edgewalk.inspector.getByRole("img").count(), 0, "nothing is stored yet");
    await edgewalk.goTo("REC keeps");
    const sum = edgewalk.inspector.getByRole("img");
    assert.equal(
      await sum.getAttribute("aria-label"),
      "From the origin: max-age=86,400. Minimum TTL 1\u00a0s. Default TTL 1\u00a0d. Maximum TTL 365\u00a0d. Lifetime 1\u00a0d: as the origin asked.",
    );
    // The mark of the lifetime lies between the ends of the line, nearer to the year than to the second.
    const [end, line] = await sum.evaluate((figure) =>
      [".end", ".axis"].map((part) => figure.querySelector(part).getBoundingClientRect()).map(({ left, right }) => [left, right]),
    );
    const share = (end[0] - line[0]) / (line[1] - line[0]);
    assert.ok(share > 0.6 && share < 0.7, `ln 86,401 / ln 31,536,001 is 0.658, not ${share}`);
  });
});

test("a reason says which setting it comes from, and whether a page says so", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.send(HERO);
    await edgewalk.goTo("REC keeps");
    const why = edgewalk.inspector.locator("section").filter({ has: edgewalk.page.getByRole("heading", { name: "Why", exact: true }) });
    assert.match(await why.innerText(), /^Why\s+documented\s/);
    assert.match(await why.innerText(), /Cache policy CachingOptimized: minimum and maximum TTL/);
    await edgewalk.goTo("POP looks");
    assert.match(await why.innerText(), /^Why\s+documented, unless marked\s/);
    const ask = why.getByRole("listitem").filter({ hasText: "Ask the regional edge cache" });
    assert.match(await ask.innerText(), /simulator assumption \(FLOW-12\)/);
    await edgewalk.last();
    assert.match(await edgewalk.inspector.innerText(), /Observed\s+This value of X-Cache is observed XC-0\d/);
  });
});

test("what a key leaves out stands beside the line of the policy that leaves it out", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.send({ ...HERO, query: "utm_source=mail", cookies: "session=8f21" });
    await edgewalk.goTo("POP looks");
    const key = edgewalk.inspector.locator("section").filter({ has: edgewalk.page.getByRole("heading", { name: "Cache key", exact: true }) });
    const lines = (await key.getByRole("listitem").allInnerTexts()).map((text) => text.replace(/\s+/g, " "));
    assert.equal(lines[0], "utm_source query strings: none");
    assert.equal(lines[1], "session cookies: none");
    assert.match(lines[2], /User-Agent headers: none$/);
    assert.match(await key.innerText(), /by CachingOptimized/);
  });
});

test("a word is explained by keyboard, Escape takes that away, and nothing else happens", async () => {
  await walk(site, async (edgewalk) => {
    const { page } = edgewalk;
    await edgewalk.send(HERO);
    await edgewalk.goTo("POP looks");
    const word = edgewalk.inspector.getByRole("button", { name: "miss", exact: true });
    const before = await edgewalk.inspector.boundingBox();
    await word.focus();
    await page.keyboard.press("Enter");
    const meaning = page.getByRole("dialog", { name: "miss", exact: true });
    await meaning.waitFor();
    assert.match(await meaning.innerText(), /no answer for this key/);
    assert.deepEqual(await accessibilityFaults(page), []);
    assert.deepEqual(await edgewalk.inspector.boundingBox(), before, "nothing moves");
    // The keys of the page are not heard meanwhile: Enter sends no second request.
    const steps = (await edgewalk.stepLabels()).length;
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowRight");
    assert.equal((await edgewalk.stepLabels()).length, steps);
    assert.match(await edgewalk.status(), /^Step 6 /);
    await page.keyboard.press("Escape");
    await eventually(() => meaning.isVisible(), false);
    await eventually(() => word.evaluate((word) => word === document.activeElement), true);
    // Each word is marked where it stands first, and only there.
    const words = await edgewalk.inspector.locator("h2 button, p button, li button").allInnerTexts();
    assert.equal(new Set(words.map((text) => text.toLowerCase())).size, words.length, words.join());
    // Another step, another text: what is said of a word of this one goes.
    await word.click();
    await meaning.waitFor();
    await edgewalk.timeline.getByRole("button", { name: "Step forward", exact: true }).click();
    await eventually(() => meaning.isVisible(), false);
  });
});

test("in presenter mode Escape closes a word first, and leaves the mode only then", async () => {
  await walk(site, { width: 1920, height: 1080 }, async (edgewalk) => {
    const { page } = edgewalk;
    await edgewalk.send(HERO);
    await edgewalk.goTo("POP looks");
    await edgewalk.button("Presenter mode").click();
    await edgewalk.inspector.getByRole("button", { name: "miss", exact: true }).click();
    const isPresenting = () => page.evaluate(() => document.documentElement.hasAttribute("data-present"));
    await page.keyboard.press("Escape");
    await eventually(() => page.getByRole("dialog", { name: "miss", exact: true }).isVisible(), false);
    assert.ok(await isPresenting());
    await page.keyboard.press("Escape");
    await eventually(isPresenting, false);
  });
});

test("the glossary has all words and a field that finds some", async () => {
  await walk(site, async (edgewalk) => {
    const { page } = edgewalk;
    await edgewalk.inspector.getByRole("button", { name: "Glossary", exact: true }).click();
    const sheet = page.getByRole("dialog", { name: "Glossary", exact: true });
    const terms = () => sheet.getByRole("term").allInnerTexts();
    assert.ok((await terms()).length >= 60);
    assert.deepEqual(await accessibilityFaults(page), []);
    await page.keyboard.type("cname");
    await eventually(terms, ["alias"]);
    await sheet.getByRole("searchbox").fill("zebra");
    await eventually(terms, []);
    assert.match(await sheet.innerText(), /No word holds zebra\./);
    // In a field of this kind the first Escape clears it.
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await eventually(() => sheet.isVisible(), false);
    // From a word to the whole list.
    await edgewalk.send(HERO);
    await edgewalk.goTo("POP looks");
    await edgewalk.inspector.getByRole("button", { name: "miss", exact: true }).click();
    await page.getByRole("button", { name: "All words", exact: true }).click();
    await sheet.waitFor();
    assert.ok((await terms()).length >= 60, "the field is empty again");
  });
});

for (const size of [{ width: 1440, height: 900 }, { width: 1920, height: 1080 }, { width: 820, height: 1180 }, { width: 390, height: 844 }]) {
  test(`figure, key and words lie inside the inspector at ${size.width} px`, async () => {
    await walk(site, size, async (edgewalk) => {
      const { page } = edgewalk;
      await showForm(edgewalk);
      await edgewalk.send({ ...HERO, query: "utm_source=a-very-long-name-of-a-campaign&utm_medium=mail", cookies: "session=8f21; theme=dark" });
      await edgewalk.goTo("REC keeps");
      assert.deepEqual(await beyond(edgewalk), []);
      const words = edgewalk.inspector.locator("h2 button, p button, li button");
      for (let index = 0; index < (await words.count()); index += 1) {
        await words.nth(index).click();
        const { left, right, top, bottom } = await page
          .locator("[popover]")
          .evaluate((meaning) => meaning.getBoundingClientRect().toJSON());
        const where = `${await words.nth(index).innerText()}: ${left} ${top} ${right} ${bottom}`;
        assert.ok(left >= 0 && right <= size.width && top >= 0 && bottom <= size.height, where);
        await page.keyboard.press("Escape");
      }
    });
  });
}

test("on a high screen the presenter has the key where it is made, and the sum, uncut", async () => {
  await walk(site, { width: 1920, height: 1080 }, async (edgewalk) => {
    await edgewalk.send({ ...HERO, query: "utm_source=mail" });
    await edgewalk.goTo("REC keeps");
    await edgewalk.button("Presenter mode").click();
    assert.ok(await edgewalk.inspector.getByRole("img").isVisible());
    assert.ok(await fits(edgewalk), "the sum");
    await edgewalk.button("Presenter mode").click();
    await edgewalk.goTo("Sent");
    await edgewalk.stepSize.selectOption({ label: "Decision" });
    await edgewalk.button("Presenter mode").click();
    while (!(await edgewalk.title()).endsWith("the cache key")) await edgewalk.forward();
    assert.ok(await edgewalk.inspector.getByText("query strings: none").isVisible());
    assert.ok(await fits(edgewalk), "the key");
  });
});

/** Whether the inspector shows all it has without scrolling. */
function fits({ inspector }) {
  return inspector.evaluate((element) => element.scrollHeight <= element.clientHeight + 1);
}

/** What stands beyond the left or the right edge of the inspector. */
function beyond({ inspector }) {
  return inspector.evaluate((inspector) => {
    const { left, right } = inspector.getBoundingClientRect();
    const out = [...inspector.querySelectorAll("*")].filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 1 && element.checkVisibility() && (box.left < left - 1 || box.right > right + 1);
    });
    return out.map((element) => `${element.localName}.${element.className?.baseVal ?? element.className}`);
  });
}
