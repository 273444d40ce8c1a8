// The page in a real Chromium. Usage: node page.test.mjs FOLDER PICTURES NUMBERS
// FOLDER holds the report.html of a run, NUMBERS what results.sqlite says (tests/page.py), PICTURES take the screenshots.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { withBrowser } from "./browser.mjs";

const require = createRequire(import.meta.url);
const [folder, pictures, numbersFile] = process.argv.slice(2);
const numbers = JSON.parse(readFileSync(numbersFile, "utf8"));
const address = pathToFileURL(resolve(folder, "report.html")).href;
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
mkdirSync(pictures, { recursive: true });

let count = 0,
    failed = 0;
function told(good, name, why = "") {
    count++;
    if (!good) failed++;
    console.log(
        `${good ? "ok" : "not ok"} ${count} - ${name}${good || !why ? "" : `\n# ${String(why).replace(/\n/g, "\n# ")}`}`,
    );
}

async function test(name, work) {
    try {
        await work();
        told(true, name);
    } catch (e) {
        told(false, name, e.message);
    }
}

function equal(found, wanted, what) {
    if (found !== wanted) throw new Error(`${what}: found ${JSON.stringify(found)}, wanted ${JSON.stringify(wanted)}`);
}

function close(found, wanted, what) {
    if (!(Math.abs(found - wanted) <= 1e-6 * Math.max(1, Math.abs(wanted))))
        throw new Error(`${what}: found ${found}, wanted ${wanted}`);
}

async function open(context, view, values = "lang=en&theme=light") {
    const page = await context.newPage();
    page.troubles = [];
    page.asked = [];
    page.setDefaultTimeout(8000);
    page.on("pageerror", (e) => page.troubles.push(e.message));
    page.on("console", (m) => {
        if (m.type() === "error") page.troubles.push(m.text());
    });
    page.on("request", (r) => {
        if (!/^(file|data|blob):/.test(r.url())) page.asked.push(r.url());
    });
    await page.goto(`${address}#/${view}?${values}`);
    await page.waitForSelector("#main .panel");
    return page;
}

const VIEWS = ["answer", "districts", "world", "chain", "time", "week", "enterprises", "compare"];

async function views(context) {
    for (const view of VIEWS) {
        await test(`${view} opens from disk, draws, asks the network for nothing and complains of nothing`, async () => {
            const page = await open(context, view);
            await page.waitForTimeout(150);
            equal(page.troubles.join("; "), "", "troubles");
            equal(page.asked.join(" "), "", "requests");
            const panels = await page.$$(".panel");
            for (const panel of panels) {
                const id = await panel.getAttribute("id");
                if (!id) continue;
                const title = await panel.$eval("h2", (h) => h.textContent.trim());
                if (title.length < 8 || /NaN|undefined|Infinity/.test(await panel.innerText()))
                    throw new Error(`${id}: ${title}`);
                await panel.screenshot({ path: join(pictures, `${view}-${id.replace("panel-", "")}.png`) });
            }
            await page.screenshot({ path: join(pictures, `${view}.png`), fullPage: true });
            await page.close();
        });
    }
}

async function figures(context) {
    await test("figures of the bulletin equal those in SQLite", async () => {
        const page = await open(context, "answer", "lang=en&figures=all");
        const shown = await page.$$eval("#panel-bulletin tr[data-indicator]", (rows) =>
            rows.map((row) => [
                row.dataset.indicator,
                Number(row.querySelector("[data-value]").dataset.value),
                row.querySelector("[data-value]").textContent,
            ]),
        );
        equal(shown.length, numbers.bulletin.length, "rows");
        for (const [name, value] of shown) close(value, numbers.bulletin.find(([n]) => n === name)[1], name);
        const made = shown.find(([name]) => name === "vehicle_output");
        close(Number(made[2].replace(/[^\d]/g, "")), Math.round(numbers.vehicle_output), "vehicles as printed");
        await page.close();
    });
    await test("vehicles by district, exports by market, enterprises equal those in SQLite", async () => {
        let page = await open(context, "districts");
        for (const [district, vehicles] of numbers.districts) {
            const words = await page.$eval(`[data-district="${district}"]`, (g) => g.getAttribute("aria-label"));
            close(Number(words.replace(/^.*: /, "").replace(/[^\d]/g, "") || 0), vehicles, district);
        }
        await page.close();
        page = await open(context, "world");
        const shown = await page.$$eval("#panel-world td[data-value]", (cells) =>
            cells.map((c) => Number(c.dataset.value)),
        );
        equal(shown.join(), numbers.exports.slice(0, 15).join(), "exports");
        await page.close();
        page = await open(context, "enterprises");
        equal(
            await page.$eval("#panel-enterprises table", (table) => Number(table.getAttribute("aria-rowcount")) - 1),
            numbers.enterprises,
            "enterprises",
        );
        await page.close();
    });
    await test("the chain draws every maker and its CSV sums to what SQLite has", async () => {
        const page = await open(context, "chain");
        const drawn = await page.$$eval("#panel-chain svg.sankey g > path", (paths) => paths.length);
        if (drawn < 3) throw new Error(`${drawn} flows drawn`);
        const csv = await saved(page, "#panel-chain", "CSV");
        const rows = csv
            .trim()
            .split("\r\n")
            .slice(1)
            .map((line) => line.split(","));
        const sum = rows.filter((row) => numbers.makers.includes(row[0])).reduce((s, row) => s + Number(row[3]), 0);
        close(sum, numbers.delivered, "yuan delivered");
        await page.close();
    });
    await test("the week and the months hold the numbers of SQLite", async () => {
        let page = await open(context, "time");
        const months = (await saved(page, "#panel-series", "CSV"))
            .trim()
            .split("\r\n")
            .slice(1)
            .map((line) => Number(line.split(",")[2]));
        equal(months.length, numbers.months.length, "months");
        months.forEach((value, i) => close(value, numbers.months[i], `month ${i + 1}`));
        await page.close();
        page = await open(context, "week", "lang=en&m=came");
        const hours = (await saved(page, "#panel-week", "CSV"))
            .trim()
            .split("\r\n")
            .slice(1)
            .map((line) => Number(line.split(",")[3]));
        equal(hours.length, 168, "hours");
        hours.forEach((value, i) => {
            if (Math.abs(value - numbers.week[i]) > 0.01 * Math.max(1, numbers.week[i]))
                throw new Error(`hour ${i}: ${value} for ${numbers.week[i]}`);
        });
        await page.close();
    });
}

async function saved(page, panel, kind) {
    const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.click(`${panel} .files button:text-is("${kind}")`),
    ]);
    return readFileSync(await download.path(), kind === "PNG" ? null : "utf8").toString(
        kind === "PNG" ? "latin1" : "utf8",
    );
}

async function files(context) {
    await test("every panel saves CSV, SVG and PNG of what it shows", async () => {
        for (const view of VIEWS.filter((v) => v !== "compare")) {
            const page = await open(context, view);
            for (const id of await page.$$eval(".panel:not(.missing)[id]", (panels) => panels.map((p) => p.id))) {
                const csv = await saved(page, `#${id}`, "CSV");
                if (!csv.startsWith("\uFEFF") || csv.trim().split("\r\n").length < 2)
                    throw new Error(`${id}: CSV ${csv.slice(0, 60)}`);
                const svg = await saved(page, `#${id}`, "SVG");
                if (!svg.startsWith("<svg") || svg.length < 800 || /var\(--/.test(svg)) throw new Error(`${id}: SVG`);
                const png = await saved(page, `#${id}`, "PNG");
                if (!png.startsWith("\x89PNG") || png.length < 3000)
                    throw new Error(`${id}: PNG of ${png.length} bytes`);
                if (view === "districts") writeFileSync(join(pictures, "saved-districts.svg"), svg);
            }
            await page.close();
        }
    });
}

async function manners(context) {
    await test("Chinese: language, units and names, kept in the address", async () => {
        const page = await open(context, "answer");
        await page.click("text=中文");
        await page.waitForSelector("html[lang='zh-CN']");
        const words = await page.innerText("#main");
        if (!/辆/.test(words) || !/亿元|万元/.test(words)) throw new Error("no Chinese units");
        equal(/lang=zh/.test(page.url()), true, "address");
        await page.screenshot({ path: join(pictures, "answer-zh.png"), fullPage: true });
        await page.close();
    });
    await test("dark: the ground is dark and stays so over views", async () => {
        const page = await open(context, "districts");
        await page.click("button:text-is('Dark')");
        const light = async () =>
            page.evaluate(() => Number(getComputedStyle(document.documentElement).backgroundColor.match(/\d+/)[0]));
        if ((await light()) > 60) throw new Error("not dark");
        await page.screenshot({ path: join(pictures, "districts-dark.png"), fullPage: true });
        await page.click("nav.views a:text-is('Over time')");
        await page.waitForSelector("#panel-series canvas");
        if ((await light()) > 60) throw new Error("not dark on the next view");
        await page.screenshot({ path: join(pictures, "time-dark.png"), fullPage: true });
        await page.close();
    });
    await test("keys alone: skip link, views, a tile picked and let go, the table scrolled", async () => {
        const page = await open(context, "districts");
        await page.keyboard.press("Tab");
        equal(await page.evaluate(() => document.activeElement.className), "skip", "first focus");
        await page.keyboard.press("Enter");
        equal(await page.evaluate(() => document.activeElement.id), "main", "after the skip link");
        for (
            let i = 0;
            i < 40 && !(await page.evaluate(() => document.activeElement.closest("[data-district]") !== null));
            i++
        )
            await page.keyboard.press("Tab");
        await page.keyboard.press("Enter");
        await page.waitForSelector(".detail table");
        equal(/district=/.test(page.url()), true, "address");
        await page.keyboard.press("Enter");
        await page.waitForSelector(".detail", { state: "detached" });
        await page.close();
    });
    await test("an address opens the same view again", async () => {
        const page = await open(context, "week", "lang=en&m=wait_minutes");
        equal(await page.$eval("#panel-week select", (s) => s.value), "wait_minutes", "measure");
        await page.close();
    });
    await test("a second report is compared, and what differs is named", async () => {
        const page = await open(context, "compare");
        await page.setInputFiles("input[data-other]", join(folder, "report.html"));
        await page.click("button:text-is('All figures')");
        await page.waitForSelector("#panel-compare tr[data-pair=vehicle_output]");
        const same = await page.innerText("#title-inputs");
        equal(same, "Both runs had the same inputs", "inputs");
        await page.screenshot({ path: join(pictures, "compare-two.png"), fullPage: true });
        await page.close();
    });
    await test("the user's GeoJSON takes the place of the tiles", async () => {
        const page = await open(context, "districts");
        const square = (x, y) => ({
            type: "Polygon",
            coordinates: [
                [
                    [x, y],
                    [x + 1, y],
                    [x + 1, y + 1],
                    [x, y + 1],
                    [x, y],
                ],
            ],
        });
        const features = numbers.districts.map(([id], i) => ({
            type: "Feature",
            properties: { name: id },
            geometry: square(i, 30),
        }));
        await page.setInputFiles("#panel-districts input[type=file]", {
            name: "map.geojson",
            mimeType: "application/json",
            buffer: Buffer.from(JSON.stringify({ type: "FeatureCollection", features })),
        });
        await page.waitForSelector(`text=${numbers.districts.length} of ${numbers.districts.length} shapes`);
        await page.close();
    });
}

async function axe(context) {
    for (const [view, theme] of [
        ["answer", "light"],
        ["answer", "dark"],
        ["districts", "light"],
        ["districts", "dark"],
        ["world", "light"],
        ["chain", "light"],
        ["time", "light"],
        ["week", "dark"],
        ["enterprises", "light"],
        ["compare", "light"],
    ]) {
        await test(`axe finds nothing in ${view}, ${theme}`, async () => {
            const page = await open(context, view, `lang=en&theme=${theme}`);
            // the page's policy keeps foreign scripts out: the checker comes by the debugger
            await page.evaluate(AXE);
            const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
            const words = found.violations.map(
                (v) =>
                    `${v.id}: ${v.nodes
                        .slice(0, 3)
                        .map((n) => `${n.target} ${n.failureSummary}`)
                        .join(" | ")}`,
            );
            equal(words.join("\n"), "", "violations");
            await page.close();
        });
    }
}

async function print(context) {
    await test("prints to a PDF of a few pages", async () => {
        const page = await open(context, "answer");
        const pdf = await page.pdf({ path: join(pictures, "answer.pdf"), format: "A4", printBackground: true });
        const pages = (pdf.toString("latin1").match(/\/Type\s*\/Page[^s]/g) ?? []).length;
        if (pages < 1 || pages > 8) throw new Error(`${pages} pages`);
        equal(await page.evaluate(() => matchMedia("print").matches), false, "back on screen");
        await page.close();
    });
}

async function stress(context) {
    if (!numbers.stress) return;
    const joined = join(numbers.stress.folder, "report.html");
    const check = async (page) => {
        const cells = await page.$$eval("#panel-ranking tbody tr", (rows) =>
            rows.map((row) => [row.cells[2].textContent, row.cells[4].textContent]),
        );
        const whole = (text) => Number(text.replace(/[^\d]/g, ""));
        equal(cells.length, numbers.stress.ranks.length, "rows");
        cells.forEach(([lost, delayed], i) => {
            close(whole(lost), Math.abs(Math.round(numbers.stress.ranks[i][0])), `lost of rank ${i + 1}`);
            close(whole(delayed), Math.abs(Math.round(numbers.stress.ranks[i][1])), `late of rank ${i + 1}`);
        });
    };
    await test("a run and its stress test on one page: the ranking equals SQLite", async () => {
        const page = await context.newPage();
        await page.goto(`${pathToFileURL(joined).href}#/answer?lang=en&theme=light`);
        await page.waitForSelector("#panel-ranking tbody tr");
        await check(page);
        await page.waitForSelector("#panel-common tbody tr");
        await page.screenshot({ path: join(pictures, "answer-stress.png"), fullPage: true });
        await page.close();
    });
    await test("a stress test is taken into the page of a run from its file", async () => {
        const page = await open(context, "answer");
        await page.setInputFiles("input[data-join]", joined);
        await page.waitForSelector("#panel-ranking tbody tr");
        await check(page);
        await page.close();
    });
}

await withBrowser(async (context) => {
    for (const suite of [stress, views, figures, files, manners, axe, print]) await suite(context);
});
console.log(`1..${count}`);
process.exitCode = failed > 0 ? 1 : 0;
