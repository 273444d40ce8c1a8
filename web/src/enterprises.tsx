// All enterprises, sorted and searched. Only the rows in sight are drawn, so that thousands filter at once.
import { useMemo, useRef, useState } from "preact/hooks";
import { usePage, type PageHand } from "./context";
import { number, text, type Cell, type Row } from "./data";
import { percent, plain } from "./format";
import { Choice, Panel } from "./panel";
import { whatIf } from "./route";
import { tradeName } from "./trades";

interface Column {
    key: string;
    english: string;
    chinese: string;
    numeric: boolean;
    value: (row: Row) => Cell;
    words: (row: Row) => string;
}

const HIGH = 30,
    SEEN = 24,
    SPARE = 8;

function columnsOf(page: PageHand): Column[] {
    const { q, language, result } = page;
    const told = (key: string, english: string, chinese: string, words: (row: Row) => string): Column => ({
        key,
        english,
        chinese,
        numeric: false,
        value: (row) => text(row, key),
        words,
    });
    const counted = (key: string, english: string, chinese: string, words: (value: number) => string): Column => ({
        key,
        english,
        chinese,
        numeric: true,
        value: (row) => row[key] ?? null,
        words: (row) => words(number(row, key)),
    });
    const ranks = new Map(result.rows("stress_lost").map((row) => [text(row, "target"), number(row, "lost")]));
    const all: Column[] = [
        told(
            "enterprise",
            "Enterprise",
            "企业",
            (row) => (language === "zh" && text(row, "name_zh")) || text(row, "name") || text(row, "enterprise"),
        ),
        told("district", "District", "区县", (row) => page.named("districts", text(row, "district"))),
        told("trade", "Trade", "行业", (row) => tradeName(text(row, "trade"), language === "zh")),
        told("identity", "Named by a source", "出处", (row) =>
            text(row, "identity") === "named" ? page.t("named", "有出处") : page.t("synthetic", "合成"),
        ),
        counted("tier", "Tier", "层级", (v) => (v === 0 ? page.t("plant", "整车厂") : plain(v))),
        counted("turnover", "Turnover", "营业额", (v) => q(v, "yuan")),
        counted("parts", "Parts bought", "采购", (v) => q(v, "yuan")),
        {
            key: "local",
            english: "Of that, local",
            chinese: "本地采购占比",
            numeric: true,
            value: (row) => row["parts_local"] ?? null,
            words: (row) => percent(number(row, "parts_local"), 0),
        },
        counted("vehicles", "Vehicles made", "产量", (v) => q(v, "")),
        counted("parts_days", "Parts in stock", "零部件库存", (v) => q(v, "day")),
        counted("made_days", "Goods in stock", "成品库存", (v) => q(v, "day")),
        counted("service_level", "Service level", "服务水平", (v) => percent(v, 1)),
        {
            key: "lost",
            english: "Lost or late, 14 days out",
            chinese: "停产14天损失",
            numeric: true,
            value: (row) => ranks.get(text(row, "enterprise")) ?? null,
            words: (row) => q(Math.round(ranks.get(text(row, "enterprise")) ?? NaN), "vehicle"),
        },
    ];
    const rows = result.rows("enterprises");
    return all.filter((column) => rows.some((row) => column.value(row) !== null && column.value(row) !== ""));
}

// Every word of the search must stand somewhere in the row.
export function searched(rows: { row: Row; words: string }[], search: string): Row[] {
    const wanted = search.toLowerCase().split(/\s+/).filter(Boolean);
    return rows.filter(({ words }) => wanted.every((w) => words.includes(w))).map(({ row }) => row);
}

function compared(a: Cell, b: Cell): number {
    if (a === b) return 0;
    if (a === null || a === "") return 1;
    if (b === null || b === "") return -1;
    return typeof a === "number" && typeof b === "number" ? a - b : String(a) < String(b) ? -1 : 1;
}

export function EnterprisesPanel() {
    const page = usePage();
    const { t, q, result, value, put, server } = page;
    const columns = useMemo(() => columnsOf(page), [result, page.language]);
    const scroller = useRef<HTMLDivElement>(null);
    const [first, setFirst] = useState(0);
    const [search, setSearch] = useState(value("find", ""));
    const district = value("district", ""),
        kind = value("kind", "");
    const [sorted = "turnover", way = "down"] = value("sort", "turnover.down").split(".");
    const indexed = useMemo(
        () =>
            result.rows("enterprises").map((row) => ({
                row,
                words: [
                    ...["enterprise", "name", "name_zh", "district", "trade", "maker", "families"].map((c) =>
                        text(row, c),
                    ),
                    page.named("districts", text(row, "district")),
                ]
                    .join(" ")
                    .toLowerCase(),
            })),
        [result, page.language],
    );
    // Sorted once, then searched at every key: what is found keeps its order.
    const ordered = useMemo(() => {
        const column = columns.find((c) => c.key === sorted) ?? columns[0]!;
        const keyed = indexed.map((entry) => ({ entry, key: column.value(entry.row) }));
        keyed.sort((a, b) =>
            a.key === null || b.key === null
                ? compared(a.key, b.key)
                : compared(a.key, b.key) * (way === "down" ? -1 : 1),
        );
        return keyed.map(({ entry }) => entry);
    }, [indexed, columns, sorted, way]);
    const found = useMemo(
        () =>
            searched(ordered, search).filter(
                (row) =>
                    (!district || text(row, "district") === district) &&
                    (!kind || text(row, "kind") === kind || text(row, "identity") === kind),
            ),
        [ordered, search, district, kind],
    );
    const districts = useMemo(() => [...new Set(indexed.map(({ row }) => text(row, "district")))].sort(), [indexed]);
    if (indexed.length === 0) return null;
    const sizes = Float64Array.from(found, (row) => number(row, "turnover") || 0).sort();
    const all = sizes.reduce((sum, size) => sum + size, 0);
    const ten = sizes.slice(-Math.max(1, Math.ceil(found.length / 10))).reduce((sum, size) => sum + size, 0);
    const title =
        found.length === 0
            ? t("No enterprise has these words", "没有符合的企业")
            : t(
                  `${plain(found.length)} enterprises shipped ${q(all, "yuan")} in ${result.year}; the largest tenth of them ${percent(ten / (all || 1), 0)}`,
                  `${plain(found.length)}家企业${result.year}年发货${q(all, "yuan")}，最大的十分之一占${percent(ten / (all || 1), 0)}`,
              );
    const begin = Math.max(0, Math.min(first, found.length - SEEN) - SPARE),
        end = Math.min(found.length, first + SEEN + SPARE);
    const order = (key: string, numeric: boolean) =>
        put("sort", sorted === key ? `${key}.${way === "down" ? "up" : "down"}` : `${key}.${numeric ? "down" : "up"}`);
    return (
        <Panel
            id="enterprises"
            wide
            long
            title={title}
            shows={t(
                "Every enterprise of the scenario, invented ones too. Stock in days of use; service level: share of days and buyers with nothing owed for longer than a day",
                "情景中的全部企业，含合成企业。库存以用量天数计；服务水平：按天与买方计，无超过一天欠交的比例",
            )}
            source={t(
                `enterprises, enterprise_years of ${result.year}, first replication`,
                `enterprises、enterprise_years ${result.year}年，首次重复`,
            )}
            controls={
                <>
                    <label class="choice">
                        {t("Search", "搜索")}
                        <input
                            type="search"
                            value={search}
                            onInput={(e) => {
                                setSearch(e.currentTarget.value);
                                setFirst(0);
                                scroller.current?.scrollTo(0, 0);
                            }}
                            onChange={(e) => put("find", e.currentTarget.value)}
                        />
                    </label>
                    <Choice
                        label={t("District", "区县")}
                        name="district"
                        fallback=""
                        options={[
                            ["", t("all", "全部")],
                            ...districts.map((d) => [d, page.named("districts", d)] as const),
                        ]}
                    />
                    <Choice
                        label={t("Kind", "类别")}
                        name="kind"
                        fallback=""
                        options={[
                            ["", t("all", "全部")],
                            ["plant", t("plants", "整车厂")],
                            ["supplier", t("suppliers", "供应商")],
                            ["named", t("named by a source", "有出处")],
                            ["synthetic", t("synthetic", "合成")],
                        ]}
                    />
                </>
            }
            sheet={() => ({
                columns: ["enterprise", "name", ...columns.slice(1).map((c) => c.key)],
                rows: found.map((row) => [
                    text(row, "enterprise"),
                    columns[0]!.words(row),
                    ...columns.slice(1).map((c) => c.value(row)),
                ]),
            })}
        >
            <div
                class="scroller"
                ref={scroller}
                tabIndex={0}
                role="region"
                aria-label={t("Enterprises", "企业")}
                onScroll={(e) => setFirst(Math.floor(e.currentTarget.scrollTop / HIGH))}
            >
                <table aria-rowcount={found.length + 1}>
                    <thead>
                        <tr>
                            {columns.map((c) => (
                                <th
                                    key={c.key}
                                    scope="col"
                                    class={c.numeric ? "n" : ""}
                                    aria-sort={
                                        sorted === c.key ? (way === "down" ? "descending" : "ascending") : "none"
                                    }
                                >
                                    <button type="button" onClick={() => order(c.key, c.numeric)}>
                                        {t(c.english, c.chinese)}
                                    </button>
                                </th>
                            ))}
                            {server && <th scope="col">{t("Ask", "提问")}</th>}
                        </tr>
                    </thead>
                    <tbody>
                        {begin > 0 && (
                            <tr aria-hidden="true">
                                <td class="spacer" colSpan={columns.length} style={{ height: `${begin * HIGH}px` }} />
                            </tr>
                        )}
                        {found.slice(begin, end).map((row, i) => (
                            <tr
                                key={text(row, "enterprise")}
                                aria-rowindex={begin + i + 2}
                                data-enterprise={text(row, "enterprise")}
                            >
                                {columns.map((c) => (
                                    <td
                                        key={c.key}
                                        class={c.numeric ? "n" : ""}
                                        title={c.numeric ? undefined : c.words(row)}
                                    >
                                        {c.words(row)}
                                    </td>
                                ))}
                                {server && (
                                    <td>
                                        <a href={whatIf(page, "enterprise", text(row, "enterprise"))}>
                                            {t("What if it stops?", "若停产？")}
                                        </a>
                                    </td>
                                )}
                            </tr>
                        ))}
                        {end < found.length && (
                            <tr aria-hidden="true">
                                <td
                                    class="spacer"
                                    colSpan={columns.length}
                                    style={{ height: `${(found.length - end) * HIGH}px` }}
                                />
                            </tr>
                        )}
                    </tbody>
                </table>
            </div>
        </Panel>
    );
}
