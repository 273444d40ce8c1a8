// Export markets on the world, with the lanes that vehicles leave by. Outline: Natural Earth, public domain.
import { geoEqualEarth, geoGraticule10, geoPath, type GeoPermissibleObjects } from "d3-geo";
import { feature } from "topojson-client";
import { useMemo } from "preact/hooks";
import { usePage, type PageHand } from "./context";
import { number, text, type Row } from "./data";
import { percent } from "./format";
import { Choice, Panel, Switch } from "./panel";
import { stepFill, stepsOf } from "./scale";
import { StepLegend } from "./steplegend";
import world from "./world.json";
import { laneModes } from "./lanes";

const WIDTH = 900,
    HIGH = 430;

interface Country {
    id: string;
    path: string;
}

const projection = geoEqualEarth().rotate([-11, 0]).fitSize([WIDTH, HIGH], { type: "Sphere" });
const path = geoPath(projection);
let outlines: Country[] | null = null;

function countries(): Country[] {
    outlines ??= (
        feature(world.topology as never, world.topology.objects.countries as never) as unknown as {
            features: { id: string }[];
        }
    ).features.map((shape) => ({ id: shape.id, path: path(shape as unknown as GeoPermissibleObjects) ?? "" }));
    return outlines;
}

const POINTS = world.points as unknown as Record<string, [number, number]>;
const MODES: [test: RegExp, key: string, fill: string, english: string, chinese: string][] = [
    [/rail/, "rail", "var(--c6)", "by rail", "铁路"],
    [/sea|river/, "sea", "var(--c1)", "by river and sea", "江海"],
    [/road/, "road", "var(--c2)", "by road", "公路"],
];

function modeOf(modes: string) {
    return MODES.find(([test]) => test.test(modes)) ?? MODES[2]!;
}

interface Market {
    id: string;
    iso: string;
    lane: string;
    units: number;
    value: number;
    shown: number;
}

function marketsOf(page: PageHand, year: number, by: string): Market[] {
    const { result } = page;
    const years = new Map(
        result
            .rows("market_years")
            .filter((row) => number(row, "year") === year)
            .map((row) => [text(row, "market"), row]),
    );
    return result
        .rows("markets")
        .filter((row) => text(row, "channel") === "export")
        .map((row) => {
            const of = years.get(text(row, "market"));
            const units = number(of, "gone") || 0,
                value = number(of, "value") || 0;
            return {
                id: text(row, "market"),
                iso: text(row, "iso3"),
                lane: text(row, "lane"),
                units,
                value,
                shown: by === "value" ? value : units,
            };
        })
        .sort((a, b) => b.shown - a.shown);
}

function origin(page: PageHand): [number, number] {
    const places = page.result
        .rows("districts")
        .filter((row) => number(row, "in_region") === 1 && number(row, "lat") !== 0);
    const mean = (column: string) =>
        places.reduce((sum, row) => sum + number(row, column), 0) / Math.max(1, places.length);
    return [mean("lon"), mean("lat")];
}

export function WorldPanel() {
    const page = usePage();
    const { t, q, result, value } = page;
    const by = value("by", "units"),
        unit = by === "value" ? "yuan" : "vehicle";
    const years = result.years("market_years"),
        year = Number(value("y", String(result.year)));
    const markets = marketsOf(page, year, by);
    const lane = value("lane", ""),
        shown = lane ? markets.filter((m) => m.lane === lane) : markets;
    const sold = shown.filter((m) => m.units > 0),
        all = sold.reduce((sum, m) => sum + m.shown, 0);
    const top = sold.slice(0, 15),
        first = top[0];
    const name = (id: string) => page.named("markets", id);
    const three = sold.slice(0, 3).reduce((sum, m) => sum + m.shown, 0);
    const title = first
        ? t(
              `${name(first.id)} takes the most, ${q(first.shown, unit)} of ${q(all, unit)} in ${year}${sold.length > 3 ? `; the first three take ${percent(three / all, 0)}` : ""}`,
              `${year}年${name(first.id)}最多，${q(all, unit)}中占${q(first.shown, unit)}${sold.length > 3 ? `；前三位共占${percent(three / all, 0)}` : ""}`,
          )
        : t(`Nothing left for a market abroad in ${year}`, `${year}年无出口`);
    return (
        <Panel
            id="world"
            wide
            title={title}
            shows={t(
                `Exports when they leave the region, ${unit === "yuan" ? "yuan" : "vehicles"}, ${year}; lines are lanes, not routes, as wide as what goes`,
                `离开本地时的出口，${unit === "yuan" ? "元" : "辆"}，${year}年；线为通道示意，宽度为数量`,
            )}
            source={t("market_years, lane_years, first replication", "market_years、lane_years，首次重复")}
            controls={
                <>
                    <Switch
                        label={t("Measure", "指标")}
                        name="by"
                        fallback="units"
                        options={[
                            ["units", t("Vehicles", "辆数")],
                            ["value", t("Yuan", "货值")],
                        ]}
                    />
                    <Choice
                        label={t("Year", "年份")}
                        name="y"
                        fallback={String(result.year)}
                        options={years.map((y) => [String(y), String(y)])}
                    />
                    <Choice
                        label={t("Lane", "通道")}
                        name="lane"
                        fallback=""
                        options={[
                            ["", t("all", "全部")],
                            ...[...new Set(markets.map((m) => m.lane))].map(
                                (id) => [id, text(result.row("lanes", id), "name") || id] as const,
                            ),
                        ]}
                    />
                </>
            }
            sheet={() => ({
                columns: ["market", "name", "iso3", "lane", "year", "vehicles", "yuan"],
                rows: sold.map((m) => [m.id, name(m.id), m.iso, m.lane, year, m.units, m.value]),
            })}
        >
            {markets.some((m) => POINTS[m.iso]) ? (
                <WorldMap page={page} markets={shown} all={markets} unit={unit} />
            ) : (
                <p class="sub">
                    {t(
                        "No market of this scenario has a country code (iso3), so there is no map.",
                        "此情景的市场没有国家代码（iso3），故无地图。",
                    )}
                </p>
            )}
            <div class="two" style={{ marginTop: "18px" }}>
                <MarketTable page={page} top={top} all={all} unit={unit} />
                <LaneTable page={page} year={year} />
            </div>
        </Panel>
    );
}

function WorldMap({ page, markets, all, unit }: { page: PageHand; markets: Market[]; all: Market[]; unit: string }) {
    const { t, q, result } = page;
    const from = useMemo(() => origin(page), [result]);
    const byIso = new Map(markets.filter((m) => m.iso).map((m) => [m.iso, m]));
    const steps = stepsOf(all.map((m) => m.shown));
    const tip = (m: Market) =>
        `${page.named("markets", m.id)}\n${q(m.units, "vehicle")}, ${q(m.value, "yuan")}\n${text(result.row("lanes", m.lane), "name") || m.lane}`;
    const drawn = new Set(countries().map((c) => c.id));
    const start = projection(from)!;
    return (
        <>
            <svg
                data-drawing
                viewBox={`0 0 ${WIDTH} ${HIGH}`}
                width="100%"
                role="group"
                aria-label={t("World map of exports", "出口世界地图")}
            >
                <path d={path({ type: "Sphere" }) ?? ""} fill="var(--paper)" />
                <path d={path(geoGraticule10()) ?? ""} fill="none" stroke="var(--hair)" stroke-width="0.5" />
                {countries().map((country, i) => {
                    const m = byIso.get(country.id);
                    return (
                        <path
                            key={i}
                            d={country.path}
                            fill={m && m.shown > 0 ? stepFill(steps.of(m.shown)) : "var(--rule)"}
                            stroke="var(--panel)"
                            stroke-width="0.5"
                            {...(m ? { "data-tip": tip(m), "data-market": m.id } : {})}
                        />
                    );
                })}
                <g fill="none" stroke-linecap="round">
                    {markets
                        .filter((m) => m.units > 0 && POINTS[m.iso])
                        .map((m) => (
                            <path
                                key={m.id}
                                d={bow(start, projection(POINTS[m.iso]!)!)}
                                stroke={modeOf(laneModes(result, m.lane))[2]}
                                stroke-width={0.6 + 5 * Math.sqrt(m.shown / (steps.most || 1))}
                                opacity="0.55"
                                pointer-events="none"
                            />
                        ))}
                </g>
                {markets
                    .filter((m) => m.units > 0 && POINTS[m.iso] && !drawn.has(m.iso))
                    .map((m) => {
                        const at = projection(POINTS[m.iso]!)!;
                        return (
                            <circle
                                key={m.id}
                                cx={at[0]}
                                cy={at[1]}
                                r="4"
                                fill={stepFill(steps.of(m.shown))}
                                stroke="var(--ink)"
                                stroke-width="0.7"
                                data-tip={tip(m)}
                                data-market={m.id}
                            />
                        );
                    })}
                <circle
                    cx={start[0]}
                    cy={start[1]}
                    r="4.5"
                    fill="var(--ink)"
                    stroke="var(--panel)"
                    stroke-width="1.5"
                />
                {labels(page, markets).map((label) => (
                    <text
                        key={label.id}
                        x={label.x}
                        y={label.y}
                        font-size="11.5"
                        font-weight="600"
                        text-anchor="middle"
                        stroke="var(--panel)"
                        stroke-width="3"
                        paint-order="stroke"
                    >
                        {label.name}
                    </text>
                ))}
            </svg>
            <div class="legend">
                {MODES.map(([, key, fill, english, chinese]) => (
                    <span key={key}>
                        <i
                            ref={(e) => {
                                if (e) {
                                    e.style.background = fill;
                                    e.style.height = "4px";
                                    e.style.verticalAlign = "3px";
                                }
                            }}
                        />
                        {t(english, chinese)}
                    </span>
                ))}
            </div>
            <StepLegend steps={steps} unit={unit} />
        </>
    );
}

// A line says which lane and how much, not which way: it bows up between its ends.
function bow(a: [number, number], b: [number, number]): string {
    const lift = 0.18 * Math.hypot(b[0] - a[0], b[1] - a[1]);
    return `M${a[0].toFixed(1)} ${a[1].toFixed(1)}Q${((a[0] + b[0]) / 2).toFixed(1)} ${((a[1] + b[1]) / 2 - lift).toFixed(1)} ${b[0].toFixed(1)} ${b[1].toFixed(1)}`;
}

// The largest markets by name, as long as no name covers another.
function labels(page: PageHand, markets: Market[]): { id: string; name: string; x: number; y: number }[] {
    const placed: { id: string; name: string; x: number; y: number }[] = [];
    for (const m of markets.filter((market) => market.units > 0 && POINTS[market.iso]).slice(0, 14)) {
        const [x, y] = projection(POINTS[m.iso]!)!,
            name = page.named("markets", m.id);
        const half = name.length * (page.language === "zh" ? 6 : 3.2);
        if (
            placed.some(
                (p) =>
                    Math.abs(p.y - y) < 13 &&
                    Math.abs(p.x - x) < half + p.name.length * (page.language === "zh" ? 6 : 3.2),
            )
        )
            continue;
        placed.push({ id: m.id, name, x, y });
    }
    return placed;
}

function MarketTable({ page, top, all, unit }: { page: PageHand; top: Market[]; all: number; unit: string }) {
    const { t, q } = page;
    return (
        <div>
            <h3>{t("Markets", "市场")}</h3>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{t("Market", "市场")}</th>
                        <th scope="col" class="n">
                            {unit === "yuan" ? t("Yuan", "货值") : t("Vehicles", "辆数")}
                        </th>
                        <th scope="col" class="n">
                            {t("Share", "占比")}
                        </th>
                    </tr>
                </thead>
                <tbody>
                    {top.map((m) => (
                        <tr key={m.id}>
                            <td>{page.named("markets", m.id)}</td>
                            <td class="n" data-value={m.shown}>
                                {q(m.shown, unit === "yuan" ? unit : "")}
                            </td>
                            <td class="n">{percent(m.shown / all)}</td>
                        </tr>
                    ))}
                </tbody>
            </table>
        </div>
    );
}

function LaneTable({ page, year }: { page: PageHand; year: number }) {
    const { t, q, result } = page;
    const used = new Set(
        result
            .rows("markets")
            .filter((row) => text(row, "channel") === "export")
            .map((row) => text(row, "lane")),
    );
    const rows = result
        .rows("lane_years")
        .filter((row) => number(row, "year") === year && used.has(text(row, "lane")))
        .sort((a, b) => number(b, "gone") - number(a, "gone"));
    const hours = (lane: string) =>
        result
            .rows("legs")
            .filter((leg: Row) => text(leg, "lane") === lane)
            .reduce((sum, leg) => sum + number(leg, "transit_hours"), 0);
    return (
        <div>
            <h3>{t("Lanes", "通道")}</h3>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{t("Lane", "通道")}</th>
                        <th scope="col" class="n">
                            {t("Vehicles", "辆数")}
                        </th>
                        <th scope="col" class="n">
                            {t("Yuan", "货值")}
                        </th>
                        <th scope="col" class="n">
                            {t("On the way", "运输")}
                        </th>
                    </tr>
                </thead>
                <tbody>
                    {rows.slice(0, 15).map((row) => (
                        <tr key={text(row, "lane")}>
                            <td>
                                {text(result.row("lanes", text(row, "lane")), "name") || text(row, "lane")}
                                <div class="sub">{laneModes(result, text(row, "lane"))}</div>
                            </td>
                            <td class="n">{q(number(row, "gone"), "")}</td>
                            <td class="n">{q(number(row, "value"), "yuan")}</td>
                            <td class="n">
                                {hours(text(row, "lane")) > 0
                                    ? q(Math.round(hours(text(row, "lane")) / 24), "day")
                                    : ""}
                            </td>
                        </tr>
                    ))}
                </tbody>
            </table>
        </div>
    );
}
