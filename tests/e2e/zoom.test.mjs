// At 400 % zoom and with wide text nothing is lost: a screen of 1280 x 1024 is then 320 x 256 px, one of 1440 x 900 is 360 x 225
// (WCAG 2.2, 1.4.10, 1.4.12), and what has the focus is never under what sticks (2.4.11).

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { walk } from "./edgewalk.mjs";
import { tooWide } from "./fits.mjs";
import { CONSOLE_STATES, showForm, STATES } from "./states.mjs";
import { launch } from "./support.mjs";

const site = await launch();
after(() => site.close());

const ZOOMED = [{ width: 320, height: 256 }, { width: 360, height: 225 }];

for (const size of ZOOMED) {
  test(`nothing is cut off or scrolls sideways at ${size.width} x ${size.height} px`, async () => {
    await walk(site, size, async (edgewalk) => {
      const faults = [];
      for (const [state, reach] of STATES) {
        await reach(edgewalk);
        for (const fault of await tooWide(edgewalk)) faults.push(`${state}: ${fault}`);
      }
      for (const sheet of ["Choose a walk", "Keys", "Glossary"]) {
        await edgewalk.page.keyboard.press("Escape");
        await edgewalk.button(sheet).click();
        for (const fault of await tooWide(edgewalk)) faults.push(`${sheet}: ${fault}`);
      }
      for (const [state, reach] of CONSOLE_STATES) {
        await reach(edgewalk);
        for (const fault of await tooWide(edgewalk)) faults.push(`${state}: ${fault}`);
      }
      assert.deepEqual(faults, []);
    });
  });
}

for (const size of [...ZOOMED, { width: 720, height: 450 }, { width: 390, height: 844 }, { width: 820, height: 1180 }, { width: 1280, height: 720 }]) {
  test(`whatever Tab comes to is seen at ${size.width} x ${size.height} px`, async () => {
    await walk(site, size, async (edgewalk) => {
      await showForm(edgewalk);
      await edgewalk.sendThrough({ city: "Paris", path: "/img/hero.jpg" });
      await edgewalk.page.getByRole("heading", { level: 1 }).click();
      const faults = [];
      for (let count = 0; ; count += 1) {
        assert.ok(count < 160, "Tab goes round and round");
        await edgewalk.page.keyboard.press("Tab");
        const name = await edgewalk.focused();
        if (name === "page") break;
        const fault = await edgewalk.page.evaluate(hidden);
        if (fault) faults.push(`${name} ${fault}`);
      }
      assert.deepEqual(faults, []);
    });
  });
}

for (const size of [{ width: 1440, height: 900 }, { width: 820, height: 1180 }, { width: 390, height: 844 }]) {
  test(`with wide text nothing is lost at ${size.width} px`, async () => {
    await walk(site, size, async (edgewalk) => {
      await edgewalk.page.evaluate(widen);
      const faults = [];
      for (const [state, reach] of STATES.slice(0, 4)) {
        await reach(edgewalk);
        // The names on the map are those of the path.
        const wide = (await tooWide(edgewalk)).filter((fault) => !fault.startsWith("Map "));
        const lost = [...wide, ...(await edgewalk.page.evaluate(cut))];
        for (const fault of lost) faults.push(`${state}: ${fault}`);
      }
      assert.deepEqual(faults, []);
    });
  });
}

/** Runs in the page: lines, paragraphs, letters and words as far apart as WCAG 2.2, 1.4.12 has them. */
function widen() {
  const wide = new CSSStyleSheet();
  wide.replaceSync(
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }",
  );
  document.adoptedStyleSheets = [wide];
}

/** Runs in the page: texts that are cut, and controls of the deck that leave it. Some short forms may be cut, since the whole stands beside. */
function cut() {
  const ELSEWHERE = {
    "the fold has it": "summary .val",
    "the form has it": ".recap .val",
    "the steps and the path have it": ".phases *",
    "it is whole where it is the current one": ".steps *",
    "its own name has it": ".cell *",
    "it is the path's": ".pkt *",
    "the inspector has it": ".brief *",
  };
  const isElsewhere = (element) => Object.values(ELSEWHERE).some((selector) => element.matches(selector));
  const texts = [...document.querySelectorAll("body *")].filter((element) => {
    const { overflowX, overflowY, textOverflow } = getComputedStyle(element);
    const isHidden = (overflow) => ["hidden", "clip"].includes(overflow);
    // A few pixels between two lines are no letters.
    const isCut =
      (isHidden(overflowY) && element.scrollHeight > element.clientHeight + 4) ||
      (isHidden(overflowX) && textOverflow === "ellipsis" && element.scrollWidth > element.clientWidth + 1);
    return isCut && element.clientWidth > 1 && element.checkVisibility() && !element.matches("input, select, textarea") && !isElsewhere(element);
  });
  // On a phone the deck has no box of its own.
  const deck = document.querySelector(".timeline").getBoundingClientRect();
  const outside = [...document.querySelectorAll(".deck :is(button, select)")].filter((control) => {
    const { right, width } = control.getBoundingClientRect();
    return width > 1 && right > deck.right + 1;
  });
  const name = (element) => `${element.localName}.${element.className} "${element.innerText.slice(0, 30)}"`;
  return [...texts.map((element) => `${name(element)} is cut`), ...outside.map((element) => `${name(element)} leaves the deck`)];
}

/**
 * Runs in the page: why what has the focus cannot be seen, or nothing. Half of a control must be on the screen with nothing over its
 * middle, of a region a part that nothing covers: browsers scroll as little as they can.
 */
function hidden() {
  const element = document.activeElement;
  // A radio button or switch may be drawn by its label.
  const drawn = element.closest("label") ?? element;
  const { left, right, top, bottom } = drawn.getBoundingClientRect();
  if (right - left < 2 || bottom - top < 2) return "has no size";
  const [from, to] = [Math.max(left, 0), Math.min(right, innerWidth)];
  const [above, below] = [Math.max(top, 0), Math.min(bottom, innerHeight)];
  const isRegion = element.matches("section, .sheet");
  const half = (size, room) => (isRegion ? 1 : Math.min(size, room) / 2);
  if (to - from < half(right - left, innerWidth) || below - above < half(bottom - top, innerHeight)) {
    return `is at ${[left, top, right, bottom].map(Math.round)} of ${innerWidth} x ${innerHeight}`;
  }
  const at = (x, y) => document.elementFromPoint(from + (to - from) * x, above + (below - above) * y);
  const isSeen = (found) => drawn.contains(found) || found?.contains(drawn);
  const middle = at(0.5, 0.5);
  const shares = [0.02, 0.25, 0.5, 0.75, 0.98];
  const isSeenSomewhere = isRegion && shares.some((y) => shares.some((x) => isSeen(at(x, y))));
  return isSeen(middle) || isSeenSomewhere ? undefined : `is under ${middle?.localName}.${middle?.className}`;
}
