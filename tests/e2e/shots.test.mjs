// The page looks as it did: states of a walk, reached by what a person does, against the pictures in docs/design/shots.
//
// A picture may differ in one of a thousand pixels, and nowhere in so many together as a letter or a mark has. Each colour of
// the design is broken in turn: one of the pictures must tell. Where the look was changed on purpose, `cargo xtask journeys --renew-shots`
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

/** A square of so many pixels a side, and how many of them may differ: a letter or the outline of a mark has more. */
const SIDE = 16;
const MOST_IN_SQUARE = 40;

/** The colours of the design: those with a value for light and one for dark. */
const SHEET = readFileSync(new URL("../../style/tokens.css", import.meta.url), "utf8");
const COLOURS = [...new Set(SHEET.match(/--[a-z0-9-]+(?=:\s*light-dark\()/g))];
/** What no picture of a page at rest shows, with the reason. */
const UNSEEN = new Map([["--focus", "nothing has the focus in a picture; accessibility.test.mjs looks at the ring"]]);
/** One that is none of them. */
const BROKEN = "#1b7f2a";

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
const wasBypassed = async (edgewalk) => {
  await aBypass(edgewalk);
  await edgewalk.goTo("At origin");
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

/** Its key takes the query and the cookies, by settings that every edge location has by then. */
const aKey = async (edgewalk) => {
  await state("the console")(edgewalk);
  await edgewalk.field("Cache policy").selectOption("legacy");
  await edgewalk.field("Query strings").fill("all");
  await edgewalk.field("Cookies").fill("all");
  await edgewalk.button("Save changes").click();
  await edgewalk.button("See it in the walk").click();
  await edgewalk.button("Jump +1 h").click();
  await edgewalk.send({ city: "Paris", path: "/img/hero.jpg", query: "w=1200", cookies: "session=a1" });
  await edgewalk.goTo("POP looks");
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
  ["key", aKey, DESK, "light"],
  ["distribution", state("the console"), DESK, "light"],
  ["distribution-wrong", aWrongSheet, DESK, "dark"],
  ["distribution-phone", state("the console"), PHONE, "light"],
  ["miss-tablet", aMiss, TABLET, "light"],
  ["hit-tablet", aHit, TABLET, "dark"],
  ["miss-phone", aMiss, PHONE, "light"],
  ["bypass-phone", wasBypassed, PHONE, "dark"],
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
/** The colours that no picture has told of yet. */
const untold = new Set(COLOURS.filter((colour) => !UNSEEN.has(colour)));

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
      for (const colour of untold) if (await isTold(page, colour, taken)) untold.delete(colour);
    });
  });
}

test("each colour of the design is told by a picture where it is broken", only("chromium", "took the references"), (t) => {
  if (isAnother || isRenewing) return t.skip(isAnother ?? "new ones are taken");
  assert.ok(COLOURS.length > 30, "the sheet was read");
  assert.deepEqual([...untold], []);
});

/** Whether a picture of the page as it stands differs once a colour has another value. */
async function isTold(page, colour, before) {
  const set = (value) => page.evaluate(([name, to]) => document.documentElement.style.setProperty(name, to), [colour, value]);
  await set(BROKEN);
  const after = PNG.sync.read(await page.screenshot({ animations: "disabled", caret: "initial" }));
  await set("");
  return difference(before, after) !== undefined;
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

/** Fails where the page does not look as its reference. */
function compare(file, taken) {
  const reference = PNG.sync.read(readFileSync(new URL(file, REFERENCES)));
  const size = (png) => `${png.width} x ${png.height}`;
  assert.equal(size(taken), size(reference), `${file} has another size. ${HOW_TO_RENEW}`);
  const found = difference(reference, taken);
  if (found === undefined) return;
  mkdirSync(FINDINGS, { recursive: true });
  writeFileSync(new URL(file, FINDINGS), withPalette(taken));
  const where = new URL(file.replace(".png", "-differs.png"), FINDINGS);
  writeFileSync(where, withPalette(found.shown));
  assert.fail(`${file} differs: ${found.said}, see ${fileURLToPath(where)}. ${HOW_TO_RENEW}`);
}

/** What tells two pictures of one size apart, and a picture that shows where; nothing where they look the same. */
function difference(one, other) {
  const { width, height } = one;
  const shown = new PNG({ width, height });
  // Transparent but for the pixels that differ.
  const differing = pixelmatch(one.data, other.data, shown.data, width, height, { threshold: SAME_COLOUR, diffMask: true });
  if (differing === 0) return undefined;
  const squares = new Map();
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    if (shown.data[pixel * 4 + 3] === 0) continue;
    const [x, y] = [pixel % width, Math.floor(pixel / width)].map((place) => Math.floor(place / SIDE));
    squares.set(`${x * SIDE}, ${y * SIDE}`, (squares.get(`${x * SIDE}, ${y * SIDE}`) ?? 0) + 1);
  }
  const [where, most] = [...squares].reduce((worst, square) => (square[1] > worst[1] ? square : worst));
  const part = differing / (width * height);
  if (part > MOST_DIFFERING) return { shown, said: `${(part * 100).toFixed(2)} % of it` };
  if (most > MOST_IN_SQUARE) return { shown, said: `${most} pixels together at ${where}` };
  return undefined;
}
