// Changes to a scenario without touching it: an overlay holds only what differs. The server checks each change as the
// command line would and says the same words.
import { useState } from "preact/hooks";
import type { PageHand } from "./context";
import { ask, refusalWords } from "./server";

export interface Scenario {
    name: string;
    overlay: boolean;
}

interface OverlayProps {
    page: PageHand;
    scenarios: Scenario[];
    changed: () => void;
}

function formWords(e: SubmitEvent): Record<string, string> {
    e.preventDefault();
    return Object.fromEntries(
        [...new FormData(e.currentTarget as HTMLFormElement)].map(([name, value]) => [name, String(value).trim()]),
    );
}

// "column=value; column=value" as cells of a row.
export function cellsOf(words: string): Record<string, string> {
    return Object.fromEntries(
        words
            .split(";")
            .map((part) => part.split("="))
            .filter((pair) => pair.length >= 2)
            .map(([name = "", ...value]) => [name.trim(), value.join("=").trim()]),
    );
}

export function Overlay({ page, scenarios, changed }: OverlayProps) {
    const { t } = page;
    const [said, setSaid] = useState<{ good: boolean; words: string }>({ good: true, words: "" });
    const send = (words: string, done: Promise<unknown>) =>
        void done
            .then(() => {
                setSaid({ good: true, words });
                changed();
            })
            .catch((refused: unknown) => setSaid({ good: false, words: refusalWords(refused) }));
    const overlays = scenarios.filter((s) => s.overlay);
    const create = (e: SubmitEvent) => {
        const { name = "", parent = "" } = formWords(e);
        send(
            t(`${name} stands on ${parent}`, `${name} 基于 ${parent}`),
            ask("POST", "/api/overlays", { name, parent }),
        );
    };
    const set = (e: SubmitEvent) => {
        const { overlay = "", setting = "", value = "" } = formWords(e);
        send(
            `${overlay}: ${setting} = ${value}`,
            ask("PUT", `/api/scenarios/${encodeURIComponent(overlay)}/settings/${encodeURIComponent(setting)}`, {
                value,
            }),
        );
    };
    const row = (e: SubmitEvent) => {
        const { overlay = "", table = "", action = "", cells = "" } = formWords(e);
        send(
            `${overlay}: ${table} ${cells}`,
            ask("PUT", `/api/scenarios/${encodeURIComponent(overlay)}/rows/${encodeURIComponent(table)}`, {
                action,
                cells: cellsOf(cells),
            }),
        );
    };
    const which = (
        <label>
            {t("Overlay", "叠加情景")}
            <select name="overlay">
                {overlays.map((s) => (
                    <option key={s.name}>{s.name}</option>
                ))}
            </select>
        </label>
    );
    return (
        <section class="panel wide" aria-labelledby="title-overlay">
            <h2 id="title-overlay">{t("Change a setting or a row", "更改设置或数据行")}</h2>
            <p class="shows">
                {t("In an overlay: the scenario below it stays as it is", "在叠加情景中更改，原情景不变")}
            </p>
            <form class="ask" onSubmit={create} style={{ marginTop: "12px" }}>
                <label>
                    {t("New overlay", "新叠加情景")}
                    <input name="name" required pattern="[A-Za-z0-9_\-]+" placeholder="my-region" />
                </label>
                <label>
                    {t("on top of", "基于")}
                    <select name="parent">
                        {scenarios.map((s) => (
                            <option key={s.name}>{s.name}</option>
                        ))}
                    </select>
                </label>
                <div>
                    <button class="main" type="submit">
                        {t("Make it", "创建")}
                    </button>
                </div>
            </form>
            {overlays.length > 0 && (
                <>
                    <form class="ask" onSubmit={set} style={{ marginTop: "12px" }}>
                        {which}
                        <label>
                            {t("Setting", "设置")}
                            <input name="setting" required placeholder="dealer_days" />
                        </label>
                        <label>
                            {t("Value", "值")}
                            <input name="value" required placeholder="30" />
                        </label>
                        <div>
                            <button class="main" type="submit">
                                {t("Set", "设置")}
                            </button>
                        </div>
                    </form>
                    <form class="ask" onSubmit={row} style={{ marginTop: "12px" }}>
                        {which}
                        <label>
                            {t("Table", "表")}
                            <input name="table" required placeholder="makers" />
                        </label>
                        <label>
                            {t("What", "动作")}
                            <select name="action">
                                <option value="set">{t("set the row", "设置该行")}</option>
                                <option value="remove">{t("remove the row", "删除该行")}</option>
                                <option value="forget">{t("as it was", "恢复原状")}</option>
                            </select>
                        </label>
                        <label>
                            {t("Cells, as column=value;", "单元格，column=value；")}
                            <input name="cells" required placeholder="enterprise=PACKS; product=PACK; headroom=1.5" />
                        </label>
                        <div>
                            <button class="main" type="submit">
                                {t("Change", "更改")}
                            </button>
                        </div>
                    </form>
                </>
            )}
            {said.words &&
                (said.good ? (
                    <p class="sub" role="status">
                        {said.words}
                    </p>
                ) : (
                    <pre class="error" role="alert">
                        {said.words}
                    </pre>
                ))}
        </section>
    );
}
