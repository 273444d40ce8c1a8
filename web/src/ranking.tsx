// What an outage costs: roles and plants, and the causes that hit many at once.
import { usePage, type PageHand } from "./context";
import { number, text, type Row } from "./data";
import { Missing, Panel, Switch } from "./panel";

const COMMAND = (scenario: string) => `autopolis stress ${scenario || "SCENARIO"} --out DIR`;

function outageWords(page: PageHand, days: string): string {
    return days === "ttr"
        ? page.t("An outage of its usual length", "通常时长的停产")
        : page.t(`A ${days}-day outage`, `停产${days}天`);
}

// The ranks of one length of outage with what is known of their rows.
export function ranked(page: PageHand, kinds: (kind: string) => boolean, days: string): Row[] {
    const rows = new Map(
        page.result.rows("stress_rows").map((row) => [`${text(row, "kind")}/${text(row, "target")}`, row]),
    );
    const byTarget = new Map(page.result.rows("stress_rows").map((row) => [text(row, "target"), row]));
    return page.result
        .rows("stress_ranks")
        .filter((rank) => text(rank, "days") === days)
        .map(
            (rank): Row => ({
                ...(rows.get(`${text(rank, "kind")}/${text(rank, "target")}`) ??
                    byTarget.get(text(rank, "target")) ??
                    {}),
                ...rank,
            }),
        )
        .filter((row) => kinds(text(row, "kind")) && number(row, "shown") !== 0)
        .sort((a, b) => number(a, "rank") - number(b, "rank"));
}

export function rowName(page: PageHand, row: Row): string {
    const own = (page.language === "zh" && text(row, "name_zh")) || text(row, "name");
    if (text(row, "identity") === "synthetic" && text(row, "role")) return text(row, "role");
    return own || text(row, "role") || text(row, "target");
}

function worthOf(row: Row): number {
    const value = number(row, "value_lost");
    return Number.isFinite(value) ? value : number(row, "turnover_others_lost");
}

// Lost with its interval, on one scale for all rows.
function LostBar({ row, most }: { row: Row; most: number }) {
    const width = 150,
        x = (value: number) => Math.max(0, (value / most) * (width - 6));
    const low = number(row, "lost_low"),
        high = number(row, "lost_high");
    return (
        <svg width={width} height="16" viewBox={`0 0 ${width} 16`} aria-hidden="true">
            <rect x="0" y="3" width={x(number(row, "lost"))} height="10" fill="var(--c1)" />
            {Number.isFinite(low) && (
                <path
                    d={`M${x(low)} 8H${x(high)}M${x(low)} 4v8M${x(high)} 4v8`}
                    stroke="var(--ink)"
                    fill="none"
                    stroke-width="1.2"
                />
            )}
        </svg>
    );
}

export function RankingPanel() {
    const page = usePage();
    const { t, q, value, result, language } = page;
    if (!result.has("stress_ranks")) {
        return (
            <Missing
                id="ranking"
                wide
                title={t(
                    "Which enterprises and roles matter most: not in this result",
                    "哪些企业与岗位最要紧：此结果未含",
                )}
                why={t(
                    "A stress test stops each in turn and measures what is lost. This result has none; a command makes it:",
                    "压力测试逐一停产并计量损失。此结果没有压力测试，可用命令生成：",
                )}
                command={COMMAND(result.about("scenario"))}
            />
        );
    }
    const lengths = [...new Set(result.rows("stress_ranks").map((row) => text(row, "days")))];
    const days = value("days", lengths.includes("14") ? "14" : (lengths[0] ?? "14"));
    const kind = value("kind", "enterprise");
    const kinds = (k: string) => (kind === "enterprise" ? ["enterprise", "role", "plant"].includes(k) : k === kind);
    const all = ranked(page, kinds, days),
        top = all.slice(0, 10),
        first = top[0];
    const most = Math.max(1, ...top.map((row) => Math.max(number(row, "lost"), number(row, "lost_high") || 0)));
    const cause = (row: Row) => (language === "zh" && text(row, "cause_zh")) || text(row, "cause");
    const title = first
        ? t(
              `${outageWords(page, days)} of ${rowName(page, first)} costs ${q(Math.round(number(first, "lost")), "vehicle")}, more than any other`,
              `${rowName(page, first)}${outageWords(page, days)}，损失${q(Math.round(number(first, "lost")), "vehicle")}，居首位`,
          )
        : t("No row of this kind was stressed", "未对此类进行压力测试");
    const kindsThere = new Set(result.rows("stress_rows").map((row) => text(row, "kind")));
    const options = (
        [
            ["enterprise", t("Roles and plants", "岗位与工厂")],
            ["district", t("Districts", "区县")],
            ["lane", t("Lanes", "通道")],
            ["family", t("Part families", "零部件族")],
        ] as const
    ).filter(([key]) => key === "enterprise" || kindsThere.has(key));
    return (
        <Panel
            id="ranking"
            wide
            title={title}
            shows={t(
                "The ten that matter most: vehicles not built within the horizon, vehicles built late, output of others in yuan, days to the first stopped line",
                "最要紧的十个：期内未造出的车辆、延后造出的车辆、其他企业损失的产值、首条产线停产前的天数",
            )}
            source={t(
                `stress_ranks and stress_rows, ${all.length} rows ranked in what-ifs that are exact but for luck`,
                `stress_ranks 与 stress_rows，共排名 ${all.length} 行`,
            )}
            band={t(
                "Whisker and rank interval: 95 % over worlds (drawn inputs) and luck.",
                "须线与名次区间：抽取输入与随机的95 %范围。",
            )}
            controls={
                <>
                    {lengths.length > 1 && (
                        <Switch
                            label={t("Length of the outage", "停产时长")}
                            name="days"
                            fallback={lengths.includes("14") ? "14" : (lengths[0] ?? "")}
                            options={lengths.map(
                                (d) =>
                                    [
                                        d,
                                        d === "ttr" ? t("its own length", "自身时长") : t(`${d} days`, `${d}天`),
                                    ] as const,
                            )}
                        />
                    )}
                    {options.length > 1 && (
                        <Switch
                            label={t("What is stopped", "停产对象")}
                            name="kind"
                            fallback="enterprise"
                            options={options}
                        />
                    )}
                </>
            }
            sheet={() => ({
                columns: [
                    "rank",
                    "rank_low",
                    "rank_high",
                    "name",
                    "district",
                    "lost_vehicles",
                    "lost_low",
                    "lost_high",
                    "delayed_vehicles",
                    "value_lost_yuan",
                    "first_stop_days",
                    "cause",
                ],
                rows: top.map((row) => [
                    number(row, "rank"),
                    number(row, "rank_low"),
                    number(row, "rank_high"),
                    rowName(page, row),
                    text(row, "district"),
                    number(row, "lost"),
                    number(row, "lost_low"),
                    number(row, "lost_high"),
                    number(row, "delayed"),
                    worthOf(row),
                    number(row, "first_stop_days"),
                    cause(row),
                ]),
            })}
        >
            <table>
                <thead>
                    <tr>
                        <th scope="col">{t("Rank", "名次")}</th>
                        <th scope="col">{t("Role or plant", "岗位或工厂")}</th>
                        <th scope="col" colSpan={2}>
                            {t("Vehicles lost", "损失车辆")}
                        </th>
                        <th scope="col" class="n">
                            {t("Vehicles late", "延后车辆")}
                        </th>
                        <th scope="col" class="n">
                            {t("Yuan lost", "损失产值")}
                        </th>
                        <th scope="col" class="n">
                            {t("First stop", "首次停线")}
                        </th>
                        <th scope="col">{t("Why", "原因")}</th>
                    </tr>
                </thead>
                <tbody>
                    {top.map((row) => (
                        <tr key={`${text(row, "kind")}${text(row, "target")}`}>
                            <td>
                                <span class="rank">{number(row, "rank")}</span>{" "}
                                <span class="sub">
                                    {number(row, "rank_low")}–{number(row, "rank_high")}
                                </span>
                            </td>
                            <td>
                                {rowName(page, row)}
                                <div class="sub">{page.named("districts", text(row, "district"))}</div>
                            </td>
                            <td class="n">{q(Math.round(number(row, "lost")), "")}</td>
                            <td>
                                <LostBar row={row} most={most} />
                            </td>
                            <td class="n">{q(Math.round(number(row, "delayed")), "")}</td>
                            <td class="n">{q(worthOf(row), "yuan")}</td>
                            <td class="n">{q(number(row, "first_stop_days"), "day")}</td>
                            <td>{cause(row)}</td>
                        </tr>
                    ))}
                </tbody>
            </table>
        </Panel>
    );
}

export function CommonPanel() {
    const page = usePage();
    const { t, q, result, value, language } = page;
    if (!result.has("stress_ranks")) {
        return (
            <Missing
                id="common"
                title={t("Common causes: not in this result", "共同原因：此结果未含")}
                why={t(
                    "What hits many at once (a chip family, a river, rationing) is measured by the stress test too.",
                    "同时影响多家的原因（芯片、河运、限电）同样由压力测试计量。",
                )}
                command={COMMAND(result.about("scenario"))}
            />
        );
    }
    const lengths = [...new Set(result.rows("stress_ranks").map((row) => text(row, "days")))];
    const days = value("days", lengths.includes("14") ? "14" : (lengths[0] ?? "14"));
    const rows = ranked(page, (kind) => kind === "common", days).slice(0, 8),
        first = rows[0];
    const most = Math.max(1, ...rows.map((row) => Math.max(number(row, "lost"), number(row, "lost_high") || 0)));
    if (!first)
        return (
            <Missing
                id="common"
                title={t("No common cause was stressed", "未对共同原因进行压力测试")}
                why={t("This stress test stopped rows one by one only.", "此压力测试只逐一停产。")}
            />
        );
    return (
        <Panel
            id="common"
            title={t(
                `${rowName(page, first)} would cost ${q(Math.round(number(first, "lost")), "vehicle")} at once`,
                `${rowName(page, first)}将一次损失${q(Math.round(number(first, "lost")), "vehicle")}`,
            )}
            shows={t(
                "Causes that hit many enterprises on the same day, by vehicles lost",
                "同日影响多家企业的原因，按损失车辆",
            )}
            source={t("stress_ranks, kind common", "stress_ranks，kind common")}
            band={t("Whisker: 95 % over worlds and luck.", "须线：抽取输入与随机的95 %范围。")}
            sheet={() => ({
                columns: ["rank", "name", "lost_vehicles", "lost_low", "lost_high", "value_lost_yuan"],
                rows: rows.map((row) => [
                    number(row, "rank"),
                    rowName(page, row),
                    number(row, "lost"),
                    number(row, "lost_low"),
                    number(row, "lost_high"),
                    worthOf(row),
                ]),
            })}
        >
            <table>
                <thead>
                    <tr>
                        <th scope="col">{t("Cause", "原因")}</th>
                        <th scope="col" class="n">
                            {t("Lost", "损失")}
                        </th>
                        <th scope="col">
                            <span class="hidden">{t("as a bar", "条形")}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>
                    {rows.map((row) => (
                        <tr key={text(row, "target")}>
                            <td>
                                {rowName(page, row)}
                                <div class="sub">
                                    {(language === "zh" && text(row, "cause_zh")) || text(row, "cause")}
                                </div>
                            </td>
                            <td class="n">{q(Math.round(number(row, "lost")), "vehicle")}</td>
                            <td>
                                <LostBar row={row} most={most} />
                            </td>
                        </tr>
                    ))}
                </tbody>
            </table>
        </Panel>
    );
}
