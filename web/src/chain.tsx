// The chain as a Sankey diagram, in yuan: suppliers' suppliers, suppliers, makers, markets.
import { sankey, sankeyLinkHorizontal, type SankeyLink, type SankeyNode } from "d3-sankey";
import { useMemo } from "preact/hooks";
import { usePage, type PageHand } from "./context";
import { number, text, type Result } from "./data";
import { percent } from "./format";
import { Choice, Missing, Panel, Switch } from "./panel";
import { capital, tradeName } from "./trades";

const WIDTH = 1180;

interface Node {
    id: string;
    column: number;
    name: string;
}

interface Flow {
    source: string;
    target: string;
    value: number; // yuan
    before: number; // of what it is compared with
}

type N = SankeyNode<Node, Flow>;
type L = SankeyLink<Node, Flow>;

const COLUMN_FILL = ["var(--c7)", "var(--c1)", "var(--c2)", "var(--c3)"];

// "" is what the result lumps together already.
const OTHERS = "";

function named(page: PageHand, table: string, id: string): string {
    return id === OTHERS ? page.t("others", "其他") : page.named(table, id);
}

// Flows of one result and year, with nodes as "column/id".
function flowsOf(result: Result, level: string, year: number): Map<string, number> {
    const flows = new Map<string, number>();
    const add = (from: string, to: string, value: number) =>
        flows.set(`${from}\t${to}`, (flows.get(`${from}\t${to}`) ?? 0) + value);
    for (const row of result.rows("flows")) {
        if (text(row, "level") !== level || number(row, "year") !== year) continue;
        const tier = number(row, "tier");
        if (tier === 1) add(`1/${text(row, "source")}`, `2/${text(row, "target")}`, number(row, "value"));
        // What goes to a supplier is told by its trade; other levels would join what does not belong together.
        else if (level === "trade") add(`0/${text(row, "source")}`, `1/${text(row, "target")}`, number(row, "value"));
    }
    for (const row of result.rows("deliveries"))
        if (number(row, "year") === year)
            add(`2/${text(row, "maker")}`, `3/${text(row, "market")}`, number(row, "value"));
    return flows;
}

// The largest nodes of a column stay, the others become one.
function lumped(flows: Flow[], most: number): Flow[] {
    const sizes = new Map<string, number>();
    for (const flow of flows) {
        sizes.set(`out ${flow.source}`, (sizes.get(`out ${flow.source}`) ?? 0) + Math.max(flow.value, flow.before));
        sizes.set(`in ${flow.target}`, (sizes.get(`in ${flow.target}`) ?? 0) + Math.max(flow.value, flow.before));
    }
    const size = (id: string) => Math.max(sizes.get(`out ${id}`) ?? 0, sizes.get(`in ${id}`) ?? 0);
    const ids = [...new Set(flows.flatMap((flow) => [flow.source, flow.target]))];
    const keep = new Set<string>();
    for (const column of ["0", "1", "2", "3"])
        ids.filter((id) => id.startsWith(column) && id !== `${column}/${OTHERS}`)
            .sort((a, b) => size(b) - size(a))
            .slice(0, most)
            .forEach((id) => keep.add(id));
    const name = (id: string) => (keep.has(id) ? id : `${id[0]}/${OTHERS}`);
    const sums = new Map<string, Flow>();
    for (const flow of flows) {
        const source = name(flow.source),
            target = name(flow.target),
            key = `${source}\t${target}`;
        const sum = sums.get(key) ?? { source, target, value: 0, before: 0 };
        sum.value += flow.value;
        sum.before += flow.before;
        sums.set(key, sum);
    }
    return [...sums.values()];
}

function nodeName(page: PageHand, id: string, level: string): string {
    const column = Number(id[0]),
        own = id.slice(2);
    if (column === 3) return named(page, "markets", own);
    if (column === 1 && level === "family") return named(page, "families", own);
    if (column === 1 && level === "district") return named(page, "districts", own);
    if (column === 1 && level === "enterprise") return named(page, "enterprises", own);
    return own === OTHERS ? page.t("others", "其他") : tradeName(own, page.language === "zh");
}

export function ChainPanel() {
    const page = usePage();
    const { t, q, result, value, other } = page;
    if (!result.has("flows")) {
        return (
            <Missing
                id="chain"
                title={t("The chain: not in this result", "产业链：此结果未含")}
                why={t("This result holds no flows between enterprises.", "此结果没有企业间流量。")}
                command={`autopolis run ${result.about("scenario") || "SCENARIO"} --out DIR`}
            />
        );
    }
    const level = value("level", "trade"),
        most = Number(value("top", "12")),
        year = Number(value("y", String(result.year)));
    const years = [
        ...new Set(
            result
                .rows("flows")
                .filter((row) => text(row, "level") === level)
                .map((row) => number(row, "year")),
        ),
    ].sort();
    const against = value("against", "none");
    const flows = useMemo(() => {
        const now = flowsOf(result, level, year);
        const before =
            against === "run" && other
                ? flowsOf(other, level, year)
                : against === "year"
                  ? flowsOf(result, level, year - 1)
                  : new Map<string, number>();
        const keys = new Set([...now.keys(), ...before.keys()]);
        const all = [...keys].map((key): Flow => {
            const [source = "", target = ""] = key.split("\t");
            return { source, target, value: now.get(key) ?? 0, before: before.get(key) ?? 0 };
        });
        return lumped(all, most);
    }, [result, other, level, most, year, against]);
    const differs = against !== "none";
    const parts = flows.filter((flow) => flow.source[0] === "1"),
        all = parts.reduce((sum, flow) => sum + flow.value, 0);
    const bySource = new Map<string, number>();
    for (const flow of parts)
        if (flow.source !== `1/${OTHERS}`)
            bySource.set(
                flow.source,
                (bySource.get(flow.source) ?? 0) + (differs ? flow.value - flow.before : flow.value),
            );
    const first = [...bySource].sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]))[0];
    const title = !first
        ? t("No parts flowed", "无零部件流动")
        : differs
          ? t(
                `${capital(nodeName(page, first[0], level))} changed most: ${first[1] > 0 ? "+" : ""}${q(first[1], "yuan")} of parts`,
                `${nodeName(page, first[0], level)}变化最大：${first[1] > 0 ? "+" : ""}${q(first[1], "yuan")}`,
            )
          : t(
                `The largest stream into the plants: ${nodeName(page, first[0], level)}, ${q(first[1], "yuan")} of ${q(all, "yuan")}, ${percent(first[1] / all, 0)}`,
                `流入工厂最大的是${nodeName(page, first[0], level)}：${q(all, "yuan")}中的${q(first[1], "yuan")}，占${percent(first[1] / all, 0)}`,
            );
    return (
        <Panel
            id="chain"
            wide
            title={title}
            shows={
                differs
                    ? t(
                          `What changed, in yuan: blue grew, orange shrank; as wide as the change, ${year}`,
                          `变化额（元）：蓝增橙减，宽度为变化大小，${year}年`,
                      )
                    : t(
                          `Value shipped in ${year}, yuan: ${level === "trade" ? "suppliers' suppliers, " : ""}suppliers by ${level === "family" ? "part family" : level}, makers, markets`,
                          `${year}年发货价值（元）：${level === "trade" ? "上游供应商、" : ""}供应商、整车企业、市场`,
                      )
            }
            source={t(
                "flows, deliveries, first replication; parts by value of the part, vehicles at what they are sold for",
                "flows、deliveries，首次重复；零部件按件值，整车按售价",
            )}
            controls={
                <>
                    <Choice
                        label={t("Suppliers by", "供应商按")}
                        name="level"
                        fallback="trade"
                        options={[
                            ["trade", t("trade", "行业")],
                            ["family", t("part family", "零部件族")],
                            ["district", t("district", "区县")],
                            ["enterprise", t("enterprise", "企业")],
                        ]}
                    />
                    <Choice
                        label={t("Largest", "最大")}
                        name="top"
                        fallback="12"
                        options={["6", "12", "20", "40"].map((n) => [n, t(`${n} and others`, `${n}个及其他`)] as const)}
                    />
                    <Choice
                        label={t("Year", "年份")}
                        name="y"
                        fallback={String(result.year)}
                        options={years.map((y) => [String(y), String(y)])}
                    />
                    <Switch
                        label={t("Difference", "差异")}
                        name="against"
                        fallback="none"
                        options={[
                            ["none", t("Values", "数值")],
                            ...(level === "trade" && years.includes(year - 1)
                                ? [["year", t("Against the year before", "与上年比")] as const]
                                : []),
                            ...(other ? [["run", t("Against the other run", "与另一次比")] as const] : []),
                        ]}
                    />
                </>
            }
            sheet={() => ({
                columns: ["from", "to", "year", "yuan", ...(differs ? ["yuan_before"] : [])],
                rows: flows.map((f) => [
                    nodeName(page, f.source, level),
                    nodeName(page, f.target, level),
                    year,
                    f.value,
                    ...(differs ? [f.before] : []),
                ]),
            })}
        >
            <Drawing page={page} flows={flows} level={level} differs={differs} />
        </Panel>
    );
}

function brief(name: string): string {
    return name.length > 36 ? `${name.slice(0, 34)}…` : name;
}

// What changed at a node: what it sends, or what it gets where it sends nothing.
function net(flows: Flow[], id: string): number {
    const out = flows.filter((flow) => flow.source === id),
        of = out.length > 0 ? out : flows.filter((flow) => flow.target === id);
    return of.reduce((sum, flow) => sum + flow.value - flow.before, 0);
}

function Drawing({ page, flows, level, differs }: { page: PageHand; flows: Flow[]; level: string; differs: boolean }) {
    const { t, q } = page;
    const drawn = useMemo(() => {
        const sized = flows
            .map((flow) => ({
                ...flow,
                value: differs ? Math.abs(flow.value - flow.before) : flow.value,
                sign: Math.sign(flow.value - flow.before),
            }))
            .filter((f) => f.value > 0);
        const ids = [...new Set(sized.flatMap((flow) => [flow.source, flow.target]))];
        if (ids.length === 0) return null;
        const first = Math.min(...ids.map((id) => Number(id[0])));
        const busiest = Math.max(...[0, 1, 2, 3].map((c) => ids.filter((id) => Number(id[0]) === c).length));
        const high = Math.max(320, busiest * 30);
        const layout = sankey<Node, Flow>()
            .nodeId((n) => n.id)
            .nodeWidth(12)
            .nodePadding(busiest > 24 ? 6 : 11)
            .nodeAlign((n) => (n as Node).column - first)
            .nodeSort(
                (a, b) =>
                    (a.id.endsWith("/") ? 1 : 0) - (b.id.endsWith("/") ? 1 : 0) || (b.value ?? 0) - (a.value ?? 0),
            )
            .extent([
                [1, 20],
                [WIDTH - 1, high - 6],
            ]);
        const graph = layout({
            nodes: ids.map((id) => ({ id, column: Number(id[0]), name: nodeName(page, id, level) })),
            links: sized.map((f) => ({ ...f })),
        });
        return { graph, high, first };
    }, [flows, level, differs, page.language]);
    if (!drawn) return <p>{t("Nothing differs.", "没有差异。")}</p>;
    const { graph, high, first } = drawn;
    const heads = [
        t("Suppliers' suppliers", "上游供应商"),
        t("Suppliers", "供应商"),
        t("Makers", "整车企业"),
        t("Markets", "市场"),
    ].slice(first);
    const curve = sankeyLinkHorizontal<Node, Flow>();
    const worth = (node: N) => (differs ? signed(net(flows, node.id)) : q(node.value ?? 0, "yuan"));
    const signed = (value: number) => `${value > 0 ? "+" : ""}${q(value, "yuan")}`;
    const at = (node: N) => `${node.name}: ${worth(node)}`;
    return (
        <svg
            data-drawing
            viewBox={`0 0 ${WIDTH} ${high}`}
            width="100%"
            role="group"
            aria-label={t("Flows of the chain", "产业链流量")}
            class="sankey"
        >
            {heads.map((head, i) => (
                <text
                    key={head}
                    x={heads.length > 1 ? (i / (heads.length - 1)) * WIDTH : 0}
                    y="11"
                    font-size="12.5"
                    font-weight="600"
                    class="quiet"
                    text-anchor={i === 0 ? "start" : i === heads.length - 1 ? "end" : "middle"}
                >
                    {head}
                </text>
            ))}
            <g fill="none">
                {graph.links.map((link: L, i) => {
                    const source = link.source as N,
                        target = link.target as N,
                        grew = (link as unknown as { sign: number }).sign >= 0;
                    return (
                        <path
                            key={i}
                            d={curve(link) ?? ""}
                            stroke={differs ? (grew ? "var(--c1)" : "var(--c6)") : COLUMN_FILL[source.column]!}
                            stroke-opacity="0.32"
                            stroke-width={Math.max(0.7, link.width ?? 1)}
                            data-tip={`${source.name} → ${target.name}\n${differs ? (grew ? "+" : "−") : ""}${q(link.value, "yuan")}`}
                        />
                    );
                })}
            </g>
            {graph.nodes.map((node: N) => {
                const x = node.x0 ?? 0,
                    y = node.y0 ?? 0,
                    tall = (node.y1 ?? 0) - y,
                    left = x < WIDTH / 2;
                return (
                    <g key={node.id} data-tip={at(node)}>
                        <rect x={x} y={y} width="12" height={Math.max(1, tall)} fill={COLUMN_FILL[node.column]!} />
                        <text
                            x={left ? x + 18 : x - 6}
                            y={y + tall / 2 + 4}
                            font-size="12"
                            text-anchor={left ? "start" : "end"}
                            stroke="var(--panel)"
                            stroke-width="2.5"
                            paint-order="stroke"
                        >
                            {brief(node.name)}
                            <tspan class="quiet" font-size="11">
                                {" "}
                                {worth(node)}
                            </tspan>
                        </text>
                    </g>
                );
            })}
        </svg>
    );
}
