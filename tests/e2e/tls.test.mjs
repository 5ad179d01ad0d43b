// TLS: what a viewer offers, what comes of it, what someone on the wire reads, and the certificate in the console.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { walk } from "./edgewalk.mjs";
import { launch } from "./support.mjs";

const site = await launch();
after(() => site.close());

const SHOP = { city: "Paris", path: "/img/hero.jpg", headers: "Host: www.shop.example" };

const viewer = async (edgewalk, name) => {
  await edgewalk.openFold("Viewer");
  await edgewalk.page.getByRole("combobox", { name: /^The viewer is/ }).selectOption({ label: name });
};

test("TLS-33: a viewer that is too old gets no connection, and no log has a line of it", async () => {
  await walk(site, async (edgewalk) => {
    await viewer(edgewalk, "one that stops at TLS\u00a01.0");
    await edgewalk.sendThrough(SHOP);
    assert.deepEqual(await edgewalk.stepLabels(), ["URL", "DNS", "TCP", "TLS fails"]);
    assert.equal(await edgewalk.title(), "TLS fails: no connection");
    const said = (await edgewalk.inspector.innerText()).replaceAll("\u00a0", " ");
    assert.match(said, /offers TLSv1, and TLSv1\.2_2021 allows none of it/);
    assert.match(said, /The distribution: security policy/);
    assert.match(await edgewalk.path.innerText(), /no connection/);
    await edgewalk.button("Logs").click();
    assert.doesNotMatch(await edgewalk.page.getByRole("main").innerText(), /hero\.jpg/);
  });
});

test("TLS-52, TLS-59: TLS 1.2 takes two round trips more, and none on the second request", async () => {
  await walk(site, async (edgewalk) => {
    await viewer(edgewalk, "one that stops at TLS\u00a01.2");
    await edgewalk.sendThrough(SHOP);
    assert.match(await edgewalk.timeline.innerText(), /TLS, 2 trips/);
    await edgewalk.goTo("TLS");
    const said = (await edgewalk.inspector.innerText()).replaceAll("\u00a0", " ");
    assert.match(said, /TLS 1\.2 takes 2 round trips/);
    assert.match(said, /ECDHE-RSA-AES128-GCM-SHA256/);
    await edgewalk.sendThrough();
    assert.ok((await edgewalk.stepLabels()).includes("Reused"));
  });
});

test("TLS-02, TLS-04: what someone on the wire sees opens at the TLS step", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.sendThrough({ ...SHOP, cookies: "id=7" });
    await edgewalk.goTo("TLS");
    const summary = edgewalk.page.getByText("What someone on the wire sees", { exact: true });
    await summary.click();
    const figure = edgewalk.inspector.locator("details").filter({ has: summary });
    const seen = () => figure.locator("dl:visible").innerText();
    assert.match(await figure.getByRole("status").innerText(), /^So this request goes/);
    const sealed = await seen();
    assert.doesNotMatch(sealed, /hero\.jpg|id=7/);
    assert.match(sealed, /www\.shop\.example/);
    await figure.getByRole("radio", { name: "off: http", exact: true }).check();
    const open = await seen();
    assert.match(open, /GET \/img\/hero\.jpg/);
    assert.match(open, /id=7/);
  });
});

test("VP-02, VP-03, TLS-51: a request by http has no handshake of TLS, is read on the wire, and the behavior redirects it", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.openFold("Protocol");
    await edgewalk.form.getByRole("radio", { name: "http", exact: true }).check();
    await edgewalk.sendThrough(SHOP);
    const labels = await edgewalk.stepLabels();
    assert.ok(labels.includes("TCP") && !labels.includes("TLS"), labels.join());
    await edgewalk.goTo("Sent");
    const summary = edgewalk.page.getByText("What someone on the wire sees", { exact: true });
    await summary.click();
    const figure = edgewalk.inspector.locator("details").filter({ has: summary });
    assert.match(await figure.locator("dl:visible").innerText(), /GET \/img\/hero\.jpg/);

    await edgewalk.button("Distribution").click();
    const sheet = edgewalk.page.getByRole("region", { name: "Edit", exact: true });
    await sheet.getByLabel("Viewer protocol policy").selectOption("redirect-to-https");
    await edgewalk.button("Save changes").click();
    await edgewalk.button("Wait until deployed").click();
    await edgewalk.button("Walk").click();
    await edgewalk.sendThrough({});
    assert.match(await edgewalk.inspector.innerText(), /301/);
  });
});

test("DS-09: a certificate of another Region is refused at its field", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.button("Distribution").click();
    const sheet = edgewalk.page.getByRole("region", { name: "Edit", exact: true });
    const side = edgewalk.page.getByRole("complementary", { name: "Distribution", exact: true });
    await side.getByRole("button", { name: /^General/ }).click();
    const field = sheet.getByLabel("Custom SSL certificate", { exact: true });
    await field.fill("arn:aws:acm:eu-central-1:123456789012:certificate/a");
    assert.match(await edgewalk.complaint(field), /us-east-1.*\(InvalidViewerCertificate, DS-09\)/);
    await edgewalk.button("Discard").click();
    assert.equal(await sheet.getByLabel("Security policy", { exact: true }).inputValue(), "TLSv1.2_2021");
  });
});
