// The page as `autopolis serve` sends it: node serve.test.mjs AUTOPOLIS RESULTS SCENARIOS PICTURES. RESULTS holds the result
// `baseline` of scenarios/small; a what-if is asked by clicks and compared with it.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { withBrowser } from "./browser.mjs";

const [program, results, scenarios, pictures] = process.argv.slice(2);
const WAIT = 60_000;
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let count = 0,
    failed = 0;
async function test(name, work) {
    count++;
    try {
        await work();
        console.log(`ok ${count} - ${name}`);
    } catch (e) {
        failed++;
        console.log(`not ok ${count} - ${name}\n# ${e.message.replace(/\n/g, "\n# ")}`);
    }
}

function served() {
    const server = spawn(program, ["serve", results, "--scenarios", scenarios, "--port", "0"], {
        stdio: ["ignore", "pipe", "inherit"],
    });
    return new Promise((done, refused) => {
        server.stdout.once("data", (words) => done({ server, address: String(words).trim() }));
        server.once("exit", () => refused(new Error("the server ended")));
    });
}

async function whatIf(page, address) {
    await test("the list of runs opens with the token of the address, which then is gone from it", async () => {
        await page.goto(address);
        await page.waitForSelector("tr[data-run]");
        if (/token/.test(page.url())) throw new Error(page.url());
        await page.screenshot({ path: join(pictures, "serve-runs.png"), fullPage: true });
    });
    await test("axe finds nothing in the list of runs and its questions", async () => {
        await page.evaluate(AXE);
        const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
        const words = found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(" ")}`);
        if (words.length > 0) throw new Error(words.join("; "));
    });
    await test("a result opens from the server with the same panels", async () => {
        await page.click("tr[data-state=done] a");
        await page.waitForSelector("#panel-bulletin tr[data-indicator=vehicle_output]");
    });
    await test("a what-if: from a row of the table to its start", async () => {
        await page.click("nav.views a[href*=enterprises]");
        await page.click("tr[data-enterprise=PACKS] a");
        await page.waitForSelector("input[name=begin]");
        if ((await page.inputValue("input[name=target]")) !== "PACKS") throw new Error("the row was not taken along");
        await page.fill("input[name=begin]", "2023-03-01");
        await page.fill("input[name=end]", "2023-02-01");
        await page.click("button.main[type=submit]");
        const said = await page.waitForSelector("pre.error");
        if (!/\[[A-Z_]+\]/.test(await said.innerText())) throw new Error(`no rule: ${await said.innerText()}`);
        await page.fill("input[name=end]", "2023-03-28");
        await page.click("button.main[type=submit]");
        await page.waitForSelector("tr[data-run] >> nth=1");
    });
    await test("its end is told, and a click compares it with the baseline", async () => {
        await page.click("a:text-is('Compare') >> nth=0", { timeout: WAIT });
        const row = await page.waitForSelector("tr[data-pair=output_delayed]");
        const cells = await row.$$eval("td", (tds) => tds.map((td) => td.textContent));
        if (cells[1] === cells[2]) throw new Error(`nothing differs: ${cells}`);
        await page.waitForSelector("#panel-inputs td:text-matches('what-if')");
        await page.screenshot({ path: join(pictures, "serve-compare.png"), fullPage: true });
    });
    await test("an overlay: a setting that cannot be is answered in the words of the command line", async () => {
        await page.click("nav.views a >> nth=0");
        await page.fill("input[name=name]", "trial");
        await page.click("button:text-is('Make it')");
        await page.fill("input[name=setting]", "dealer_dayz");
        await page.fill("input[name=value]", "30");
        await page.click("button:text-is('Set')");
        const said = await (await page.waitForSelector("section[aria-labelledby=title-overlay] pre.error")).innerText();
        if (!/UNKNOWN_SETTING/.test(said) || !/dealer_days/.test(said)) throw new Error(said);
        await page.fill("input[name=setting]", "dealer_days");
        await page.click("button:text-is('Set')");
        await page.waitForSelector(
            "section[aria-labelledby=title-overlay] [role=status]:text-matches('dealer_days = 30')",
        );
    });
}

const { server, address } = await served();
try {
    await withBrowser(async (context) => {
        const page = await context.newPage(),
            troubles = [];
        page.setDefaultTimeout(8000);
        page.on("pageerror", (e) => troubles.push(e.message));
        page.on("console", (m) => {
            if (m.type() === "error" && !/422/.test(m.text())) troubles.push(m.text());
        });
        page.on("request", (r) => {
            if (!r.url().startsWith(new URL(address).origin) && !/^(data|blob):/.test(r.url())) troubles.push(r.url());
        });
        await whatIf(page, address);
        await test("nothing was complained of and nobody else was asked", async () => {
            if (troubles.length > 0) throw new Error(troubles.join("; "));
        });
    });
} finally {
    server.kill("SIGTERM");
}
console.log(`1..${count}`);
process.exitCode = failed > 0 ? 1 : 0;
