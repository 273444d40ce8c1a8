// The bulletin: figures that drove the run are grey, those it is scored against black, with their miss on one scale.
import { usePage, type PageHand } from "./context";
import { number, text, type Row } from "./data";
import { percent } from "./format";
import { Panel, Switch } from "./panel";

const SPAN = 0.2; // the scale of misses ends at 20 %

interface Line {
    name: string;
    row: Row;
    growth: number;
    section: string;
}

export function scoredOf(page: PageHand): { hits: number; all: number } {
    const scored = page.result
        .rows("indicators")
        .filter((row) => text(row, "role") === "scored" && row["reported"] !== null && row["simulated"] !== null);
    return {
        hits: scored.filter((row) => number(row, "hit") === 1 || number(row, "inside") === 1).length,
        all: scored.length,
    };
}

function linesOf(page: PageHand): Line[] {
    return page.result
        .rows("bulletin")
        .map((entry) => ({
            name: text(entry, "indicator"),
            row: page.result.indicator(text(entry, "indicator"), text(entry, "period")) ?? {},
            growth: number(entry, "growth"),
            section: text(entry, "side"),
        }))
        .filter((line) => line.row["simulated"] !== null && line.row["simulated"] !== undefined);
}

export function indicatorName(page: PageHand, name: string): string {
    const row = page.result.row("indicator_names", name);
    return (
        text(row, page.language === "zh" ? "chinese" : "english")
            .replace(/\s*\([^)]*\)\s*$/, "")
            .trim() || name
    );
}

function MissMark({ row }: { row: Row }) {
    const miss = number(row, "miss"),
        reported = number(row, "reported");
    if (!Number.isFinite(miss)) return null;
    const x = (value: number) => 70 + Math.max(-1, Math.min(1, value / SPAN)) * 62;
    const from = (name: string) => number(row, name) / reported - 1;
    const ends = Number.isFinite(number(row, "low_inputs"))
        ? (["low_inputs", "high_inputs"] as const)
        : (["low", "high"] as const);
    const driven = text(row, "role") === "driven",
        beyond = Math.abs(miss) > SPAN;
    return (
        <svg width="140" height="16" viewBox="0 0 140 16" aria-hidden="true">
            <rect x={x(-0.05)} y="2" width={x(0.05) - x(-0.05)} height="12" fill="var(--hair)" />
            <path d="M70 0v16" stroke="var(--faint)" />
            {Number.isFinite(from(ends[0])) && (
                <path
                    d={`M${x(from(ends[0]))} 8H${x(from(ends[1]))}`}
                    stroke={driven ? "var(--faint)" : "var(--ink)"}
                    stroke-width="1.5"
                />
            )}
            {beyond ? (
                <path d={miss > 0 ? "M130 3l8 5l-8 5z" : "M10 3l-8 5l8 5z"} fill="var(--mark)" />
            ) : (
                <circle
                    cx={x(miss)}
                    cy="8"
                    r="4"
                    fill={driven ? "var(--panel)" : "var(--ink)"}
                    stroke={driven ? "var(--faint)" : "var(--ink)"}
                    stroke-width="1.5"
                />
            )}
        </svg>
    );
}

export function Verdict({ row }: { row: Row }) {
    const { t } = usePage();
    const role = text(row, "role");
    if (role === "driven") return <span class="tag grey">{t("driven", "驱动")}</span>;
    if (role === "derived") return <span class="tag grey">{t("derived", "推得")}</span>;
    if (role !== "scored") return null;
    return number(row, "hit") === 1 || number(row, "inside") === 1 ? (
        <span class="tag hit">✓ {t("hit", "命中")}</span>
    ) : (
        <span class="tag miss">✕ {t("miss", "偏离")}</span>
    );
}

export function BulletinPanel() {
    const page = usePage();
    const { t, q, result, value } = page;
    const lines = linesOf(page),
        score = scoredOf(page),
        only = value("figures", "reported");
    const shown = lines.filter((line) => only === "all" || line.row["reported"] !== null || line.section === "chain");
    const sections = [
        ["chain", t("Vehicles and the chain", "汽车与产业链")],
        ["charging", t("Charging", "充电")],
    ] as const;
    const title =
        score.all > 0
            ? t(
                  `${score.hits} of ${score.all} published figures that did not drive the run come out as published`,
                  `未参与驱动的${score.all}个公布值中，${score.hits}个与模拟相符`,
              )
            : t(
                  "No published figure was kept out of this run: nothing scores it",
                  "没有未参与驱动的公布值：本次运行无评分",
              );
    return (
        <Panel
            id="bulletin"
            wide
            long
            title={title}
            shows={t(
                `Figures of ${result.period}, simulated and as published. Grey ones drove the run or follow from what did: they are no evidence. Black ones score it`,
                `${result.period}年模拟值与公布值。灰色为驱动或由其推得，不作证据；黑色用于评分`,
            )}
            source={t(
                "indicators; sources of the published figures are in its column source",
                "indicators；公布值出处见 source 列",
            )}
            band={t(
                "±: 95 % interval of the mean by luck; line in the plot: luck and inputs where worlds were drawn; shaded: within 5 %.",
                "±：均值的95 %随机区间；图中横线：有抽取输入时为随机加输入区间；阴影：5 %以内。",
            )}
            controls={
                <Switch
                    label={t("Figures", "指标")}
                    name="figures"
                    fallback="reported"
                    options={[
                        ["reported", t("Main figures", "主要指标")],
                        ["all", t("All figures", "全部指标")],
                    ]}
                />
            }
            sheet={() => ({
                columns: [
                    "indicator",
                    "unit",
                    "simulated",
                    "growth",
                    "low",
                    "high",
                    "low_inputs",
                    "high_inputs",
                    "reported",
                    "miss",
                    "role",
                    "source",
                ],
                rows: shown.map(({ name, row, growth }) => [
                    indicatorName(page, name),
                    text(row, "unit"),
                    number(row, "simulated"),
                    growth,
                    number(row, "low"),
                    number(row, "high"),
                    number(row, "low_inputs"),
                    number(row, "high_inputs"),
                    number(row, "reported"),
                    number(row, "miss"),
                    text(row, "role"),
                    text(row, "source"),
                ]),
            })}
        >
            <table>
                <thead>
                    <tr>
                        <th scope="col">{t("Figure", "指标")}</th>
                        <th scope="col" class="n">
                            {t("Simulated", "模拟")}
                        </th>
                        <th scope="col" class="n">
                            {t("Growth", "增长")}
                        </th>
                        <th scope="col" class="n">
                            {t("Luck", "随机")}
                        </th>
                        <th scope="col" class="n">
                            {t("Published", "公布")}
                        </th>
                        <th scope="col" class="n">
                            {t("Miss", "偏差")}
                        </th>
                        <th scope="col">{t("−20 % to +20 %", "−20 % 至 +20 %")}</th>
                        <th scope="col">{t("Role", "作用")}</th>
                    </tr>
                </thead>
                {sections.map(([key, words]) => {
                    const own = shown.filter((line) => line.section === key);
                    return (
                        own.length > 0 && (
                            <tbody key={key}>
                                <tr class="group">
                                    <th scope="rowgroup" colSpan={8}>
                                        {words}
                                    </th>
                                </tr>
                                {own.map(({ name, row, growth }) => {
                                    const unit = text(row, "unit"),
                                        half = (number(row, "high") - number(row, "low")) / 2,
                                        role = text(row, "role");
                                    return (
                                        <tr
                                            key={name}
                                            class={role === "driven" || role === "derived" ? "driven" : ""}
                                            data-indicator={name}
                                        >
                                            <td>{indicatorName(page, name)}</td>
                                            <td class="n" data-value={number(row, "simulated")}>
                                                {q(number(row, "simulated"), unit)}
                                            </td>
                                            <td class="n">{Number.isFinite(growth) ? percent(growth, 1, true) : ""}</td>
                                            <td class="n">{Number.isFinite(half) ? `± ${q(half, unit)}` : ""}</td>
                                            <td class="n">
                                                {row["reported"] === null ? "" : q(number(row, "reported"), unit)}
                                            </td>
                                            <td class="n">
                                                {row["miss"] === null ? "" : percent(number(row, "miss"), 1, true)}
                                            </td>
                                            <td>
                                                <MissMark row={row} />
                                            </td>
                                            <td>
                                                <Verdict row={row} />
                                            </td>
                                        </tr>
                                    );
                                })}
                            </tbody>
                        )
                    );
                })}
            </table>
        </Panel>
    );
}
