// Charging, first answers: where and when it is worst, who waits, where the next piles do most.
import { usePage } from "./context";
import { number, text, type Row } from "./data";
import { DAYS, percent, type Language } from "./format";
import { Missing, Panel } from "./panel";

export function hourSaid(hour: number, language: Language): string {
    const of = hour % 24;
    return `${DAYS[language][Math.floor(hour / 24)]}\u00a0${of}\u2060–\u2060${of + 1}${language === "zh" ? "时" : "\u00a0h"}`;
}

function Bars({
    rows,
    label,
    value,
    words,
}: {
    rows: Row[];
    label: (row: Row) => string;
    value: (row: Row) => number;
    words: (row: Row) => string;
}) {
    const most = Math.max(...rows.map(value), 1e-12),
        high = 24;
    return (
        <svg
            data-drawing
            width="100%"
            viewBox={`0 0 520 ${rows.length * high}`}
            role="img"
            aria-label={rows.map((r) => `${label(r)} ${words(r)}`).join("; ")}
        >
            {rows.map((row, i) => (
                <g key={label(row)} transform={`translate(0 ${i * high})`}>
                    <text x="150" y="16" text-anchor="end" font-size="13">
                        {label(row)}
                    </text>
                    <rect x="160" y="4" width={Math.max(1, (value(row) / most) * 220)} height="15" fill="var(--c1)" />
                    <text x={166 + Math.max(1, (value(row) / most) * 220)} y="16" font-size="12.5" class="quiet">
                        {words(row)}
                    </text>
                </g>
            ))}
        </svg>
    );
}

const NONE = (t: (e: string, z: string) => string, id: string) => (
    <Missing
        id={id}
        wide
        title={t("Charging: not in this result", "充电：此结果未含")}
        why={t(
            "The scenario has no fleet that charges, or the run left it out (setting charging_until).",
            "情景没有充电车队，或运行未包含（设置 charging_until）。",
        )}
    />
);

export function ChargingPlacesPanel() {
    const page = usePage();
    const { t, q, result, language } = page;
    if (!result.has("charging_worst")) return NONE(t, "charging");
    const districts = result
        .rows("charging_worst")
        .filter((row) => text(row, "what") === "district")
        .slice(0, 10);
    const hours = result
        .rows("charging_worst")
        .filter((row) => text(row, "what") === "hour")
        .slice(0, 10);
    const worst = districts[0],
        hour = hours[0];
    const place = (row: Row) => page.named("districts", text(row, "name"));
    const wait = number(worst, "wait_minutes"),
        left = number(worst, "gave_up_share");
    return (
        <Panel
            id="charging"
            wide
            title={
                worst
                    ? t(
                          `Charging is worst in ${place(worst)}: ${percent(left, 1)} of requests end without a charge, who comes to a site waits ${q(wait, "minute")}`,
                          `${place(worst)}充电最难：${percent(left, 1)}的请求落空，平均等待${q(wait, "minute")}`,
                      )
                    : t("Nobody asked for a pile", "无充电请求")
            }
            shows={t(
                "The ten worst districts by share that gave up, then by mean wait; the ten worst hours of the week by all their waiting together",
                "按放弃比例与平均等待排列的最差十区县；按等待总时长排列的最差十个周时段",
            )}
            source={t(
                "charging_worst; districts over all runs, hours of the first replication",
                "charging_worst；区县为全部运行，时段为首次重复",
            )}
            sheet={() => ({
                columns: ["what", "rank", "name", "came", "wait_minutes", "gave_up_share", "load_kw"],
                rows: [
                    ...districts.map((r) => [...cells(r, place(r))]),
                    ...hours.map((r) => [...cells(r, hourSaid(Number(text(r, "name")), language))]),
                ],
            })}
        >
            <div class="two">
                <div>
                    <h3>{t("Districts: share of requests given up, mean wait", "区县：放弃比例，平均等待")}</h3>
                    <Bars
                        rows={districts}
                        label={place}
                        value={(r) => number(r, "gave_up_share")}
                        words={(r) =>
                            `${percent(number(r, "gave_up_share"))}, ${q(number(r, "wait_minutes"), "minute")}`
                        }
                    />
                </div>
                <div>
                    <h3>{hour && t("Hours of the week: mean wait, who came", "周时段：平均等待，到站数")}</h3>
                    <Bars
                        rows={hours}
                        label={(r) => hourSaid(Number(text(r, "name")), language)}
                        value={(r) => number(r, "wait_minutes") * number(r, "came")}
                        words={(r) =>
                            `${q(number(r, "wait_minutes"), "minute")}, ${q(Math.round(number(r, "came")), "")}`
                        }
                    />
                </div>
            </div>
        </Panel>
    );
}

function cells(row: Row, name: string): (string | number)[] {
    return [
        text(row, "what"),
        number(row, "rank"),
        name,
        number(row, "came"),
        number(row, "wait_minutes"),
        number(row, "gave_up_share"),
        number(row, "load_kw"),
    ];
}

const CLASS_ZH: Record<string, string> = {
    private: "私家车",
    hailing: "网约车",
    "ride-hailing": "网约车",
    taxi: "出租车",
    taxis: "出租车",
    work: "作业车",
    visitors: "外来车辆",
};

export function ClassesPanel() {
    const { t, q, result, language } = usePage();
    const figures = result.rows("charging_figures").filter((row) => text(row, "scope") === "class");
    if (figures.length === 0) return NONE(t, "classes");
    const names = [...new Set(figures.map((row) => text(row, "name")))];
    const of = (name: string, measure: string) =>
        figures.find((row) => text(row, "name") === name && text(row, "measure") === measure);
    const value = (name: string, measure: string) => number(of(name, measure), "simulated");
    const said = (name: string) => (language === "zh" && CLASS_ZH[name]) || name.replace(/_/g, " ");
    const longest = [...names].sort((a, b) => (value(b, "wait_mean") || 0) - (value(a, "wait_mean") || 0))[0]!;
    const COLUMNS: [measure: string, unit: string, english: string, chinese: string][] = [
        ["fleet", "vehicle", "Vehicles", "车辆"],
        ["sessions", "session", "Sessions", "充电次数"],
        ["energy_public", "kWh", "In public", "公共电量"],
        ["wait_mean", "minute", "Mean wait", "平均等待"],
        ["wait_p95", "minute", "95 % wait at most", "95 %等待不超过"],
        ["gave_up_share", "share", "Gave up", "放弃"],
    ];
    const there = COLUMNS.filter(([measure]) => names.some((name) => Number.isFinite(value(name, measure))));
    return (
        <Panel
            id="classes"
            wide
            title={t(
                `${said(longest)[0]!.toUpperCase()}${said(longest).slice(1)} wait longest: ${q(value(longest, "wait_mean"), "minute")} on average`,
                `${said(longest)}等待最久：平均${q(value(longest, "wait_mean"), "minute")}`,
            )}
            shows={t(`How the classes of vehicles charge, ${result.period}`, `各类车辆的充电情况，${result.period}年`)}
            source="charging_figures"
            band={t("±: 95 % interval of the mean by luck.", "±：均值的95 %随机区间。")}
            sheet={() => ({
                columns: ["class", ...there.map(([measure]) => measure)],
                rows: names.map((name) => [name, ...there.map(([measure]) => value(name, measure))]),
            })}
        >
            <table>
                <thead>
                    <tr>
                        <th scope="col">{t("Class", "类别")}</th>
                        {there.map(([measure, , english, chinese]) => (
                            <th scope="col" class="n" key={measure}>
                                {t(english, chinese)}
                            </th>
                        ))}
                    </tr>
                </thead>
                <tbody>
                    {names.map((name) => (
                        <tr key={name}>
                            <td>{said(name)}</td>
                            {there.map(([measure, unit]) => {
                                const row = of(name, measure),
                                    half = (number(row, "high") - number(row, "low")) / 2;
                                return (
                                    <td class="n" key={measure}>
                                        {q(value(name, measure), unit)}
                                        {measure === "wait_mean" && Number.isFinite(half) && (
                                            <div class="sub">± {q(half, unit)}</div>
                                        )}
                                    </td>
                                );
                            })}
                        </tr>
                    ))}
                </tbody>
            </table>
        </Panel>
    );
}

export function NextPilesPanel() {
    const page = usePage();
    const { t, result } = page;
    const plan = result.rows("pile_plan");
    if (plan.length === 0) {
        return (
            <Missing
                id="piles"
                wide
                title={t("Where the next 500 piles go: not in this result", "下一批500个桩建在哪里：此结果未含")}
                why={t(
                    "A plan of piles runs the queues again with more piles and takes the best places. A command makes it:",
                    "充电桩规划以更多的桩重演排队并选出最佳位置。可用命令生成：",
                )}
                command={`autopolis piles ${result.about("scenario") || "SCENARIO"} --add 500 --out DIR`}
            />
        );
    }
    const byDistrict = new Map<string, number>();
    for (const row of plan)
        byDistrict.set(text(row, "district"), (byDistrict.get(text(row, "district")) ?? 0) + number(row, "added"));
    const districts = [...byDistrict]
        .map(([district, added]): Row => ({ district, added }))
        .filter((row) => number(row, "added") > 0)
        .sort((a, b) => number(b, "added") - number(a, "added"))
        .slice(0, 10);
    const all = plan.reduce((sum, row) => sum + number(row, "added"), 0),
        first = districts[0];
    const name = (row: Row) => page.named("districts", text(row, "district"));
    return (
        <Panel
            id="piles"
            wide
            title={
                first
                    ? t(
                          `Of the next ${all} piles, ${number(first, "added")} do most in ${name(first)}`,
                          `下一批${all}个桩中，${number(first, "added")}个建在${name(first)}收效最大`,
                      )
                    : t("No place gains from more piles", "没有地点因加桩受益")
            }
            shows={t(
                "Piles added by district, where they shorten waiting most for a pile",
                "按区县的新增桩数，以每桩减少等待最多为准",
            )}
            source="pile_plan"
            sheet={() => ({
                columns: ["site", "group", "district", "kw", "piles", "added"],
                rows: plan.map((r) =>
                    ["site", "pile_group", "district", "kw", "piles", "added"].map((c) => r[c] ?? null),
                ),
            })}
        >
            <div class="two">
                <Bars
                    rows={districts}
                    label={name}
                    value={(r) => number(r, "added")}
                    words={(r) => page.q(number(r, "added"), "pile")}
                />
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{t("Site", "站点")}</th>
                            <th scope="col">{t("District", "区县")}</th>
                            <th scope="col" class="n">
                                {t("Has", "现有")}
                            </th>
                            <th scope="col" class="n">
                                {t("Gets", "新增")}
                            </th>
                        </tr>
                    </thead>
                    <tbody>
                        {plan.slice(0, 10).map((r) => (
                            <tr key={`${text(r, "site")}${text(r, "pile_group")}`}>
                                <td>
                                    {text(r, "site")} <span class="sub">{text(r, "pile_group")}</span>
                                </td>
                                <td>{name(r)}</td>
                                <td class="n">{number(r, "piles")}</td>
                                <td class="n">{number(r, "added")}</td>
                            </tr>
                        ))}
                    </tbody>
                </table>
            </div>
        </Panel>
    );
}
