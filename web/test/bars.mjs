// The bars of the page, measured: node bars.mjs FOLDER of a finished result. Prints one line each, the median of five.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { withBrowser } from "./browser.mjs";

const address = pathToFileURL(resolve(process.argv[2], "report.html")).href;
const ROUNDS = 5;

function median(values) {
    return values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

// From asking for the file until two frames after all panels stand.
async function opened(context) {
    const page = await context.newPage();
    const began = performance.now();
    await page.goto(`${address}#/answer?lang=en`);
    await page.waitForSelector("#panel-bulletin");
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const took = performance.now() - began;
    await page.close();
    return took;
}

// The page's own clock around one event and the frame that follows it.
async function around(page, act, value) {
    return page.evaluate(
        async ([what, words]) => {
            const input = document.querySelector("#panel-enterprises input"),
                buttons = document.querySelectorAll("#panel-districts .switch button");
            const began = performance.now();
            if (what === "search") {
                input.value = words;
                input.dispatchEvent(new Event("input", { bubbles: true }));
            } else buttons[words].click();
            await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
            return performance.now() - began;
        },
        [act, value],
    );
}

await withBrowser(async (context) => {
    const opens = [];
    for (let i = 0; i < ROUNDS; i++) opens.push(await opened(context));
    console.log(`open and draw the answer: ${median(opens).toFixed(0)} ms (bar 1500)`);

    let page = await context.newPage();
    await page.goto(`${address}#/enterprises?lang=en`);
    await page.waitForSelector("#panel-enterprises tbody tr");
    const rows = await page.$eval("#panel-enterprises table", (t) => Number(t.getAttribute("aria-rowcount")) - 1);
    const filters = [];
    for (const words of ["battery", "", "yubei seat", "", "changan"]) filters.push(await around(page, "search", words));
    const left = await page.$eval("#panel-enterprises table", (t) => Number(t.getAttribute("aria-rowcount")) - 1);
    if (!(left < rows)) throw new Error("the search found everybody");
    console.log(`filter ${rows} enterprises: ${median(filters).toFixed(0)} ms (bar 50)`);
    await page.close();

    page = await context.newPage();
    await page.goto(`${address}#/districts?lang=en`);
    await page.waitForSelector("#panel-districts [data-district]");
    const maps = [];
    for (let i = 0; i < ROUNDS; i++) {
        maps.push(await around(page, "layout", 1));
        await page.waitForSelector("g[data-sites]");
        await around(page, "layout", 0);
        await page.waitForSelector("[data-district]");
    }
    await page.click("#panel-districts .switch button:nth-child(2)");
    const sites = await page.$eval("g[data-sites]", (g) => g.dataset.sites);
    console.log(`draw ${sites} sites on the map: ${median(maps).toFixed(0)} ms (bar 100)`);
});
