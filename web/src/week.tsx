// The charging week: 168 hours as a field of colour.
import { usePage } from "./context";
import { numbers, text } from "./data";
import { DAYS } from "./format";
import { hourSaid } from "./charging";
import { Choice, Missing, Panel } from "./panel";
import { evenSteps, stepFill } from "./scale";
import { StepLegend } from "./steplegend";

interface Measure {
    key: string;
    unit: string;
    english: string;
    chinese: string;
}

const MEASURES: Measure[] = [
    { key: "load", unit: "kW", english: "Load", chinese: "负荷" },
    { key: "wait_minutes", unit: "minute", english: "Mean wait", chinese: "平均等待" },
    { key: "came", unit: "request", english: "Who came to a site", chinese: "到站数" },
    { key: "left_share", unit: "share", english: "Left without a charge", chinese: "未充离开" },
    { key: "home_kw", unit: "kW", english: "Load at home", chinese: "家充负荷" },
    { key: "public_kw", unit: "kW", english: "Load in public", chinese: "公共负荷" },
];

const HOURS = 168;

export function WeekPanel() {
    const page = usePage();
    const { t, q, result, value, language } = page;
    const rows = result.rows("week");
    if (rows.length === 0) {
        return (
            <Missing
                id="week"
                title={t("The charging week: not in this result", "充电周：此结果未含")}
                why={t(
                    "The scenario has no fleet that charges, or the run left it out.",
                    "情景没有充电车队，或运行未包含。",
                )}
            />
        );
    }
    const measure = MEASURES.find((m) => m.key === value("m", "load")) ?? MEASURES[0]!;
    const district = value("district", "");
    const chosen = district ? rows.filter((row) => text(row, "district") === district) : rows;
    const column = (key: string) => chosen.map((row) => numbers(row, key));
    const sum = (series: number[][]) =>
        Array.from({ length: HOURS }, (_, h) => series.reduce((s, of) => s + (of[h] ?? 0), 0));
    const came = sum(column("came"));
    const values =
        measure.key === "load"
            ? sum([...column("home_kw"), ...column("public_kw")])
            : measure.key === "wait_minutes" || measure.key === "left_share"
              ? weighted(column(measure.key), column("came"), came)
              : sum(column(measure.key));
    const steps = evenSteps(values),
        highest = values.indexOf(Math.max(...values)),
        lowest = values.indexOf(Math.min(...values));
    const place = district ? page.named("districts", district) : t("the region", "全市");
    const words = t(measure.english, measure.chinese);
    const title = t(
        `${words} in ${place} is highest on ${hourSaid(highest, language)}: ${q(values[highest]!, measure.unit)}; lowest on ${hourSaid(lowest, language)}: ${q(values[lowest]!, measure.unit)}`,
        `${place}${words}${hourSaid(highest, language)}最高，${q(values[highest]!, measure.unit)}；${hourSaid(lowest, language)}最低，${q(values[lowest]!, measure.unit)}`,
    );
    const width = 45,
        high = 34,
        left = 44,
        top = 20;
    return (
        <Panel
            id="week"
            wide
            title={title}
            shows={t(
                `${words} by hour of the week, mean over the days that count`,
                `${words}，按周内小时，取计入各日的平均`,
            )}
            source={t("charging_week, first replication", "charging_week，首次重复")}
            controls={
                <>
                    <Choice
                        label={t("Measure", "指标")}
                        name="m"
                        fallback="load"
                        options={MEASURES.map((m) => [m.key, t(m.english, m.chinese)])}
                    />
                    <Choice
                        label={t("District", "区县")}
                        name="district"
                        fallback=""
                        options={[
                            ["", t("the region", "全市")],
                            ...rows.map(
                                (row) =>
                                    [text(row, "district"), page.named("districts", text(row, "district"))] as const,
                            ),
                        ]}
                    />
                </>
            }
            sheet={() => ({
                columns: ["hour_of_week", "day", "hour", `${measure.key} (${measure.unit})`],
                rows: values.map((v, h) => [h, DAYS[language][Math.floor(h / 24)]!, h % 24, v]),
            })}
        >
            <svg
                data-drawing
                viewBox={`0 0 ${left + 24 * width} ${top + 7 * high}`}
                width="100%"
                role="img"
                aria-label={title}
            >
                {Array.from({ length: 24 }, (_, h) => (
                    <text key={h} x={left + (h + 0.5) * width} y="13" font-size="12" text-anchor="middle" class="quiet">
                        {h}
                    </text>
                ))}
                {DAYS[language].map((day, d) => (
                    <text
                        key={day}
                        x={left - 8}
                        y={top + (d + 0.5) * high + 4}
                        font-size="12.5"
                        text-anchor="end"
                        class="quiet"
                    >
                        {day}
                    </text>
                ))}
                {values.map((v, h) => (
                    <rect
                        key={h}
                        x={left + (h % 24) * width + 0.75}
                        y={top + Math.floor(h / 24) * high + 0.75}
                        width={width - 1.5}
                        height={high - 1.5}
                        fill={stepFill(steps.of(v))}
                        stroke={h === highest ? "var(--mark)" : "none"}
                        stroke-width="2.5"
                        data-tip={`${hourSaid(h, language)}\n${q(v, measure.unit)}`}
                    />
                ))}
            </svg>
            <StepLegend steps={steps} unit={measure.unit} even />
        </Panel>
    );
}

// A mean over districts counts everybody who came once.
function weighted(series: number[][], weights: number[][], all: number[]): number[] {
    return Array.from({ length: HOURS }, (_, h) => {
        const sum = series.reduce((s, of, i) => s + (of[h] ?? 0) * (weights[i]?.[h] ?? 0), 0);
        return all[h]! > 0 ? sum / all[h]! : 0;
    });
}
