// The whole walk without a mouse, and keys that stay out of the way.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { eventually, standing, walk } from "./edgewalk.mjs";
import { launch } from "./support.mjs";

const site = await launch();
after(() => site.close());

const DECK = [
  "First step", "Previous event", "Step back", "Play", "Step forward", "Next event", "Last step",
  "Jump to the next expiry", "Jump +1 min", "Jump +1 h", "Jump +1 day", "Speed", "Step size",
];

test("Tab visits every control in the order of the page, and leaves it again", async () => {
  await walk(site, async (edgewalk) => {
    const order = await tabOrder(edgewalk);
    assert.deepEqual(order, [
      "Choose a walk", "Walk", "Distribution", "Logs", "Copy link to this step", "Theme", "Presenter mode", "Keys",
      "Viewer city", "Origin Region", "GET", "More", "URL path", "/img/hero.jpg", "/app.js", "/index.html", "/api/orders", "Protocol",
      "Query string", "Headers", "Cookies", "Send request", "Undo", "Redo",
      "Start with empty caches", "Dynamic request", "Proxy method", "S3 in the same Region", "Origin Shield",
      "Invalidate path", "Invalidate", "Send together", "Between requests", "Viewer", "Network", "Origin", "TTLs", "Cache size", "Paste a curl command",
      "World map", "Inspector", ...(await walkTitles(edgewalk)), "Glossary", ...DECK,
    ]);
  });
});

test("after a walk Tab visits the words that are explained, the playhead and the steps, too", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.sendThrough({ city: "Paris", path: "/img/hero.jpg" });
    const order = await tabOrder(edgewalk);
    const steps = Array.from({ length: 12 }, (_, index) => String(index + 1));
    const inspector = order.slice(order.indexOf("World map"), order.indexOf("First step"));
    assert.deepEqual(inspector, [
      "World map", "Inspector", "viewer", "first byte", "X-Cache", "Miss", "origin", "This value of X-Cache is observed XC-02", "How CloudFront delivers content", "Glossary",
    ]);
    assert.deepEqual(order.slice(order.indexOf("First step")), [...DECK, "Playhead", ...steps]);
  });
});

test("whatever has the focus shows it", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.send();
    await noFocus(edgewalk);
    for (let count = 0; count < 60; count += 1) {
      await edgewalk.page.keyboard.press("Tab");
      if ((await edgewalk.focused()) === "page") return;
      assert.equal(await focusIsSeen(edgewalk), true, `the focus on ${await edgewalk.focused()} is not seen`);
    }
    assert.fail("Tab never left the page");
  });
});

test("Enter sends, arrows step, Home and End jump, Space plays", async () => {
  await walk(site, async (edgewalk) => {
    const { page } = edgewalk;
    // Before anything waits: what the browser's own clock has begun, the installed one cannot call off.
    await standing(page.clock);
    await edgewalk.compose({ city: "Paris", path: "/img/hero.jpg" });
    await noFocus(edgewalk);
    await page.keyboard.press("Enter");
    assert.match(await edgewalk.status(), /^Step 1 of 12\./);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    assert.match(await edgewalk.status(), /^Step 3 of 12\./);
    await page.keyboard.press("ArrowLeft");
    assert.match(await edgewalk.status(), /^Step 2 of 12\./);
    await page.keyboard.press("End");
    assert.match(await edgewalk.status(), /^Step 12 of 12\./);
    await page.keyboard.press("Home");
    assert.match(await edgewalk.status(), /^Step 1 of 12\./);
    await page.keyboard.press("Space");
    assert.equal(await edgewalk.button("Pause").isVisible(), true);
    await page.clock.runFor(1_600);
    assert.match(await edgewalk.status(), /^Step 2 of 12\./);
    await page.keyboard.press("Space");
    assert.equal(await edgewalk.button("Play").isVisible(), true);
  });
});

test("where nothing was sent, Step forward and Play send first", async () => {
  for (const key of ["ArrowRight", "Space"]) {
    await walk(site, async (edgewalk) => {
      await noFocus(edgewalk);
      await edgewalk.page.keyboard.press(key);
      assert.match(await edgewalk.status(), /^Step 1 of 12\./, key);
    });
  }
});

test("a button that has led to the end keeps the focus, and says that it leads nowhere", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.send();
    const forward = edgewalk.button("Step forward");
    await forward.focus();
    for (let count = 0; count < 20; count += 1) await edgewalk.page.keyboard.press("Enter");
    assert.equal(await edgewalk.focused(), "Step forward");
    assert.equal(await forward.isDisabled(), true);
    assert.match(await edgewalk.status(), /^Step 12 of 12\b/);
  });
});

test("a walk from end to end with nothing but keys", async () => {
  await walk(site, async (edgewalk) => {
    const { keyboard } = edgewalk.page;
    await tabTo(edgewalk, "Viewer city");
    await keyboard.press("ControlOrMeta+A");
    await keyboard.type("Paris");
    await tabTo(edgewalk, "URL path");
    await keyboard.press("ControlOrMeta+A");
    await keyboard.type("/img/hero.jpg");
    await keyboard.press("Enter");
    assert.match(await edgewalk.status(), /^Step 1 of 12\. /, "Enter in a field of the form sends");
    await eventually(() => edgewalk.focused(), "Inspector");
    await keyboard.press("ArrowRight");
    assert.match(await edgewalk.status(), /^Step 2 of 12\. /, "what was sent is stepped through at once");
    await tabTo(edgewalk, "Proxy method", "Shift+Tab");
    await keyboard.press("Space");
    assert.equal(await edgewalk.method("POST").isChecked(), true, "Space on a switch is the switch's");
    assert.equal(await edgewalk.button("Play").isVisible(), true, "and nobody else's");
    await tabTo(edgewalk, "Playhead");
    await keyboard.press("Home");
    assert.match(await edgewalk.status(), /^Step 1 of 12\. /);
    await keyboard.press("ArrowRight");
    assert.match(await edgewalk.status(), /^Step 2 of 12\. /, "the slider goes from step to step");
    await keyboard.press("End");
    await tabTo(edgewalk, "Invalidate", "Shift+Tab");
    await keyboard.press("Enter");
    await eventually(async () => (await edgewalk.status()).slice(0, 31), "Step 2 of 5. Invalidate /img/*.");
    await tabTo(edgewalk, "First step");
    await keyboard.press("Space");
    assert.match(await edgewalk.status(), /^Step 1 of 12\. /, "Space on a button is the button's");
    assert.equal(await edgewalk.button("Play").isVisible(), true, "and does not play");
  });
});

test("letters: D is the theme, P the presenter mode, Z undo, Shift+Z redo, I invalidates, ? shows the keys", async () => {
  await walk(site, async (edgewalk) => {
    const { page } = edgewalk;
    await edgewalk.sendThrough({ city: "Paris", path: "/img/hero.jpg" });
    await noFocus(edgewalk);
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    const theme = () => edgewalk.button("Theme").getAttribute("title");
    assert.equal(await theme(), "Theme: as the system (D)");
    await page.keyboard.press("d");
    const dark = await ground();
    assert.notEqual(dark, light);
    assert.equal(await theme(), "Theme: dark (D)");
    await page.keyboard.press("d");
    assert.equal(await theme(), "Theme: projector (D)");
    assert.ok(![light, dark].includes(await ground()), "a third look");
    await page.keyboard.press("d");
    assert.equal(await ground(), light);

    await page.keyboard.press("p");
    assert.equal(await edgewalk.form.isVisible(), false, "for a room, the form makes way");
    assert.equal(await edgewalk.button("Presenter mode").getAttribute("aria-pressed"), "true");
    await page.keyboard.press("Escape");
    assert.equal(await edgewalk.form.isVisible(), true);

    await page.keyboard.press("z");
    assert.equal(await edgewalk.status(), "Nothing sent yet.");
    await page.keyboard.press("Shift+Z");
    assert.match(await edgewalk.status(), /^Step 12 of 12\./);
    await page.keyboard.press("i");
    assert.match(await edgewalk.status(), /^Step 1 of 4\. Invalidate \/img\/\*/);

    await page.keyboard.press("?");
    const dialog = page.getByRole("dialog", { name: "Keys", exact: true });
    assert.equal(await dialog.isVisible(), true);
    const before = await edgewalk.status();
    for (const key of ["ArrowLeft", "z", "d"]) await page.keyboard.press(key);
    assert.equal(await edgewalk.status(), before, "keys rest while the list is open");
    assert.equal(await ground(), light);
    await page.keyboard.press("Escape");
    assert.equal(await dialog.isVisible(), false);
  });
});

test("WCAG 2.1.4: single letters can be switched off, and stay off after a reload; the other keys go on", async () => {
  await walk(site, async (edgewalk) => {
    const { page } = edgewalk;
    await edgewalk.button("Keys").click();
    const toggle = page.getByRole("switch", { name: "Single-letter keys", exact: true });
    assert.equal(await toggle.isChecked(), true);
    await toggle.click();
    await page.getByRole("button", { name: "Close", exact: true }).click();
    await eventually(() => edgewalk.focused(), "Keys");
    for (const again of [false, true]) {
      if (again) {
        // Without the walk that the address holds by now, or not yet.
        await page.goto(`${site.origin}/?again`);
        await page.getByRole("heading", { level: 1 }).waitFor();
      }
      await edgewalk.send();
      await noFocus(edgewalk);
      for (const key of ["z", "p", "i", "?"]) await page.keyboard.press(key);
      assert.match(await edgewalk.status(), /^Step 1 of 12\./);
      assert.equal(await edgewalk.form.isVisible(), true);
      assert.equal(await page.getByRole("dialog").isVisible(), false);
      await page.keyboard.press("ArrowRight");
      assert.match(await edgewalk.status(), /^Step 2 of 12\./);
    }
    await edgewalk.button("Keys").click();
    await toggle.click();
    await page.keyboard.press("Escape");
    await noFocus(edgewalk);
    await page.keyboard.press("p");
    assert.equal(await edgewalk.form.isVisible(), false, "and on again");
  });
});

test("keys are the field's own while one has the focus", async () => {
  await walk(site, async (edgewalk) => {
    const { page } = edgewalk;
    await edgewalk.send({ city: "Paris", path: "/img/hero.jpg" });
    for (const name of ["Query string", "Headers", "Cookies"]) await edgewalk.openFold(name);
    for (const name of ["Viewer city", "URL path", "Query string", "Headers", "Cookies", "Invalidate path"]) {
      const field = edgewalk.field(name);
      const before = await field.inputValue();
      await field.focus();
      await page.keyboard.press("End");
      for (const key of ["z", "d", "p", "?", " ", "i"]) await page.keyboard.press(key);
      await page.keyboard.press("Home");
      await page.keyboard.press("ArrowRight");
      assert.equal(await field.inputValue(), `${before}zdp? i`, `${name} takes every key`);
      assert.match(await edgewalk.status(), /^Step 1 of 12\./, name);
      assert.equal(await edgewalk.form.isVisible(), true, name);
      await field.fill(before);
    }
    await edgewalk.speed.focus();
    await page.keyboard.press("ArrowLeft");
    assert.match(await edgewalk.status(), /^Step 1 of 12\./, "the list of speeds has the arrows to itself");
    await edgewalk.method("GET").focus();
    await page.keyboard.press("ArrowRight");
    assert.equal(await edgewalk.method("HEAD").isChecked(), true, "so have the methods");
  });
});

test("keys of the browser are left to it", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.sendThrough();
    await noFocus(edgewalk);
    for (const keys of ["Control+z", "Control+d", "Alt+p", "Control+ArrowLeft"]) await edgewalk.page.keyboard.press(keys);
    assert.match(await edgewalk.status(), /^Step 12 of 12\./);
    assert.equal(await edgewalk.form.isVisible(), true);
  });
});

/** Whether the element with the focus, or what stands for it, has an outline or a shadow around it. */
function focusIsSeen({ page }) {
  return page.evaluate(() => {
    const isMarked = (element) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      return (outlineStyle !== "none" && parseFloat(outlineWidth) >= 1) || boxShadow !== "none";
    };
    const element = document.activeElement;
    // A radio button or switch may be drawn by its label.
    const around = [element, element.nextElementSibling, element.closest("label")];
    return around.some((candidate) => candidate && isMarked(candidate));
  });
}

async function noFocus({ page }) {
  await page.evaluate(() => document.activeElement.blur());
}

/** The eight walks that the inspector offers while there is nothing to inspect. */
async function walkTitles(edgewalk) {
  const titles = await edgewalk.inspector.locator(".walk-list b").allInnerTexts();
  assert.equal(titles.length, 8);
  return titles;
}

/** What Tab visits, from the top until it leaves the page. */
async function tabOrder(edgewalk) {
  // Tab goes on from where one clicked last.
  await edgewalk.page.getByRole("heading", { level: 1 }).click();
  const names = [];
  while (names.length < 80) {
    await edgewalk.page.keyboard.press("Tab");
    const name = await edgewalk.focused();
    if (name === "page") return names;
    // Firefox stops at whatever scrolls, too.
    const isControl = await edgewalk.page.evaluate(() => document.activeElement.tabIndex >= 0);
    if (isControl) names.push(name);
  }
  return assert.fail(`Tab goes round and round: ${names}`);
}

async function tabTo(edgewalk, name, key = "Tab") {
  for (let count = 0; count < 160; count += 1) {
    if ((await edgewalk.focused()) === name) return;
    await edgewalk.page.keyboard.press(key);
  }
  assert.fail(`${key} does not reach ${name}`);
}

test("what nobody sees does not play: a hidden tab pauses, and stays where it was", async () => {
  await walk(site, async (edgewalk) => {
    const { page } = edgewalk;
    await edgewalk.send({ city: "Paris", path: "/img/hero.jpg" });
    await edgewalk.button("Play").click();
    await edgewalk.button("Pause").waitFor();
    const turn = (isHidden) => page.evaluate((hidden) => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
      document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    }, isHidden);
    await turn(true);
    await edgewalk.button("Play").waitFor();
    const where = await edgewalk.status();
    await turn(false);
    await page.waitForTimeout(2_500); // longer than a played step
    assert.equal(await edgewalk.status(), where);
  });
});
