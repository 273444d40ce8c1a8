// Pictures for README.md: node pictures.mjs FOLDER docs/pictures. FOLDER holds a report.html: answer.png is of
// scenarios/small with its stress test, chain.png of scenarios/chongqing.
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { withBrowser } from "./browser.mjs";

const [folder, out] = process.argv.slice(2);
const address = pathToFileURL(resolve(folder, "report.html")).href;

await withBrowser(async (context) => {
    const page = await context.newPage();
    await page.goto(`${address}#/answer?lang=en&theme=light`);
    await page.waitForSelector("#panel-bulletin");
    await page.screenshot({
        path: join(out, "answer.png"),
        clip: { x: 0, y: 0, width: 1280, height: 1080 },
        fullPage: true,
    });
    await page.goto(`${address}#/chain?lang=en&theme=light`);
    await page.waitForSelector("#panel-chain svg");
    await page.screenshot({
        path: join(out, "chain.png"),
        clip: { x: 0, y: 100, width: 1280, height: 640 },
        fullPage: true,
    });
});
