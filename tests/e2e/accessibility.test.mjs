// axe-core finds nothing, in any state, light or dark, on any width.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { only } from "./browsers.mjs";
import { MISS_STEPS, walk } from "./edgewalk.mjs";
import { CONSOLE_STATES, showForm, STATES } from "./states.mjs";
import { accessibilityFaults, launch } from "./support.mjs";

/** The theme changes while the page is open. */
const IN_CHROMIUM = only("chromium", "can change the theme of an open page");

const site = await launch();
after(() => site.close());

const SIZES = [{ width: 1440, height: 900 }, { width: 820, height: 1180 }, { width: 390, height: 844 }];

for (const size of SIZES) {
  test(`axe-core finds nothing at ${size.width} px`, IN_CHROMIUM, async () => {
    await walk(site, size, async (edgewalk) => {
      const faults = [];
      for (const [state, reach] of [...STATES, ...CONSOLE_STATES]) {
        await reach(edgewalk);
        faults.push(...(await inAllThemes(edgewalk, state)));
      }
      assert.deepEqual(faults, []);
    });
  });
}

test("axe-core finds nothing in presenter mode", IN_CHROMIUM, async () => {
  await walk(site, async (edgewalk) => {
    const faults = [];
    for (const [state, reach] of STATES.slice(0, 4)) {
      await reach(edgewalk);
      await edgewalk.button("Presenter mode").click();
      faults.push(...(await inAllThemes(edgewalk, `${state}, presented`)));
      await edgewalk.button("Presenter mode").click();
    }
    // The black screen is one for the eye alone.
    await edgewalk.button("Presenter mode").click();
    await edgewalk.page.evaluate(() => document.activeElement.blur());
    await edgewalk.page.keyboard.press(".");
    await edgewalk.page.locator("[data-blank]").waitFor({ state: "attached" });
    faults.push(...(await inAllThemes(edgewalk, "black screen")));
    assert.match(await edgewalk.status(), /^Step /, "who listens still hears the step");
    assert.deepEqual(faults, []);
  });
});

test("axe-core finds nothing in the list of keys", IN_CHROMIUM, async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.button("Keys").click();
    assert.deepEqual(await inAllThemes(edgewalk, "the list of keys"), []);
  });
});

for (const { width, height } of SIZES.slice(0, 2)) {
  test(`each step button has its word in its name at ${width} px, seen or not`, async () => {
    await walk(site, { width, height }, async (edgewalk) => {
      await showForm(edgewalk);
      await edgewalk.send({ city: "Paris", path: "/img/hero.jpg" });
      for (const label of MISS_STEPS) {
        const named = edgewalk.steps.getByRole("button", { name: new RegExp(`\\b${label}$`) });
        assert.equal(await named.count(), 1, label);
      }
    });
  });
}

// axe-core does not look at texts of one character.
test("the number of a step can be read, current or not, under the mouse or not", IN_CHROMIUM, async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.send({ city: "Paris", path: "/img/hero.jpg" });
    for (const colorScheme of ["light", "dark"]) {
      await edgewalk.page.emulateMedia({ colorScheme });
      for (const label of ["URL", "REC looks", "Shown"]) {
        await edgewalk.goTo("REC looks");
        const button = edgewalk.steps.getByRole("button").nth((await edgewalk.stepLabels()).indexOf(label));
        for (const where of ["under the mouse", "at rest"]) {
          if (where === "at rest") await edgewalk.page.mouse.move(0, 0);
          else await button.hover();
          const ratio = await contrast(button.getByText(/^\d+$/));
          assert.ok(ratio >= 4.5, `${label} ${where}, ${colorScheme}: ${ratio.toFixed(1)}`);
        }
      }
    }
  });
});

/** The contrast of a text with its own background (WCAG 2.2, 1.4.3), as the browser paints both. */
function contrast(locator) {
  return locator.evaluate((element) => {
    const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const luminance = (color) => {
      paint.fillStyle = color;
      paint.fillRect(0, 0, 1, 1);
      const [red, green, blue] = [...paint.getImageData(0, 0, 1, 1).data].map((byte) => {
        const share = byte / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const { color, backgroundColor } = getComputedStyle(element);
    const [dark, light] = [luminance(color), luminance(backgroundColor)].sort((one, other) => one - other);
    return (light + 0.05) / (dark + 0.05);
  });
}

async function inAllThemes({ page }, state) {
  const faults = [];
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    for (const fault of await accessibilityFaults(page)) faults.push(`${state}, ${colorScheme}: ${fault}`);
  }
  const chosen = await page.evaluate(() => document.documentElement.getAttribute("data-theme"));
  const choose = (theme) => page.evaluate((name) => {
    if (name === null) document.documentElement.removeAttribute("data-theme");
    else document.documentElement.setAttribute("data-theme", name);
  }, theme);
  await choose("projector");
  for (const fault of await accessibilityFaults(page)) faults.push(`${state}, projector: ${fault}`);
  await choose(chosen);
  return faults;
}
