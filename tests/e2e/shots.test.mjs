// The page looks as it did: states of a walk, reached by what a person does, against the pictures in docs/design/shots.
//
// A picture may differ in one of a thousand pixels. Where the look was changed on purpose, `cargo xtask journeys --renew-shots`
// takes new ones: look at each before it is committed.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { only } from "./browsers.mjs";
import { walk } from "./edgewalk.mjs";
import { withPalette } from "./picture.mjs";
import { CONSOLE_STATES, showForm, STATES } from "./states.mjs";
import { launch } from "./support.mjs";

const REFERENCES = new URL("../../docs/design/shots/", import.meta.url);
/** Where a picture that differs is left, beside one that shows where. */
const FINDINGS = new URL("../../target/shots/", import.meta.url);
/** Which browser took the references. */
const TAKEN_BY = new URL("taken-by.txt", REFERENCES);

/** The part of all pixels that may differ. */
const MOST_DIFFERING = 0.001;
/** From which difference on a pixel counts, of 1 between black and white: a twelfth of the way from --line to --line-2. */
const SAME_COLOUR = 0.03;

const HOW_TO_RENEW = "If this is meant, take new ones: `cargo xtask journeys --renew-shots`";

const DESK = { width: 1440, height: 900 };
const ROOM = { width: 1920, height: 1080, isPresented: true };
const TABLET = { width: 820, height: 1180, isWhole: true };
const PHONE = { width: 390, height: 844, isWhole: true };

const state = (name) => [...STATES, ...CONSOLE_STATES].find(([title]) => title === name)[1];
const aMiss = state("a miss, mid-way");
const anAnswer = async (edgewalk) => {
  await aMiss(edgewalk);
  await edgewalk.goTo("POP keeps");
};
const aHit = async (edgewalk) => {
  await aMiss(edgewalk);
  await state("a hit")(edgewalk);
  await edgewalk.last();
};
const aBypass = async (edgewalk) => {
  await showForm(edgewalk);
  await edgewalk.flip("Proxy method");
  await edgewalk.send({ city: "Paris", path: "/api/orders" });
  await edgewalk.goTo("Skips REC");
};
const aRefresh = async (edgewalk) => {
  await state("a stale object")(edgewalk);
  await edgewalk.last();
};
const aWrongSheet = async (edgewalk) => {
  await state("the console")(edgewalk);
  await state("a sheet with errors")(edgewalk);
};
const aFullShelf = async (edgewalk) => {
  for (const name of ["img/hero.jpg", "img/map.png", "img/team.jpg", "img/sale.jpg", "img/products/tent.jpg", "app.js"]) {
    await edgewalk.sendThrough({ city: "Paris", path: `/${name}` });
  }
};

/** Name, how to get there, screen and theme. */
const SHOTS = [
  ["empty", state("empty"), DESK, "light"],
  ["miss", aMiss, DESK, "light"],
  ["miss", aMiss, DESK, "dark"],
  ["answer", anAnswer, DESK, "light"],
  ["hit", aHit, DESK, "light"],
  ["hit", aHit, DESK, "dark"],
  ["bypass", aBypass, DESK, "light"],
  ["bypass", aBypass, DESK, "dark"],
  ["stale", state("a stale object"), DESK, "light"],
  ["refresh", aRefresh, DESK, "dark"],
  ["error", state("an error from the origin"), DESK, "dark"],
  ["full-shelf", aFullShelf, DESK, "light"],
  ["distribution", state("the console"), DESK, "light"],
  ["distribution-wrong", aWrongSheet, DESK, "dark"],
  ["distribution-phone", state("the console"), PHONE, "light"],
  ["miss-tablet", aMiss, TABLET, "light"],
  ["hit-tablet", aHit, TABLET, "dark"],
  ["miss-phone", aMiss, PHONE, "light"],
  ["bypass-phone", aBypass, PHONE, "dark"],
  ["miss-presented", aMiss, ROOM, "light"],
  ["hit-presented", aHit, ROOM, "dark"],
];

const site = await launch();
/** What `--renew-shots` sets. */
const isRenewing = Boolean(process.env.UPDATE_SHOTS);
const present = `Chromium ${await site.version()}`;
if (isRenewing) writeFileSync(TAKEN_BY, `${present}\n`);
/** Another version draws letters a little otherwise: it would find differences that are none of ours. */
const takenBy = readFileSync(TAKEN_BY, "utf8").trim();
const isAnother = takenBy === present ? undefined : `the references were taken by ${takenBy}, this is ${present}`;
after(() => site.close());

for (const [name, reach, { isPresented, isWhole, ...size }, theme] of SHOTS) {
  const file = `walk-${name}-${theme}.png`;
  test(`${file} is what the page shows`, only("chromium", "took the references"), async (t) => {
    if (isAnother) return t.skip(isAnother);
    await walk(site, { ...size, theme }, async (edgewalk) => {
      const { page } = edgewalk;
      await reach(edgewalk);
      if (isPresented) await edgewalk.button("Presenter mode").click();
      await atRest(page);
      if (isWhole) await asHighAsThePage(page);
      const taken = PNG.sync.read(await page.screenshot({ animations: "disabled", caret: "initial" }));
      if (isRenewing) return writeFileSync(new URL(file, REFERENCES), withPalette(taken));
      compare(file, taken);
    });
  });
}

/** Nothing is under the mouse or has the focus, and the letters have their font. */
async function atRest(page) {
  await page.mouse.move(0, 0);
  await page.evaluate(async () => {
    document.activeElement.blur();
    scrollTo(0, 0);
    await document.fonts.ready;
  });
}

/** The whole page in one piece, what sticks to the bottom at its end. */
async function asHighAsThePage(page) {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: page.viewportSize().width, height });
}

/** Fails where more than the allowed part of the pixels differs. */
function compare(file, taken) {
  const reference = PNG.sync.read(readFileSync(new URL(file, REFERENCES)));
  const { width, height } = reference;
  const size = (png) => `${png.width} x ${png.height}`;
  assert.equal(size(taken), size(reference), `${file} has another size. ${HOW_TO_RENEW}`);
  const shown = new PNG({ width, height });
  const differing = pixelmatch(reference.data, taken.data, shown.data, width, height, { threshold: SAME_COLOUR });
  const part = differing / (width * height);
  if (part <= MOST_DIFFERING) return;
  mkdirSync(FINDINGS, { recursive: true });
  writeFileSync(new URL(file, FINDINGS), withPalette(taken));
  const where = new URL(file.replace(".png", "-differs.png"), FINDINGS);
  writeFileSync(where, withPalette(shown));
  assert.fail(`${(part * 100).toFixed(2)} % of ${file} differ, see ${fileURLToPath(where)}. ${HOW_TO_RENEW}`);
}
