// Who goes past the regional edge cache, and why.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { walk } from "./edgewalk.mjs";
import { launch } from "./support.mjs";

const site = await launch();
after(() => site.close());

const REC = "Regional edge cache eu-west-2";
const FROM_PARIS = { city: "Paris", path: "/img/hero.jpg" };

/** Sends what is composed, and checks that the REC was left out and that the inspector and the path say why. */
async function passesTheRec(edgewalk, { reason, inShort }) {
  await edgewalk.send();
  const labels = await edgewalk.stepLabels();
  assert.deepEqual(labels.filter((label) => /REC/.test(label)), ["Skips REC"], "no step happens in the REC");
  await edgewalk.goTo("Skips REC");
  const reasons = await edgewalk.reasons();
  assert.ok(reasons.includes(reason), reasons.join("; "));
  assert.match(await edgewalk.inspector.innerText(), /past the regional edge cache in London\./);
  assert.ok((await edgewalk.path.innerText()).includes(inShort), "the path says it in short");
  assert.match(await edgewalk.station(REC).innerText(), /London, not asked/);
  await edgewalk.last();
  assert.match(await edgewalk.station(REC).innerText(), /London, not asked/);
  assert.deepEqual(await edgewalk.objects(REC), [], "nothing is kept there");
}

const POST_REASON = {
  reason: "POST is a proxy method: past the regional edge cache",
  inShort: "POST may change data, no cache may answer",
};

test("REC-01: a POST, chosen as the method, goes past the REC; the switch agrees", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.compose({ ...FROM_PARIS, method: "POST", path: "/api/orders" });
    assert.equal(await edgewalk.toggle("Proxy method").isChecked(), true);
    await passesTheRec(edgewalk, POST_REASON);
    await edgewalk.choose("GET");
    assert.equal(await edgewalk.toggle("Proxy method").isChecked(), false);
  });
});

test("REC-01: a POST, chosen by the switch, goes past the REC; the method agrees", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.compose({ ...FROM_PARIS, path: "/api/orders" });
    await edgewalk.flip("Proxy method");
    assert.equal(await edgewalk.method("POST").isChecked(), true);
    assert.equal(await edgewalk.method("GET").isChecked(), false);
    await passesTheRec(edgewalk, POST_REASON);
    await edgewalk.flip("Proxy method");
    assert.equal(await edgewalk.method("GET").isChecked(), true);
  });
});

for (const method of ["PUT", "PATCH", "OPTIONS", "DELETE"]) {
  test(`REC-01, REC-02: ${method} goes past the REC`, async () => {
    await walk(site, async (edgewalk) => {
      await edgewalk.compose({ ...FROM_PARIS, method, path: "/api/orders" });
      assert.equal(await edgewalk.toggle("Proxy method").isChecked(), true);
      const inShort = method === "OPTIONS" ? "OPTIONS is a proxy method" : `${method} may change data`;
      await passesTheRec(edgewalk, { reason: `${method} is a proxy method: past the regional edge cache`, inShort });
    });
  });
}

test("HEAD is no proxy method: it asks the REC", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.send({ ...FROM_PARIS, method: "HEAD" });
    assert.equal(await edgewalk.toggle("Proxy method").isChecked(), false);
    assert.ok((await edgewalk.stepLabels()).includes("REC looks"));
  });
});

test("REC-03: a dynamic request goes past the REC and nothing keeps its answer", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.compose(FROM_PARIS);
    await edgewalk.flip("Dynamic request");
    assert.equal(await edgewalk.toggle("Dynamic request").isChecked(), true);
    await passesTheRec(edgewalk, {
      reason: "Behavior * has caching disabled: a dynamic request",
      inShort: "Dynamic: this behavior has caching disabled",
    });
    assert.deepEqual(await edgewalk.objects("Edge location CDG, Paris"), []);
    await edgewalk.flip("Dynamic request");
    await edgewalk.send();
    assert.ok((await edgewalk.stepLabels()).includes("REC looks"), "without the switch, it asks the REC");
  });
});

test("REC-06: a bucket in the REC's own Region is asked directly", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.compose(FROM_PARIS);
    await edgewalk.flip("S3 in the same Region");
    assert.match(await edgewalk.page.getByRole("group", { name: "What if" }).innerText(), /The bucket stands in eu-west-2/);
    assert.equal(await edgewalk.station("Origin eu-west-2").isVisible(), true, "the bucket has moved");
    await passesTheRec(edgewalk, {
      reason: "The bucket stands in eu-west-2, as the regional edge cache does: no detour",
      inShort: "The bucket is next door in London",
    });
    assert.deepEqual(await edgewalk.objects("Edge location CDG, Paris"), ["hero.jpg"], "the edge location keeps a copy");
  });
});

test("REC-08: where there is no bucket, the switch cannot be pressed and says why", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.compose({ ...FROM_PARIS, path: "/api/orders" });
    const toggle = edgewalk.toggle("S3 in the same Region");
    assert.equal(await toggle.isDisabled(), true);
    const why = await toggle.evaluate((input) => document.getElementById(input.getAttribute("aria-describedby")).textContent);
    assert.equal(why, "/api/* comes from a load balancer; the rule speaks of S3 buckets only (REC-08).");
    await edgewalk.compose({ path: "/img/hero.jpg" });
    assert.equal(await toggle.isEnabled(), true);
  });
});

test("the path /api/* is dynamic by itself, and the switch says so", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.compose({ ...FROM_PARIS, path: "/api/orders" });
    assert.equal(await edgewalk.toggle("Dynamic request").isChecked(), true);
    await passesTheRec(edgewalk, {
      reason: "Behavior /api/* has caching disabled: a dynamic request",
      inShort: "Dynamic: this behavior has caching disabled",
    });
  });
});
