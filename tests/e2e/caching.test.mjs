// Miss, hit in the edge location, hit in the regional edge cache, and what an invalidation does to them.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { MISS_STEPS, walk } from "./edgewalk.mjs";
import { launch } from "./support.mjs";

const site = await launch();
after(() => site.close());

const PARIS_POP = "Edge location CDG, Paris";
const LONDON_POP = "Edge location LHR, London";
/** Paris and London have the same one. */
const REC = "Regional edge cache eu-west-2";
const FROM_PARIS = { city: "Paris", path: "/img/hero.jpg" };

test("a first request is a miss all the way, in twelve steps, and both caches keep a copy", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.send(FROM_PARIS);
    assert.deepEqual(await edgewalk.stepLabels(), MISS_STEPS);
    assert.equal(await edgewalk.status(), "Step 1 of 12. A request is composed.");

    await edgewalk.goTo("POP looks");
    assert.match(await edgewalk.station(PARIS_POP).innerText(), /Miss/);
    assert.ok((await edgewalk.reasons()).includes("The key is not on the shelf in Paris: miss"));
    assert.match(await edgewalk.shelfText(PARIS_POP), /hero\.jpg not here/);
    await edgewalk.goTo("REC looks");
    assert.match(await edgewalk.station(REC).innerText(), /Miss/);
    assert.ok((await edgewalk.reasons()).includes("Ask the origin"));
    assert.deepEqual(await edgewalk.objects(REC), []);
    await edgewalk.goTo("REC keeps");
    assert.deepEqual(await edgewalk.objects(REC), ["hero.jpg"]);
    assert.deepEqual(await edgewalk.objects(PARIS_POP), [], "the answer is not there yet");

    await edgewalk.last();
    assert.equal(await edgewalk.status(), "Step 12 of 12. At the viewer.");
    assert.deepEqual(await edgewalk.objects(PARIS_POP), ["hero.jpg"]);
    assert.deepEqual(await edgewalk.objects(REC), ["hero.jpg"]);
    assert.equal(await edgewalk.header("X-Cache"), "Miss from cloudfront");
    assert.equal(await edgewalk.header("Status"), "200 OK");
  });
});

test("a second request is a hit at the edge location, without a handshake and without the origin", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.sendThrough(FROM_PARIS);
    await edgewalk.send();
    assert.deepEqual(await edgewalk.stepLabels(), ["URL", "DNS", "Reused", "Sent", "POP looks", "Shown"]);
    await edgewalk.goTo("POP looks");
    assert.match(await edgewalk.station(PARIS_POP).innerText(), /Hit/);
    const reasons = await edgewalk.reasons();
    assert.ok(reasons.includes("The key is on the shelf in Paris"), reasons.join("; "));
    assert.ok(reasons.some((reason) => /is less than its lifetime of 86,400\ss$/.test(reason)), reasons.join("; "));
    await edgewalk.last();
    assert.equal(await edgewalk.header("X-Cache"), "Hit from cloudfront");
    assert.match(await edgewalk.header("Age"), /^\d+$/);
    assert.match(await edgewalk.station("Origin us-east-1").innerText(), /not asked/);
    assert.match(await edgewalk.inspector.innerText(), /The edge location answered by itself\./);
  });
});

test("a second city behind the same regional edge cache gets a hit there, and the origin is not asked", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.sendThrough({ ...FROM_PARIS, city: "London" });
    assert.deepEqual(await edgewalk.objects(LONDON_POP), ["hero.jpg"]);
    await edgewalk.send(FROM_PARIS);
    const labels = await edgewalk.stepLabels();
    assert.ok(!labels.includes("At origin") && labels.includes("REC looks"), labels.join(", "));
    await edgewalk.goTo("POP looks");
    assert.match(await edgewalk.station(PARIS_POP).innerText(), /Miss/);
    await edgewalk.goTo("REC looks");
    assert.match(await edgewalk.station(REC).innerText(), /Hit/);
    await edgewalk.last();
    assert.equal(await edgewalk.header("X-Cache"), "Hit from cloudfront");
    assert.match(await edgewalk.inspector.innerText(), /The regional edge cache in London answered; to the viewer that is a hit, too\./);
    assert.match(await edgewalk.station("Origin us-east-1").innerText(), /not asked/);
    assert.deepEqual(await edgewalk.objects(PARIS_POP), ["hero.jpg"], "the edge location keeps a copy on the way");
  });
});

test("an invalidation empties the caches place by place, and the next request is a miss", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.sendThrough(FROM_PARIS);
    await edgewalk.sendThrough({ path: "/app.js" });
    await edgewalk.invalidate("/img/*");
    assert.deepEqual(await edgewalk.stepLabels(), ["Invalidate", "eu-west-2", "CDG", "Complete"]);
    assert.match(await edgewalk.status(), /^Step 1 of 4\./, "an invalidation is walked from its first step on, as a request is");

    const held = async () => [await edgewalk.objects(REC), await edgewalk.objects(PARIS_POP)];
    assert.deepEqual(await held(), [["app.js", "hero.jpg"], ["app.js", "hero.jpg"]]);
    await edgewalk.forward();
    assert.equal(await edgewalk.title(), "Regional edge cache London: 1 removed");
    assert.deepEqual(await held(), [["app.js"], ["app.js", "hero.jpg"]]);
    await edgewalk.forward();
    assert.equal(await edgewalk.title(), "Edge location Paris: 1 removed");
    assert.deepEqual(await edgewalk.reasons(), ["/img/hero.jpg is gone"]);
    assert.deepEqual(await held(), [["app.js"], ["app.js"]]);

    await edgewalk.last();
    assert.match(await edgewalk.inspector.innerText(), /2 stored responses went in all\./);
    await edgewalk.sendThrough({ path: "/img/hero.jpg" });
    assert.equal(await edgewalk.header("X-Cache"), "Miss from cloudfront");
    assert.deepEqual(await held(), [["hero.jpg", "app.js"], ["hero.jpg", "app.js"]]);
  });
});

test("past its lifetime an object is stale: it is asked about, and kept when nothing has changed", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.sendThrough({ city: "Paris", path: "/index.html" });
    await edgewalk.openFold("Between requests");
    await edgewalk.field("Wait").selectOption({ label: "1 h" });
    await edgewalk.button("Wait").click();
    await edgewalk.send();
    await edgewalk.goTo("POP looks");
    assert.match(await edgewalk.station(PARIS_POP).innerText(), /Stale/);
    await edgewalk.last();
    assert.equal(await edgewalk.header("X-Cache"), "RefreshHit from cloudfront");
  });
});

test("with empty caches at the start, every request is a miss", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.sendThrough(FROM_PARIS);
    await edgewalk.flip("Start with empty caches");
    assert.deepEqual(await edgewalk.objects(PARIS_POP), []);
    for (let time = 0; time < 2; time += 1) {
      await edgewalk.sendThrough();
      assert.equal(await edgewalk.header("X-Cache"), "Miss from cloudfront");
    }
    await edgewalk.flip("Start with empty caches");
    await edgewalk.sendThrough();
    assert.equal(await edgewalk.header("X-Cache"), "Hit from cloudfront");
  });
});

test("where the room is used up, the object that was used least recently goes", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.openFold("Cache size");
    await edgewalk.field("POP capacity (MB)").fill("0.8");
    await edgewalk.button("Set").click();
    for (const path of ["/img/hero.jpg", "/img/sale.jpg", "/img/team.jpg"]) await edgewalk.sendThrough({ city: "Paris", path });
    assert.deepEqual(await edgewalk.objects(PARIS_POP), ["team.jpg", "sale.jpg"]);
    assert.deepEqual(await edgewalk.objects(REC), ["team.jpg", "sale.jpg", "hero.jpg"], "it has ten times the room");
    await edgewalk.goTo("POP keeps");
    const reasons = await edgewalk.reasons();
    assert.ok(reasons.some((reason) => /^hero\.jpg .* was used least recently and had to go$/.test(reason)), reasons.join("; "));
  });
});
