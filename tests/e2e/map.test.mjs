// The map: it shows the trip, and a click or a key on it moves the viewer and the origin.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { eventually, walk } from "./edgewalk.mjs";
import { launch } from "./support.mjs";

const site = await launch();
after(() => site.close());

/** Where a pin stands, in pixels of the page. */
async function placeOf(edgewalk, stop) {
  const box = await edgewalk.map.locator(`[data-stop="${stop}"] .spot .m`).boundingBox();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** The texts on the map, as they are read: what must not break is joined by other spaces. */
const labels = async (edgewalk) => (await edgewalk.map.locator(".tag").allInnerTexts()).map((text) => text.replaceAll("\u00a0", " "));
const city = (edgewalk) => edgewalk.field("Viewer city").inputValue();
const region = (edgewalk) => edgewalk.field("Origin Region").inputValue();

test("it names the viewer, the edge location, the regional edge cache and the origin of the trip", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.compose({ city: "Addis Ababa" });
    const expected = ["Addis Ababa\nviewer", "Nairobi\nedge location NBO", "Dubai\nregional edge cache", "N. Virginia\norigin"];
    await eventually(() => labels(edgewalk), expected);
    assert.match(await edgewalk.map.innerText(), /Nothing is on its way/);
    await edgewalk.sendThrough();
    assert.match(await edgewalk.map.innerText(), /Round trips in milliseconds/);
    assert.match(await edgewalk.map.innerText(), /153\sms/);
    await edgewalk.send();
    await edgewalk.goTo("POP looks");
    assert.match(await edgewalk.map.innerText(), /nothing beyond Nairobi is asked/);
    assert.doesNotMatch(await edgewalk.map.innerText(), /153\sms/);
  });
});

test("while the DNS answers it shows what was weighed", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.send({ city: "Addis Ababa" });
    await edgewalk.goTo("DNS");
    assert.equal(await edgewalk.map.locator(".candidate").count(), 4);
    // Doha and Manama lie so close together that there is room for one of them only.
    const weighed = (await labels(edgewalk)).filter((text) => text.endsWith(" ms"));
    // The one that is taken has its figure, too, in the same words: it is the least.
    assert.deepEqual(weighed, ["Nairobi\nNBO 18 ms", "JED 21 ms", "BAH 32 ms", "CAI 35 ms"]);
    await edgewalk.forward();
    assert.equal(await edgewalk.map.locator(".candidate").count(), 0);
    assert.ok((await labels(edgewalk)).includes("Nairobi\nedge location NBO"));
  });
});

test("where the viewer still knows the answer nothing is weighed", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.sendThrough({ city: "Addis Ababa" });
    await edgewalk.send();
    await edgewalk.goTo("DNS");
    assert.match(await edgewalk.inspector.innerText(), /still known/);
    assert.equal(await edgewalk.map.locator(".candidate").count(), 0);
    assert.match(await edgewalk.map.innerText(), /Round trips in milliseconds/);
    assert.match(await edgewalk.map.innerText(), /26\sms/);
  });
});

test("a hit in the regional edge cache is seen from near, and its camera stays from step to step", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.sendThrough({ city: "Addis Ababa" });
    assert.ok((await labels(edgewalk)).includes("N. Virginia\norigin"));
    await edgewalk.send({ city: "Riyadh" });
    const camera = () => edgewalk.map.locator(".world g").first().getAttribute("style");
    const first = await camera();
    assert.deepEqual(await labels(edgewalk), ["Riyadh\nviewer", "Manama\nedge location BAH", "Dubai\nregional edge cache"]);
    await edgewalk.goTo("REC looks");
    assert.equal(await camera(), first);
    assert.match(await edgewalk.map.innerText(), /8\.4\sms/);
  });
});

test("an invalidation names each cache that it has reached, with its time", async () => {
  await walk(site, async (edgewalk) => {
    for (const city of ["Paris", "Tokyo"]) await edgewalk.sendThrough({ city });
    await edgewalk.invalidateThrough("/*");
    const reached = (await labels(edgewalk)).filter((text) => /^(London|Tokyo|Paris) \d\.\d s$/.test(text));
    assert.equal(reached.length, 4);
    assert.equal(await edgewalk.map.locator(".wave").count(), 4);
  });
});

test("a click moves the viewer to the nearest city, and on a Region's mark the origin", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.compose({ city: "Addis Ababa" });
    await edgewalk.field("Origin Region").selectOption("us-east-1");
    const origin = await placeOf(edgewalk, "origin");
    // A little beside the mark no Region is touched; Washington is the nearest city there.
    await edgewalk.page.mouse.click(origin.x, origin.y + 10);
    await eventually(() => city(edgewalk), "Washington DC, United States");
    const other = await farthestRegion(edgewalk);
    await edgewalk.page.mouse.move(other.x, other.y);
    const tip = await edgewalk.map.locator(".tip").innerText();
    const aimedAt = /origin to ([a-z0-9-]+)/.exec(tip)[1];
    assert.notEqual(aimedAt, "us-east-1");
    await edgewalk.page.mouse.click(other.x, other.y);
    await eventually(() => region(edgewalk), aimedAt);
    assert.equal(await city(edgewalk), "Washington DC, United States");
  });
});

/** Where the diamond stands that is farthest from the origin's mark, of those that are seen. */
async function farthestRegion(edgewalk) {
  const origin = await placeOf(edgewalk, "origin");
  const drawn = await edgewalk.map.locator(".regions").getAttribute("d");
  const sheet = await edgewalk.map.locator(".sheet").boundingBox();
  const places = [...drawn.matchAll(/M(-?[\d.]+) (-?[\d.]+)l([\d.]+)/g)].map(([, x, y, half]) => ({ x: sheet.x + Number(x) + Number(half), y: sheet.y + Number(y) }));
  const seen = places.filter(({ x, y }) => x > sheet.x + 2 && y > sheet.y + 2 && x < sheet.x + sheet.width - 2 && y < sheet.y + sheet.height - 2);
  const gap = ({ x, y }) => Math.hypot(x - origin.x, y - origin.y);
  return seen.sort((one, other) => gap(other) - gap(one))[0];
}

test("arrow keys go from place to place, Enter moves the viewer, O the origin, and the steps stay where they are", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.send({ city: "Paris" });
    const step = await edgewalk.status();
    const sheet = edgewalk.page.getByRole("application", { name: "World map", exact: true });
    await sheet.focus();
    await edgewalk.page.keyboard.press("ArrowRight");
    const said = edgewalk.map.getByRole("status");
    assert.match(await said.innerText(), /Enter: viewer to /);
    const aimed = /Enter: viewer to (.*?)(?:\.|$)/.exec(await said.innerText())[1];
    assert.notEqual(aimed, "Paris, France");
    await edgewalk.page.keyboard.press("Enter");
    await eventually(() => city(edgewalk), aimed);
    assert.equal(await edgewalk.status(), step);
    for (let press = 0; press < 40 && !/O: origin to/.test(await said.innerText()); press += 1) {
      await edgewalk.page.keyboard.press(press % 2 ? "ArrowRight" : "ArrowDown");
    }
    const aimedAt = /O: origin to ([a-z0-9-]+)/.exec(await said.innerText())[1];
    await edgewalk.page.keyboard.press("o");
    await eventually(() => region(edgewalk), aimedAt);
  });
});

test("an edge location explains its code to the pointer", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.compose({ city: "Addis Ababa" });
    const pop = await placeOf(edgewalk, "pop");
    await edgewalk.page.mouse.move(pop.x, pop.y);
    const tip = edgewalk.map.locator(".tip");
    await tip.waitFor();
    assert.match(await tip.innerText(), /Nairobi, edge location NBO64-P10/);
    assert.match(await tip.innerText(), /NBO is an airport near it/);
  });
});

test("what is pointed at is told within the map, wherever the pointer is", async () => {
  for (const viewport of [{ width: 1440, height: 900 }, { width: 1280, height: 720 }, { width: 820, height: 1180 }, { width: 390, height: 844 }]) {
    await walk(site, viewport, async (edgewalk) => {
      await edgewalk.map.scrollIntoViewIfNeeded();
      const box = await edgewalk.map.boundingBox();
      const cut = [];
      for (let column = 0; column <= 8; column += 1) {
        for (let row = 0; row <= 4; row += 1) {
          await edgewalk.page.mouse.move(box.x + 2 + ((box.width - 4) * column) / 8, box.y + 2 + ((box.height - 4) * row) / 4);
          const tip = await edgewalk.map.locator(".tip").boundingBox();
          const over = Math.max(box.x - tip.x, box.y - tip.y, tip.x + tip.width - box.x - box.width, tip.y + tip.height - box.y - box.height);
          if (over > 0.5) cut.push(`${await edgewalk.map.locator(".tip").innerText()}: ${over} px`);
        }
      }
      assert.deepEqual(cut, [], `${viewport.width} wide`);
    });
  }
});

test("a station that is drawn beside its place answers for its own", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.sendThrough({ city: "Paris" });
    const tipAt = async (stop) => {
      const { x, y } = await placeOf(edgewalk, stop);
      await edgewalk.page.mouse.move(x, y);
      return edgewalk.map.locator(".tip").innerText();
    };
    assert.match(await tipAt("viewer"), /viewer to Paris, France/);
    assert.match(await tipAt("pop"), /Paris, edge location CDG/);
    assert.match(await tipAt("rec"), /origin to eu-west-2, London/);
    assert.ok((await placeOf(edgewalk, "rec")).x < (await placeOf(edgewalk, "viewer")).x, "London lies west of Paris");
    const viewer = await placeOf(edgewalk, "viewer");
    await edgewalk.page.mouse.click(viewer.x, viewer.y);
    assert.equal(await city(edgewalk), "Paris, France");
  });
});

test("a low screen that is presented has the sentence and the key of a high one", async () => {
  for (const viewport of [{ width: 1920, height: 1080 }, { width: 1366, height: 768 }, { width: 1280, height: 720 }]) {
    await walk(site, viewport, async (edgewalk) => {
      await edgewalk.page.keyboard.press("p");
      assert.ok(await edgewalk.map.locator(".map-head small").isVisible(), `${viewport.width} wide`);
      assert.ok(await edgewalk.map.locator(".map-key").isVisible(), `${viewport.width} wide`);
    });
  }
});

test("over the Pacific the two halves of a way name each other", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.sendThrough({ city: "Tokyo" });
    const rims = (await labels(edgewalk)).filter((text) => /^(to|from) /.test(text));
    assert.deepEqual(rims, ["to N. Virginia", "from Tokyo"]);
    // A hit does not go over the sea.
    await edgewalk.send();
    assert.deepEqual((await labels(edgewalk)).filter((text) => /^(to|from) /.test(text)), []);
  });
});
