// What an outage costs: roles and plants, and the causes that hit many at once.
import { usePage, type PageHand } from "./context";
import { number, text, type Row } from "./data";
import { Join } from "./join";
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
        .filter((rank) => text(rank, "days") === days || text(rank, "days") === "own")
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

// An enterprise by its name; a role (its id is family / district / kind of source) in words.
export function rowName(page: PageHand, row: Row): string {
    const { t, named } = page;
    const [family = "", district = "", source = ""] = text(row, "target").split(" / ");
    if (text(row, "identity") === "role" && district) {
        const place = named("districts", district);
        const sources: Record<string, string> = {
            single: t(", single source", "（单一来源）"),
            dual: t(", dual source", "（双来源）"),
        };
        const made = family === "plants" ? t("plants", "工厂") : named("families", family);
        return t(`${made}, ${place}${sources[source] ?? ""}`, `${place}${made}${sources[source] ?? ""}`);
    }
    const own = (page.language === "zh" && text(row, "name_zh")) || text(row, "name");
    return own || causeName(page, text(row, "target"));
}

// Common causes that no table names: what they hit stands behind a colon.
function causeName({ t }: PageHand, target: string): string {
    const [what = "", whom = ""] = target.split(": ");
    if (what === "power") return t(`No power in ${whom}`, `${whom}停电`);
    if (what === "zone") return t(`All of zone ${whom}`, `${whom}片区全部`);
    if (what === "lanes by") return t(`All lanes by ${whom}`, `全部${whom}通道`);
    return target;
}

function worthOf(row: Row): number {
    const value = number(row, "turnover_others_lost");
    return Number.isFinite(value) ? value : number(row, "value_lost");
}

// How long rows stood still; events have a length of their own, whatever is chosen.
function lengthsOf(page: PageHand): string[] {
    return [...new Set(page.result.rows("stress_ranks").map((row) => text(row, "days")))]
        .filter((days) => days !== "own")
        .sort((a, b) => (Number(a) || 1e9) - (Number(b) || 1e9));
}

// Lost or late, by which rows are ranked.
function deficitOf(row: Row): number {
    const deficit = number(row, "deficit");
    return Number.isFinite(deficit) ? deficit : number(row, "lost") + number(row, "delayed");
}

function mostOf(rows: Row[]): number {
    return Math.max(1, ...rows.map((row) => Math.max(deficitOf(row), number(row, "deficit_high") || 0)));
}

// What stays lost dark, what came late light, with the interval of both together; one scale for all rows.
function LostBar({ row, most }: { row: Row; most: number }) {
    const width = 170;
    const x = (value: number) => Math.max(0, (value / most) * (width - 6));
    const low = number(row, "deficit_low"),
        high = number(row, "deficit_high"),
        lost = Math.min(number(row, "lost"), deficitOf(row));
    return (
        <svg width={width} height="16" viewBox={`0 0 ${width} 16`} aria-hidden="true">
            <rect x="0" y="3" width={x(deficitOf(row))} height="10" fill="var(--c5)" opacity="0.55" />
            <rect x="0" y="3" width={x(lost)} height="10" fill="var(--c6)" />
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

function rankWords(row: Row): string {
    const low = number(row, "rank_low"),
        high = number(row, "rank_high");
    return Number.isFinite(low) && Number.isFinite(high) ? `${Math.round(low)}–${Math.round(high)}` : "";
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
            >
                <Join page={page} />
            </Missing>
        );
    }
    const lengths = lengthsOf(page);
    const days = value("days", lengths.includes("14") ? "14" : (lengths[0] ?? "14"));
    const kind = value("kind", "enterprise");
    const kinds = (k: string) => (kind === "enterprise" ? ["enterprise", "role", "plant"].includes(k) : k === kind);
    const all = ranked(page, kinds, days),
        top = all.slice(0, 10),
        first = top[0];
    const most = mostOf(top);
    const cause = (row: Row) => (language === "zh" && text(row, "cause_zh")) || text(row, "cause");
    const why = top.some((row) => cause(row) !== "");
    const title = first
        ? t(
              `${outageWords(page, days)} of ${rowName(page, first)} holds back ${q(Math.round(deficitOf(first)), "vehicle")}, ${q(Math.round(number(first, "lost")), "")} of them for good`,
              `${rowName(page, first)}${outageWords(page, days)}，少造或迟造${q(Math.round(deficitOf(first)), "vehicle")}，其中${q(Math.round(number(first, "lost")), "vehicle")}无法补回`,
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
                "The ten that matter most, by vehicles lost or late; output lost by others in yuan, days until output falls behind",
                "最要紧的十个，按损失与延后的车辆排列；其他企业损失的产值、产量落后前的天数",
            )}
            source={t(
                `stress_ranks and stress_rows, ${all.length} rows ranked in what-ifs that are exact but for luck`,
                `stress_ranks 与 stress_rows，共排名 ${all.length} 行`,
            )}
            band={t(
                "Orange: lost for good; blue: late. Whisker and rank interval: 95 % over worlds (drawn inputs), without worlds over luck.",
                "橙色：无法补回；蓝色：延后。须线与名次区间：95 %的抽取情形，无抽取时为随机。",
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
                    "deficit",
                    "deficit_low",
                    "deficit_high",
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
                    deficitOf(row),
                    number(row, "deficit_low"),
                    number(row, "deficit_high"),
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
                            {t("Others lose, yuan", "他企损失")}
                        </th>
                        <th scope="col" class="n">
                            {t("Falls behind after", "落后于")}
                        </th>
                        {why && <th scope="col">{t("Why", "原因")}</th>}
                    </tr>
                </thead>
                <tbody>
                    {top.map((row) => (
                        <tr key={`${text(row, "kind")}${text(row, "target")}`}>
                            <td>
                                <span class="rank">{number(row, "rank")}</span>{" "}
                                <span class="sub">{rankWords(row)}</span>
                            </td>
                            <td>
                                {rowName(page, row)}
                                {text(row, "identity") !== "role" && (
                                    <div class="sub">{page.named("districts", text(row, "district"))}</div>
                                )}
                            </td>
                            <td class="n">{q(Math.round(number(row, "lost")), "")}</td>
                            <td>
                                <LostBar row={row} most={most} />
                            </td>
                            <td class="n">{q(Math.round(number(row, "delayed")), "")}</td>
                            <td class="n">{q(worthOf(row), "yuan")}</td>
                            <td class="n">{q(number(row, "first_stop_days"), "day")}</td>
                            {why && <td>{cause(row)}</td>}
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
    const lengths = lengthsOf(page);
    const days = value("days", lengths.includes("14") ? "14" : (lengths[0] ?? "14"));
    const rows = ranked(page, (kind) => kind === "common", days)
        .filter((row) => deficitOf(row) > 0)
        .sort((a, b) => deficitOf(b) - deficitOf(a))
        .slice(0, 8);
    const first = rows[0];
    const most = mostOf(rows);
    if (!first)
        return (
            <Missing
                id="common"
                title={t("No common cause held anything back", "没有共同原因造成损失")}
                why={t("None was tested, or none had an effect within the horizon.", "未测试，或期内无影响。")}
            />
        );
    return (
        <Panel
            id="common"
            title={t(
                `${rowName(page, first)} would hold back ${q(Math.round(deficitOf(first)), "vehicle")} at once`,
                `${rowName(page, first)}将一次少造或迟造${q(Math.round(deficitOf(first)), "vehicle")}`,
            )}
            shows={t(
                "Causes that hit many enterprises on the same day, by vehicles lost or late",
                "同日影响多家企业的原因，按损失车辆",
            )}
            source={t("stress_ranks, kind common", "stress_ranks，kind common")}
            band={t("Whisker: 95 % over worlds and luck.", "须线：抽取输入与随机的95 %范围。")}
            sheet={() => ({
                columns: ["rank", "name", "lost_vehicles", "deficit", "deficit_low", "deficit_high", "value_lost_yuan"],
                rows: rows.map((row) => [
                    number(row, "rank"),
                    rowName(page, row),
                    number(row, "lost"),
                    deficitOf(row),
                    number(row, "deficit_low"),
                    number(row, "deficit_high"),
                    worthOf(row),
                ]),
            })}
        >
            <table>
                <thead>
                    <tr>
                        <th scope="col">{t("Cause", "原因")}</th>
                        <th scope="col" class="n">
                            {t("Lost or late", "损失或延后")}
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
                            <td class="n">{q(Math.round(deficitOf(row)), "")}</td>
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
