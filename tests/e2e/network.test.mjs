// How viewers come to the network: IPv6 in the composer and in the console, and a resolver that is far off.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { eventually, walk } from "./edgewalk.mjs";
import { launch } from "./support.mjs";

const site = await launch();
after(() => site.close());

const SHOP = { city: "Paris", path: "/img/hero.jpg", headers: "Host: www.shop.example" };

const list = (edgewalk, name) => edgewalk.page.getByRole("combobox", { name });
const network = (edgewalk) => list(edgewalk, /^The viewer\u2019s network has/);
const resolver = (edgewalk) => list(edgewalk, /^Its resolver is/);
const said = async (edgewalk) => (await edgewalk.inspector.innerText()).replaceAll("\u00a0", " ");

/** Switches IPv6 on in the console, and waits until all edge locations have it. */
async function switchOn(edgewalk) {
  await edgewalk.button("Distribution").click();
  const sheet = edgewalk.page.getByRole("region", { name: "Edit", exact: true });
  const side = edgewalk.page.getByRole("complementary", { name: "Distribution", exact: true });
  await side.getByRole("button", { name: /^General/ }).click();
  await sheet.getByRole("switch", { name: "IPv6" }).click();
  await edgewalk.button("Save changes").click();
  await edgewalk.button("Wait until deployed").click();
  await edgewalk.button("Walk").click();
}

test("DS-14: a viewer that has IPv6 comes over it once the console has it on, and the log has its other address", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.openFold("Network");
    assert.equal(await network(edgewalk).inputValue(), "IPv4 alone");
    await network(edgewalk).selectOption({ label: "IPv4 and IPv6" });
    assert.equal(await edgewalk.title(), "The viewer's network has IPv4 and IPv6");
    assert.match(await said(edgewalk), /IPv6 is off for the distribution/);
    await edgewalk.sendThrough(SHOP);
    await edgewalk.goTo("DNS");
    assert.match(await said(edgewalk), /that answer is NOERROR without any address, and the viewer goes over IPv4/);
    await edgewalk.last();
    await switchOn(edgewalk);
    await edgewalk.sendThrough({});
    await edgewalk.goTo("DNS");
    assert.match(await said(edgewalk), /gets 8 addresses of IPv6/);
    assert.match(await said(edgewalk), /IPv6 needs nothing more in that zone/);
    await edgewalk.goTo("TCP");
    assert.match(await said(edgewalk), /It goes over IPv6: the viewer's address is 2001:db8:4e::1/);
    await edgewalk.last();
    await edgewalk.button("Logs").click();
    const lines = edgewalk.page.getByRole("grid", { name: "Lines of the log", exact: true }).locator("[data-line]");
    const line = edgewalk.page.getByRole("region", { name: "Line", exact: true });
    await lines.first().click();
    await eventually(async () => /203\.0\.113\.78/.test(await line.innerText()), true);
    await lines.last().click();
    await eventually(async () => /2001:db8:4e::1/.test(await line.innerText()), true);
  });
});

test("DNS-11: a far-off resolver leads to a far edge, unless it tells the viewer's subnet", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.openFold("Network");
    await resolver(edgewalk).selectOption({ label: "a far-off public one without ECS" });
    assert.equal(await edgewalk.title(), "The viewer's resolver is a far-off public one without ECS");
    await edgewalk.sendThrough({ city: "Paris", path: "/img/hero.jpg" });
    await edgewalk.goTo("DNS");
    assert.equal(await edgewalk.title(), "DNS: Singapore will serve");
    assert.match(await said(edgewalk), /says nothing of the viewer/);
    assert.match(await edgewalk.map.innerText(), /Round trips from the viewer's resolver/);
    await edgewalk.last();
    await resolver(edgewalk).selectOption({ label: "a far-off public one with ECS" });
    await edgewalk.sendThrough({});
    await edgewalk.goTo("DNS");
    assert.equal(await edgewalk.title(), "DNS: Paris will serve");
    assert.match(await said(edgewalk), /tells the viewer's subnet with its question \(ECS\)/);
    assert.match(await edgewalk.map.innerText(), /Round trips from the viewer's town/);
    await edgewalk.button("Undo").click();
    await edgewalk.button("Undo").click();
    assert.equal(await resolver(edgewalk).inputValue(), "a far-off public one without ECS");
  });
});
