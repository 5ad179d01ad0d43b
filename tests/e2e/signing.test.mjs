// A key pair made in the page signs requests: its group guards a behavior, and what is signed is let in until it is changed or over.

import assert from "node:assert/strict";
import { createPublicKey, createSign, createVerify } from "node:crypto";
import { after, test } from "node:test";
import { only, saved } from "./browsers.mjs";
import { eventually, walk } from "./edgewalk.mjs";
import { faultsInView } from "./in_view.mjs";
import { showForm } from "./states.mjs";
import { launch } from "./support.mjs";

const site = await launch();
after(() => site.close());

const PATH = "/img/hero.jpg";

/** Makes a key pair, lets its group guard the default behavior, and comes back once every edge location knows it. */
async function guard(edgewalk, sort, look = async () => {}) {
  const { page } = edgewalk;
  await edgewalk.button("Distribution").click();
  const sheet = page.getByRole("region", { name: "Edit", exact: true });
  const title = () => sheet.getByRole("heading", { level: 2 }).innerText();
  await page.getByRole("complementary", { name: "Distribution" }).getByRole("button", { name: /^Security/ }).click();
  await edgewalk.button("Make a key pair").click();
  assert.equal(await title(), "Make a key pair");
  await look("the panel");
  await sheet.getByRole("radio", { name: sort, exact: true }).check();
  await edgewalk.button("Make the key pair").click();
  await eventually(title, "Edit my-key-1", 20_000);
  await look("a key");
  const pem = await sheet.getByLabel("Key in PEM").inputValue();
  const file = await saved(page, () => edgewalk.button("Save the private key").click());
  await page.getByRole("main").getByRole("button", { name: "my-key-group-1", exact: true }).click();
  assert.ok(await sheet.getByRole("switch", { name: "my-key-1", exact: true }).isChecked(), "its key is in it");
  await page.getByRole("main").getByRole("button", { name: "Default (*)", exact: true }).click();
  await sheet.getByRole("switch", { name: "my-key-group-1", exact: true }).check();
  await look("a behavior");
  await edgewalk.button("Save changes").click();
  await edgewalk.button("Wait until deployed").click();
  await eventually(() => edgewalk.button("Wait until deployed").count(), 0);
  await edgewalk.button("Walk").click();
  return { pem, file };
}

const said = (edgewalk) => edgewalk.form.getByRole("status").filter({ hasText: "Signed until" }).innerText();

/** Sends, and says with which status it was answered; of a refusal, why. */
async function answer(edgewalk, request = {}) {
  await edgewalk.sendThrough(request);
  const status = await edgewalk.header("Status");
  if (!status.startsWith("403")) return status;
  await edgewalk.goTo((await edgewalk.stepLabels()).find((label) => /POP/.test(label)));
  const why = await edgewalk.inspector.innerText();
  await edgewalk.last();
  return why;
}

test("SIG-01, SIG-12, SIG-30, SIG-31: a signed URL is served, a changed one and one that is over are not, each with its reason", async () => {
  await walk(site, async (edgewalk) => {
    const { pem, file } = await guard(edgewalk, "RSA, 2,048 bits");
    assert.match(file.name, /teaching-only.*\.pem$/);
    // The pair is one: what the private half signs the public half verifies, by another implementation.
    const signature = createSign("RSA-SHA1").update("x").sign(file.text);
    assert.ok(createVerify("RSA-SHA1").update("x").verify(createPublicKey(pem), signature));

    assert.match(await answer(edgewalk, { city: "Paris", path: PATH }), /403 with the code MissingKey/);

    await edgewalk.openFold("Signature");
    await edgewalk.field("Ends in (minutes)").fill("2");
    await edgewalk.button("Sign this request").click();
    await eventually(async () => /query string\.$/.test(await said(edgewalk)), true, 10_000);
    await edgewalk.openFold("Query string");
    const query = await edgewalk.field("Query string").inputValue();
    assert.match(query, /^Expires=\d+&Signature=[A-Za-z0-9~_-]{344}&Key-Pair-Id=KEDGEWALK00001$/, "SIG-02, SIG-14");
    assert.match(await answer(edgewalk), /^200/);

    const place = query.indexOf("Signature=") + 30;
    const other = query[place] === "A" ? "B" : "A";
    const changed = { query: query.slice(0, place) + other + query.slice(place + 1) };
    assert.match(await answer(edgewalk, changed), /something was changed since: the edge location answers 403 with the code AccessDenied/);

    await edgewalk.openFold("Between requests");
    await edgewalk.field("Wait").selectOption({ label: "1 h" });
    await edgewalk.button("Wait").click();
    assert.match(await answer(edgewalk, { query }), /The signature is right, and its time is over: the edge location answers 403/);
  });
});

test("SIG-03, SIG-06, SIG-13, SIG-15: cookies with a custom policy by ECDSA and SHA-256 open all that their resource covers, from one address", async () => {
  await walk(site, async (edgewalk) => {
    await guard(edgewalk, "ECDSA, P-256");
    await edgewalk.compose({ city: "Paris", path: PATH });
    await edgewalk.openFold("Signature");
    for (const name of ["cookies", "custom", "SHA-256"]) await edgewalk.form.getByRole("radio", { name, exact: true }).check();
    const domain = await edgewalk.field("Resource").getAttribute("placeholder");
    assert.match(domain, /^https:\/\/[a-z0-9]+\.cloudfront\.net\/img\/hero\.jpg$/, "SIG-08");
    await edgewalk.field("Resource").fill("/img/*");
    await edgewalk.button("Sign this request").click();
    assert.match(await edgewalk.complaint(edgewalk.field("Resource")), /begins with http:\/\/.*SIG-18/);
    await edgewalk.field("Resource").fill(domain.replace("hero.jpg", "*"));
    await edgewalk.field("Source address").fill("203.0.113.255/32");
    await edgewalk.button("Sign this request").click();
    await eventually(async () => /cookies\.$/.test(await said(edgewalk)), true, 10_000);
    await edgewalk.openFold("Cookies");
    const cookies = await edgewalk.field("Cookies").inputValue();
    assert.match(cookies, /^CloudFront-Policy=\S+; CloudFront-Signature=\S+; CloudFront-Key-Pair-Id=\S+; CloudFront-Hash-Algorithm=SHA256$/);
    const swapped = /Policy=(\S+);/.exec(cookies)[1].replaceAll("-", "+").replaceAll("_", "=").replaceAll("~", "/");
    const policy = JSON.parse(Buffer.from(swapped, "base64").toString());
    assert.equal(policy.Statement[0].Resource, domain.replace("hero.jpg", "*"));
    assert.equal(policy.Statement[0].Condition.IpAddress["AWS:SourceIp"], "203.0.113.255/32");
    assert.match(await answer(edgewalk), /The signature is right, and for viewers at other addresses: the edge location answers 403/);
    await edgewalk.field("Source address").fill("");
    await edgewalk.button("Sign this request").click();
    await eventually(async () => (await edgewalk.field("Cookies").inputValue()) !== cookies, true, 10_000);
    assert.match(await answer(edgewalk), /^200/);
    assert.match(await answer(edgewalk, { path: "/app.js" }), /The signature is right, and for another URL: the edge location answers 403/);
  });
});

test("where the page has no cryptography the panel says why, and no key comes into the distribution", async () => {
  await walk(site, async (edgewalk) => {
    await edgewalk.page.evaluate(() => Object.defineProperty(crypto, "subtle", { value: undefined }));
    await edgewalk.button("Distribution").click();
    await edgewalk.page.getByRole("complementary", { name: "Distribution" }).getByRole("button", { name: /^Security/ }).click();
    await edgewalk.button("Make a key pair").click();
    await edgewalk.button("Make the key pair").click();
    const sheet = edgewalk.page.getByRole("region", { name: "Edit", exact: true });
    await eventually(() => sheet.getByRole("alert").innerText(), "No key was made: this browser gives a page its cryptography only where the page came by HTTPS or from localhost.");
    assert.doesNotMatch((await edgewalk.page.getByRole("main").getByRole("cell").allInnerTexts()).join(), /Public key|Key group/);
  });
});

for (const size of [{ width: 1440, height: 900 }, { width: 820, height: 1180 }, { width: 390, height: 844 }]) {
  test(`axe-core finds nothing where keys are made and used at ${size.width} px, and all fits and is large enough to be pressed`, only("chromium", "can change the theme of an open page"), async () => {
    await walk(site, size, async (edgewalk) => {
      const faults = [];
      const look = async (state) => faults.push(...(await faultsInView(edgewalk, size, state)));
      await guard(edgewalk, "ECDSA, P-256", look);
      await showForm(edgewalk);
      await edgewalk.openFold("Signature");
      await edgewalk.form.getByRole("radio", { name: "custom", exact: true }).check();
      await edgewalk.field("Source address").fill("nowhere");
      await edgewalk.button("Sign this request").click();
      await eventually(() => edgewalk.complaint(edgewalk.field("Source address")).then(Boolean), true);
      await look("a term that is wrong");
      await edgewalk.field("Source address").fill("");
      await edgewalk.button("Sign this request").click();
      await eventually(async () => /query string\.$/.test(await said(edgewalk)), true, 10_000);
      await look("a signature");
      assert.deepEqual(faults, []);
    });
  });
}
