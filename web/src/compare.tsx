// Two runs side by side: figures that differ, months on one chart, and the inputs that differ.
import { useEffect, useMemo, useState } from "preact/hooks";
import { usePage, type PageHand } from "./context";
import { isPageData, number, Result, text, type Cell, type Row } from "./data";
import { percent } from "./format";
import { indicatorName } from "./bulletin";
import { Choice, Panel, Switch } from "./panel";
import { Plot, secondsOf, type Line } from "./plot";
import { ask } from "./server";

interface Pair {
    name: string;
    unit: string;
    a: Row;
    b: Row;
    difference: number;
}

// The data inside another report.html, or the data alone.
export function dataInside(content: string): Result {
    const found = /<script id="autopolis-data" type="application\/json">([\s\S]*?)<\/script>/.exec(content);
    const parsed: unknown = JSON.parse(found?.[1] ?? content);
    if (!isPageData(parsed)) throw new Error("no data of Autopolis");
    return new Result(parsed);
}

function pairsOf(page: PageHand, other: Result): Pair[] {
    const period = page.result.period;
    return page.result
        .rows("bulletin")
        .map((entry): Pair | null => {
            const name = text(entry, "indicator"),
                a = page.result.indicator(name, period),
                b = other.indicator(name, period);
            if (!a || !b || a["simulated"] === null || b["simulated"] === null) return null;
            return { name, unit: text(a, "unit"), a, b, difference: number(b, "simulated") - number(a, "simulated") };
        })
        .filter((pair): pair is Pair => pair !== null);
}

interface Differing {
    what: string;
    a: string;
    b: string;
}

// By value where the result holds values, by checksum where it holds whole files.
export function inputsDiffering(a: Result, b: Result): Differing[] {
    const found: Differing[] = [];
    const compare = (table: string, key: string, column: string, words: (id: string) => string) => {
        const ids = new Set([...a.rows(table), ...b.rows(table)].map((row) => text(row, key)));
        for (const id of ids) {
            const x = text(a.row(table, id), column),
                y = text(b.row(table, id), column);
            if (x !== y)
                found.push({
                    what: words(id),
                    a: column === "sha256" ? x.slice(0, 12) : x,
                    b: column === "sha256" ? y.slice(0, 12) : y,
                });
        }
    };
    for (const key of ["scenario", "from", "until", "seed", "replications", "worlds", "version"])
        if (a.about(key) !== b.about(key)) found.push({ what: key, a: a.about(key), b: b.about(key) });
    compare("settings", "setting", "value", (id) => `settings.csv: ${id}`);
    compare("inputs", "path", "sha256", (id) => id.replace(/^.*\//, ""));
    const shocks = (r: Result) =>
        new Map(
            r
                .rows("shocks")
                .map((row) => [
                    text(row, "shock"),
                    `${text(row, "from_day")} – ${text(row, "until_day")} ${text(row, "scope")} ${text(row, "target")}`,
                ]),
        );
    const x = shocks(a),
        y = shocks(b);
    for (const id of new Set([...x.keys(), ...y.keys()]))
        if (x.get(id) !== y.get(id)) found.push({ what: `shock ${id}`, a: x.get(id) ?? "–", b: y.get(id) ?? "–" });
    return found;
}

export function ComparePanel() {
    const page = usePage();
    const { t, result, other } = page;
    if (result.has("compare")) return <StudyPanel />;
    const chooser = page.server ? (
        <RunChooser page={page} />
    ) : (
        <FileChooser
            page={page}
            named={other ? other.about("command") || other.about("scenario") : t("none yet", "尚未选择")}
        />
    );
    if (!other) return chooser;
    return (
        <>
            {chooser}
            <PairPanel other={other} />
            {result.has("months") && other.has("months") && <CoursePanel other={other} />}
            <InputsPanel other={other} />
        </>
    );
}

function FileChooser({ page, named }: { page: PageHand; named: string }) {
    const { t, setOther } = page;
    const [trouble, setTrouble] = useState("");
    const read = async (file: File | undefined) => {
        if (!file) return;
        try {
            setOther(dataInside(await file.text()));
            setTrouble("");
        } catch {
            setTrouble(
                t(
                    `${file.name} holds no result of Autopolis: choose a report.html`,
                    `${file.name} 不含 Autopolis 结果：请选择 report.html`,
                ),
            );
        }
    };
    return (
        <section class="panel wide" aria-labelledby="title-choose">
            <h2 id="title-choose">
                {t("Choose a second result to compare with this one", "选择另一个结果与本结果对比")}
            </h2>
            <div
                class="drop"
                style={{ marginTop: "12px" }}
                onDragOver={(e) => e.preventDefault()}
                onDrop={(e) => {
                    e.preventDefault();
                    void read(e.dataTransfer?.files[0]);
                }}
            >
                <label class="choice">
                    {t(
                        "The report.html of another run (stays on this machine)",
                        "另一次运行的 report.html（不离开本机）",
                    )}
                    <input
                        type="file"
                        accept=".html,.json"
                        data-other
                        onChange={(e) => void read(e.currentTarget.files?.[0])}
                    />
                </label>
                <p class="sub">
                    {t("Now compared with:", "当前对比：")} {named}
                </p>
                {trouble && (
                    <p class="error" role="alert">
                        {trouble}
                    </p>
                )}
            </div>
        </section>
    );
}

function RunChooser({ page }: { page: PageHand }) {
    const { t, setOther, value, route } = page;
    const [runs, setRuns] = useState<{ id: string; name: string }[]>([]);
    const wanted = value("with", "");
    useEffect(() => {
        ask<{ runs: { id: string; name: string; state: string }[] }>("GET", "/api/runs")
            .then((list) => setRuns(list.runs.filter((r) => r.state === "done" && r.id !== route.values["run"])))
            .catch(() => setRuns([]));
    }, []);
    useEffect(() => {
        if (wanted === "") return setOther(null);
        ask<unknown>("GET", `/api/runs/${encodeURIComponent(wanted)}/page.json`)
            .then((data) => setOther(isPageData(data) ? new Result(data) : null))
            .catch(() => setOther(null));
    }, [wanted]);
    return (
        <section class="panel wide">
            <h2>{t("Compare this run with another", "与另一次运行对比")}</h2>
            <div class="controls">
                <Choice
                    label={t("The other run", "另一次运行")}
                    name="with"
                    fallback=""
                    options={[["", t("none", "无")], ...runs.map((r) => [r.id, r.name || r.id] as const)]}
                />
            </div>
        </section>
    );
}

// With the same seed both runs had the same luck, so that whatever differs comes of the inputs.
function sameLuck(a: Result, b: Result): boolean {
    return ["seed", "replications", "worlds"].every((key) => a.about(key) === b.about(key));
}

function PairPanel({ other }: { other: Result }) {
    const page = usePage();
    const { t, q, result, value } = page;
    const pairs = pairsOf(page, other),
        same = sameLuck(result, other);
    const differs = (p: Pair) =>
        same
            ? Math.abs(p.difference) > 5e-4 * Math.abs(number(p.a, "simulated"))
            : p.difference !== 0 && Math.abs(p.difference) > halfOf(p.a) + halfOf(p.b);
    const moved = pairs.filter(differs),
        shown = value("rows", "differ") === "all" ? pairs : moved;
    const main = pairs.find((p) => p.name === "vehicle_output");
    const more = main
        ? `${q(Math.abs(Math.round(main.difference)), "vehicle")} ${main.difference > 0 ? "more" : "fewer"}`
        : "";
    const title = main
        ? t(
              `The other run made ${Math.round(main.difference) === 0 ? "as many vehicles" : more}; ${moved.length} of ${pairs.length} figures differ ${same ? "by more than 0.05 %" : "beyond luck"}`,
              `另一次${Math.round(main.difference) === 0 ? "产量相同" : `${main.difference > 0 ? "多" : "少"}产${q(Math.abs(Math.round(main.difference)), "vehicle")}`}；${pairs.length}个指标中${moved.length}个${same ? "差异超过0.05 %" : "差异超出随机"}`,
          )
        : t(`${moved.length} of ${pairs.length} figures differ`, `${pairs.length}个指标中${moved.length}个不同`);
    return (
        <Panel
            id="compare"
            wide
            long
            title={title}
            shows={
                same
                    ? t(
                          `Figures of ${result.period}. Both runs had the same luck (seed ${result.about("seed")}): what differs comes of the inputs`,
                          `${result.period}年指标。两次运行随机相同（种子 ${result.about("seed")}），差异来自输入`,
                      )
                    : t(
                          `Figures of ${result.period}. The runs had other luck: a figure differs when the difference is more than both intervals`,
                          `${result.period}年指标。两次运行随机不同：差异大于两者区间之和才算不同`,
                      )
            }
            source={t("indicators of both results", "两个结果的 indicators")}
            band={t("No band: differences of means.", "无区间：均值之差。")}
            controls={
                <Switch
                    label={t("Rows", "行")}
                    name="rows"
                    fallback="differ"
                    options={[
                        ["differ", t("What differs", "有差异")],
                        ["all", t("All figures", "全部指标")],
                    ]}
                />
            }
            sheet={() => ({
                columns: ["indicator", "unit", "this_run", "other_run", "difference"],
                rows: shown.map((p): Cell[] => [
                    p.name,
                    p.unit,
                    number(p.a, "simulated"),
                    number(p.b, "simulated"),
                    p.difference,
                ]),
            })}
        >
            <table>
                <thead>
                    <tr>
                        <th scope="col">{t("Figure", "指标")}</th>
                        <th scope="col" class="n">
                            {t("This run", "本次")}
                        </th>
                        <th scope="col" class="n">
                            {t("The other", "另一次")}
                        </th>
                        <th scope="col" class="n">
                            {t("Difference", "差异")}
                        </th>
                        <th scope="col" class="n">
                            %
                        </th>
                    </tr>
                </thead>
                <tbody>
                    {shown.map((p) => (
                        <tr key={p.name} data-pair={p.name}>
                            <td>{indicatorName(page, p.name)}</td>
                            <td class="n">{q(number(p.a, "simulated"), p.unit)}</td>
                            <td class="n">{q(number(p.b, "simulated"), p.unit)}</td>
                            <td class="n">
                                {p.difference > 0 ? "+" : ""}
                                {q(p.difference, p.unit)}
                            </td>
                            <td class="n">{percent(relative(p), 1, true)}</td>
                        </tr>
                    ))}
                </tbody>
            </table>
        </Panel>
    );
}

function halfOf(row: Row): number {
    const half = (number(row, "high") - number(row, "low")) / 2;
    return Number.isFinite(half) ? half : 0;
}

function relative(p: Pair): number {
    return p.difference / (Math.abs(number(p.a, "simulated")) || NaN);
}

function CoursePanel({ other }: { other: Result }) {
    const page = usePage();
    const { t, q, result } = page;
    const months = result.rows("months").map((row) => text(row, "month"));
    const times = useMemo(() => months.map((m) => secondsOf(`${m}-15`)), [result]);
    const made = (r: Result) =>
        months.map((m) => {
            const v = number(r.row("months", m), "vehicles");
            return Number.isFinite(v) ? v : null;
        });
    const lines = useMemo(
        (): Line[] => [
            { label: t("this run", "本次"), values: made(result), color: "--c1", width: 2.5 },
            { label: t("the other", "另一次"), values: made(other), color: "--c6", width: 2.5, dash: [6, 4] },
        ],
        [result, other, page.language],
    );
    const gaps = months
        .map((m, i) => ({ m, gap: (lines[1]!.values[i] ?? 0) - (lines[0]!.values[i] ?? 0) }))
        .sort((a, b) => Math.abs(b.gap) - Math.abs(a.gap));
    const title =
        gaps[0] && gaps[0].gap !== 0
            ? t(
                  `They differ most in ${gaps[0].m}: ${q(Math.abs(gaps[0].gap), "vehicle")} ${gaps[0].gap > 0 ? "more" : "fewer"} in the other run`,
                  `${gaps[0].m}差异最大：另一次${gaps[0].gap > 0 ? "多" : "少"}${q(Math.abs(gaps[0].gap), "vehicle")}`,
              )
            : t("Month by month they made the same", "逐月产量相同");
    return (
        <Panel
            id="courses"
            wide
            title={title}
            shows={t("Vehicles made by month, first replication of each", "逐月产量，各自首次重复")}
            source={t("months of both results", "两个结果的 months")}
            sheet={() => ({
                columns: ["month", "this_run", "other_run"],
                rows: months.map((m, i) => [m, lines[0]!.values[i] ?? null, lines[1]!.values[i] ?? null]),
            })}
        >
            <Plot times={times} lines={lines} unit="vehicle" label={title} />
        </Panel>
    );
}

// The server has both databases, and so the rows themselves.
function useRowsDiffering(page: PageHand): Differing[] {
    const [rows, setRows] = useState<Differing[]>([]);
    const run = page.route.values["run"] ?? "",
        other = page.value("with", "");
    useEffect(() => {
        if (!page.server || run === "" || other === "") return setRows([]);
        ask<{ input_rows: Record<string, Cell>[] }>(
            "GET",
            `/api/runs/${encodeURIComponent(run)}/compare/${encodeURIComponent(other)}`,
        )
            .then((answer) =>
                setRows(
                    answer.input_rows.map((row) => ({
                        what: [row["table"], row["row"], row["column"]].filter(Boolean).join(" "),
                        a: String(row["a"] ?? ""),
                        b: String(row["b"] ?? ""),
                    })),
                ),
            )
            .catch(() => setRows([]));
    }, [run, other]);
    return rows;
}

function InputsPanel({ other }: { other: Result }) {
    const page = usePage();
    const { t, result } = page;
    const rows = [...inputsDiffering(result, other), ...useRowsDiffering(page)];
    return (
        <Panel
            id="inputs"
            wide
            title={
                rows.length === 0
                    ? t("Both runs had the same inputs", "两次运行输入相同")
                    : t(`${rows.length} inputs differ`, `${rows.length}项输入不同`)
            }
            shows={t(
                "Settings and shocks by value, files by the beginning of their SHA-256",
                "设置与冲击按值，文件按 SHA-256 前段",
            )}
            source="about, settings, shocks, inputs"
            sheet={() => ({ columns: ["input", "this_run", "other_run"], rows: rows.map((r) => [r.what, r.a, r.b]) })}
        >
            <table>
                <thead>
                    <tr>
                        <th scope="col">{t("Input", "输入")}</th>
                        <th scope="col">{t("This run", "本次")}</th>
                        <th scope="col">{t("The other", "另一次")}</th>
                    </tr>
                </thead>
                <tbody>
                    {rows.map((r) => (
                        <tr key={r.what}>
                            <td>{r.what}</td>
                            <td>
                                <code>{r.a || "–"}</code>
                            </td>
                            <td>
                                <code>{r.b || "–"}</code>
                            </td>
                        </tr>
                    ))}
                </tbody>
            </table>
        </Panel>
    );
}

// What `autopolis compare` measured with the same luck on both sides.
function StudyPanel() {
    const page = usePage();
    const { t, q, result } = page;
    const rows = result.rows("compare"),
        moved = rows.filter((row) => number(row, "moved") === 1);
    const unit = (row: Row) => text(result.row("indicator_names", text(row, "indicator")), "unit");
    return (
        <Panel
            id="compare"
            wide
            title={t(
                `${moved.length} of ${rows.length} figures moved beyond luck`,
                `${rows.length}个指标中${moved.length}个变化超出随机`,
            )}
            shows={t("Both sides with the same luck, pair by pair", "两侧使用相同随机，逐对相减")}
            source="compare, compare_inputs"
            band={t("±: 95 % interval of the mean difference.", "±：平均差异的95 %区间。")}
            sheet={() => ({
                columns: ["indicator", "period", "base", "other", "difference", "low", "high", "moved"],
                rows: rows.map((r) =>
                    ["indicator", "period", "base", "other", "difference", "low", "high", "moved"].map(
                        (c) => r[c] ?? null,
                    ),
                ),
            })}
        >
            <table>
                <thead>
                    <tr>
                        <th scope="col">{t("Figure", "指标")}</th>
                        <th scope="col" class="n">
                            {t("Base", "基准")}
                        </th>
                        <th scope="col" class="n">
                            {t("Other", "另一侧")}
                        </th>
                        <th scope="col" class="n">
                            {t("Difference", "差异")}
                        </th>
                    </tr>
                </thead>
                <tbody>
                    {rows.map((row, i) => (
                        <tr key={i}>
                            <td>
                                {indicatorName(page, text(row, "indicator"))}{" "}
                                <span class="sub">{text(row, "period")}</span>
                            </td>
                            <td class="n">{q(number(row, "base"), unit(row))}</td>
                            <td class="n">{q(number(row, "other"), unit(row))}</td>
                            <td class="n">
                                {q(number(row, "difference"), unit(row))}
                                <div class="sub">
                                    {q(number(row, "low"), unit(row))} – {q(number(row, "high"), unit(row))}
                                </div>
                            </td>
                        </tr>
                    ))}
                </tbody>
            </table>
        </Panel>
    );
}
