// Figures over time with their bands, what was reported beside them, the shocks behind them.
import { useMemo } from "preact/hooks";
import { usePage, type PageHand } from "./context";
import { number, numbers, text, type Row } from "./data";
import { monthSaid, percent } from "./format";
import { indicatorName } from "./bulletin";
import { Choice, Panel, Switch } from "./panel";
import { capital } from "./trades";
import { Plot, secondsOf, type Band, type Line, type Span } from "./plot";

const MONTH = /^\d{4}-\d{2}$/,
    YEAR = /^\d{4}$/;

interface Course {
    periods: string[];
    times: number[];
    rows: Row[];
}

function courseOf(page: PageHand, indicator: string, by: string): Course {
    const form = by === "years" ? YEAR : MONTH;
    const rows = page.result
        .rows("indicators")
        .filter(
            (row) =>
                text(row, "indicator") === indicator && form.test(text(row, "period")) && row["simulated"] !== null,
        )
        .sort((a, b) => (text(a, "period") < text(b, "period") ? -1 : 1));
    const periods = rows.map((row) => text(row, "period"));
    return { periods, rows, times: periods.map((p) => secondsOf(by === "years" ? `${p}-07-01` : `${p}-15`)) };
}

const cell = (row: Row, column: string) => {
    const value = number(row, column);
    return Number.isFinite(value) ? value : null;
};

function daysOf(page: PageHand, indicator: string): Course | null {
    const column = { vehicle_output: "vehicles", nev_output: "nevs", export_units: "exports", peak_load: "peak" }[
        indicator
    ];
    const row = page.result.rows(column === "peak" ? "load_days" : "days")[0];
    const values = column ? numbers(row, column) : [];
    if (values.length === 0) return null;
    const start = secondsOf(text(row, "day"));
    const times = values.map((_, i) => start + i * 86400);
    return {
        times,
        periods: times.map((s) => new Date(s * 1000).toISOString().slice(0, 10)),
        rows: values.map((simulated) => ({ simulated })),
    };
}

// Around each day; the ends have fewer.
function weekly(values: number[]): number[] {
    return values.map((_, i) => {
        const near = values.slice(Math.max(0, i - 3), i + 4);
        return near.reduce((a, b) => a + b, 0) / near.length;
    });
}

export function shockSpans(page: PageHand): Span[] {
    return page.result.rows("shocks").map((row) => ({
        from: secondsOf(text(row, "from_day")),
        until: secondsOf(text(row, "until_day")) + 86400,
        label: text(row, "name") || text(row, "shock"),
    }));
}

function titleOf(page: PageHand, name: string, unit: string, course: Course): string {
    const { t, q, language } = page;
    const values = course.rows.map((row) => number(row, "simulated"));
    const daily = (course.periods[0] ?? "").length === 10;
    const high = values.indexOf(Math.max(...values)),
        low = values.indexOf(Math.min(...values));
    const when = (i: number) => (daily ? (course.periods[i] ?? "") : monthSaid(course.periods[i] ?? "", language));
    const words = `${name[0]?.toUpperCase() ?? ""}${name.slice(1)}`;
    if (values.length < 2 || high < 0) return words;
    if (daily)
        return t(
            `${words} peaked on ${when(high)}: ${q(values[high]!, unit)} in one day`,
            `${name}在${when(high)}达到单日最高：${q(values[high]!, unit)}`,
        );
    const grew = values[values.length - 1]! / values[0]! - 1;
    if (high === values.length - 1)
        return t(
            `${words} ended at its highest, ${q(values[high]!, unit)} in ${when(high)}${values[0]! > 0 ? ` (${percent(grew, 0, true)} since ${when(0)})` : ""}`,
            `${name}在${when(high)}升至最高${q(values[high]!, unit)}${values[0]! > 0 ? `（较${when(0)}${percent(grew, 0, true)}）` : ""}`,
        );
    return t(
        `${words} peaked at ${q(values[high]!, unit)} in ${when(high)}; the low was ${q(values[low]!, unit)} in ${when(low)}`,
        `${name}${when(high)}最高，${q(values[high]!, unit)}；${when(low)}最低，${q(values[low]!, unit)}`,
    );
}

export function SeriesPanel() {
    const page = usePage();
    const { t, result, value } = page;
    const names = useMemo(
        () => [
            ...new Set(
                result
                    .rows("indicators")
                    .filter((row) => MONTH.test(text(row, "period")) || YEAR.test(text(row, "period")))
                    .map((row) => text(row, "indicator")),
            ),
        ],
        [result],
    );
    const indicator = value("i", names.includes("vehicle_output") ? "vehicle_output" : (names[0] ?? ""));
    const daily = useMemo(() => daysOf(page, indicator), [result, indicator]);
    const monthly = useMemo(() => courseOf(page, indicator, "months"), [result, indicator]);
    const by = value("per", monthly.rows.length > 1 ? "months" : "years");
    const course = by === "days" && daily ? daily : by === "years" ? courseOf(page, indicator, "years") : monthly;
    const unit = text(
        result.rows("indicators").find((row) => text(row, "indicator") === indicator),
        "unit",
    );
    const name = indicatorName(page, indicator);
    const lines = useMemo(
        (): Line[] =>
            by === "days"
                ? [
                      {
                          label: t("a day", "当日"),
                          values: course.rows.map((row) => cell(row, "simulated")),
                          color: "--c5",
                          width: 0.5,
                      },
                      {
                          label: t("mean of 7 days", "7日平均"),
                          values: weekly(course.rows.map((row) => number(row, "simulated"))),
                          color: "--c1",
                          width: 2.5,
                      },
                  ]
                : [
                      {
                          label: t("simulated", "模拟"),
                          values: course.rows.map((row) => cell(row, "simulated")),
                          color: "--c1",
                          width: 2.5,
                      },
                      ...(course.rows.some((row) => cell(row, "reported") !== null)
                          ? [
                                {
                                    label: t("reported", "公布"),
                                    values: course.rows.map((row) => cell(row, "reported")),
                                    color: "--c6",
                                    points: true,
                                },
                            ]
                          : []),
                  ],
        [course.rows, page.language],
    );
    const bands = useMemo(
        (): Band[] =>
            [
                {
                    low: course.rows.map((row) => cell(row, "low_inputs")),
                    high: course.rows.map((row) => cell(row, "high_inputs")),
                    color: "--c5",
                    strength: 0.22,
                },
                {
                    low: course.rows.map((row) => cell(row, "low")),
                    high: course.rows.map((row) => cell(row, "high")),
                    color: "--c1",
                    strength: 0.3,
                },
            ].filter((band) => band.low.some((v) => v !== null)),
        [course.rows],
    );
    const spans = useMemo(() => shockSpans(page), [result]);
    if (names.length === 0) return null;
    const title =
        course.rows.length > 0
            ? titleOf(page, name, unit, course)
            : t(`${name}: no value by ${by}`, `${name}：无此周期数据`);
    return (
        <Panel
            id="series"
            wide
            title={title}
            shows={t(
                `${capital(name)} by ${by.slice(0, -1)}. Shaded: shocks that acted`,
                `${name}，按${by === "years" ? "年" : by === "days" ? "日" : "月"}。阴影为作用的冲击`,
            )}
            source={t("indicators, shocks; days of the first replication", "indicators、shocks；日数据为首次重复")}
            band={
                by === "days"
                    ? t("One run has no band.", "单次运行无区间。")
                    : t(
                          "Dark band: 95 % interval of the mean by luck; light band: where 95 % of the worlds lie. Circles: as published.",
                          "深色带：均值的95 %随机区间；浅色带：95 %的抽取情形。圆圈：公布值。",
                      )
            }
            controls={
                <>
                    <Choice
                        label={t("Figure", "指标")}
                        name="i"
                        fallback={names.includes("vehicle_output") ? "vehicle_output" : names[0]!}
                        options={names.map((n) => [n, indicatorName(page, n)])}
                    />
                    <Switch
                        label={t("By", "周期")}
                        name="per"
                        fallback={monthly.rows.length > 1 ? "months" : "years"}
                        options={[
                            ["months", t("Months", "月")],
                            ["years", t("Years", "年")],
                            ...(daily ? [["days", t("Days", "日")] as const] : []),
                        ]}
                    />
                </>
            }
            sheet={() => ({
                columns: ["period", "unit", "simulated", "low", "high", "low_inputs", "high_inputs", "reported"],
                rows: course.rows.map((row, i) => [
                    course.periods[i]!,
                    unit,
                    ...["simulated", "low", "high", "low_inputs", "high_inputs", "reported"].map((c) => row[c] ?? null),
                ]),
            })}
        >
            {course.rows.length > 0 && (
                <Plot times={course.times} lines={lines} bands={bands} spans={spans} unit={unit} label={title} />
            )}
            {spans.length > 0 && (
                <p class="sub">
                    {t("Shocks: ", "冲击：")}
                    {result
                        .rows("shocks")
                        .map(
                            (row) =>
                                `${text(row, "name") || text(row, "shock")} (${text(row, "from_day")} – ${text(row, "until_day")})`,
                        )
                        .join("; ")}
                </p>
            )}
        </Panel>
    );
}
