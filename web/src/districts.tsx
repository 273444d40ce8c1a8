// Districts: what is there, made and charged. Schematic tiles, true places with the charging sites, or the user's shapes.
import { geoIdentity, geoPath, type GeoPermissibleObjects } from "d3-geo";
import { useMemo, useState } from "preact/hooks";
import { usePage, type PageHand } from "./context";
import { number, numbers, text, type Row } from "./data";
import { Choice, Panel, Switch } from "./panel";
import { stepFill, stepInk, stepsOf, type Steps } from "./scale";
import { whatIf } from "./route";
import { StepLegend } from "./steplegend";
import { tilesOf } from "./tiles";

interface Measure {
    key: string;
    table: string;
    column: string;
    unit: string;
    english: string;
    chinese: string;
}

const MEASURES: Measure[] = [
    {
        key: "vehicles",
        table: "district_years",
        column: "vehicles",
        unit: "vehicle",
        english: "Vehicles made",
        chinese: "汽车产量",
    },
    {
        key: "turnover",
        table: "district_years",
        column: "turnover",
        unit: "yuan",
        english: "Turnover of enterprises",
        chinese: "企业营业额",
    },
    {
        key: "enterprises",
        table: "district_years",
        column: "enterprises",
        unit: "enterprise",
        english: "Enterprises that shipped",
        chinese: "有发货的企业",
    },
    {
        key: "above",
        table: "district_years",
        column: "above_threshold",
        unit: "enterprise",
        english: "Enterprises above the threshold",
        chinese: "规上企业",
    },
    {
        key: "nevs",
        table: "district_fleet",
        column: "nevs",
        unit: "vehicle",
        english: "NEVs on the road",
        chinese: "新能源汽车保有量",
    },
    {
        key: "load",
        table: "district_charging",
        column: "peak_kw",
        unit: "kW",
        english: "Peak charging load",
        chinese: "充电峰值负荷",
    },
    {
        key: "energy",
        table: "district_fleet",
        column: "kwh",
        unit: "kWh",
        english: "Energy charged",
        chinese: "充电量",
    },
    {
        key: "piles",
        table: "district_charging",
        column: "public_piles",
        unit: "pile",
        english: "Public piles",
        chinese: "公共充电桩",
    },
];

interface Shape {
    id: string;
    path: string;
}

interface Shown {
    page: PageHand;
    places: Row[];
    value: (id: string) => number;
    steps: Steps;
    measure: Measure;
    picked: string;
    name: (id: string) => string;
}

export function DistrictsPanel() {
    const page = usePage();
    const { t, q, result, value, put, language } = page;
    const [shapes, setShapes] = useState<object | null>(null);
    const [trouble, setTrouble] = useState("");
    const places = useMemo(() => result.rows("districts").filter((row) => number(row, "in_region") === 1), [result]);
    const measures = MEASURES.filter((m) => result.has(m.table));
    const measure = measures.find((m) => m.key === value("m", "vehicles")) ?? measures[0];
    if (!measure || places.length === 0) return null;
    const years = result.years(measure.table),
        year = Number(value("y", String(result.year)));
    const byId = new Map(
        result
            .rows(measure.table)
            .filter((row) => number(row, "year") === year)
            .map((row) => [text(row, "district"), number(row, measure.column)]),
    );
    const of = (id: string) => byId.get(id) ?? 0;
    const steps = stepsOf(places.map((row) => of(text(row, "district"))));
    const sorted = [...places].sort((a, b) => of(text(b, "district")) - of(text(a, "district")));
    const all = places.reduce((sum, row) => sum + of(text(row, "district")), 0);
    const name = (id: string) => shortName(page.named("districts", id), language === "zh");
    const layout =
        shapes && value("as", "tiles") === "shapes" ? "shapes" : value("as", "tiles") === "map" ? "map" : "tiles";
    const shown: Shown = { page, places, value: of, steps, measure, picked: value("district", ""), name };
    const first = text(sorted[0], "district"),
        words = t(measure.english, measure.chinese);
    const share = Math.round((of(first) / (all || 1)) * 100);
    const sums = measure.key !== "load";
    const title =
        all > 0
            ? t(
                  `${words}, ${year}: ${name(first)} leads with ${q(of(first), measure.unit)}${sums ? `, ${share} % of the region` : ""}`,
                  `${year}年${words}：${name(first)}居首，${q(of(first), measure.unit)}${sums ? `，占全市${share} %` : ""}`,
              )
            : t(`${words}, ${year}: none`, `${year}年${words}：无`);
    const read = async (file: File | undefined) => {
        if (!file) return;
        try {
            const parsed: unknown = JSON.parse(await file.text());
            setShapes(parsed as object);
            setTrouble("");
            put("as", "shapes");
        } catch {
            setTrouble(t(`${file.name} is not GeoJSON`, `${file.name} 不是 GeoJSON`));
        }
    };
    return (
        <Panel
            id="districts"
            wide
            title={title}
            shows={
                layout === "tiles"
                    ? t(
                          `Each square is a district, near where it lies. ${words} by district; pick one for its years`,
                          `每格一区县，按方位排列。${words}；点选查看各年`,
                      )
                    : t(
                          `${words} by district${layout === "map" ? "; dots are public charging sites by mean wait" : ""}`,
                          `各区县${words}${layout === "map" ? "；圆点为公共充电站，按平均等待着色" : ""}`,
                      )
            }
            source={t(
                `${measure.table}.${measure.column}, first replication`,
                `${measure.table}.${measure.column}，首次重复`,
            )}
            controls={
                <>
                    <Choice
                        label={t("Measure", "指标")}
                        name="m"
                        fallback="vehicles"
                        options={measures.map((m) => [m.key, t(m.english, m.chinese)])}
                    />
                    <Choice
                        label={t("Year", "年份")}
                        name="y"
                        fallback={String(result.year)}
                        options={years.map((y) => [String(y), String(y)])}
                    />
                    <Switch
                        label={t("Layout", "版式")}
                        name="as"
                        fallback="tiles"
                        options={[
                            ["tiles", t("Tiles", "方格")],
                            ["map", t("Places", "位置")],
                            ...(shapes ? [["shapes", t("Your map", "自有地图")] as const] : []),
                        ]}
                    />
                    <label class="choice">
                        {t("Your GeoJSON", "自有 GeoJSON")}
                        <input
                            type="file"
                            accept=".json,.geojson"
                            onChange={(e) => void read(e.currentTarget.files?.[0])}
                        />
                    </label>
                </>
            }
            sheet={() => ({
                columns: ["district", "name", "year", `${measure.column} (${measure.unit})`],
                rows: sorted.map((row) => [
                    text(row, "district"),
                    page.named("districts", text(row, "district")),
                    year,
                    of(text(row, "district")),
                ]),
            })}
        >
            {trouble && (
                <p class="error" role="alert">
                    {trouble}
                </p>
            )}
            {layout === "tiles" && <TileMap {...shown} />}
            {layout === "map" && <PlaceMap {...shown} />}
            {layout === "shapes" && shapes && <ShapeMap {...shown} shapes={shapes} />}
            <StepLegend steps={steps} unit={measure.unit} />
            {shown.picked && <Detail {...shown} measures={measures} />}
        </Panel>
    );
}

// 渝北区 as 渝北: a tile has little room.
export function shortName(name: string, chinese: boolean): string {
    const own = name.replace(/ *[(（].*$/, "");
    return chinese && own.length > 2 ? own.replace(/(土家族|苗族)*自治县$|[区县]$/, "") : own;
}

function pick(p: Shown, id: string) {
    const choose = () => p.page.put("district", p.picked === id ? "" : id);
    return {
        class: "pick",
        tabindex: 0,
        role: "button" as const,
        "aria-pressed": p.picked === id,
        "aria-label": `${p.name(id)}: ${p.page.q(p.value(id), p.measure.unit)}`,
        "data-tip": `${p.page.named("districts", id)}\n${p.page.q(p.value(id), p.measure.unit)}`,
        onClick: choose,
        onKeyDown: (e: KeyboardEvent) => {
            if (e.key === "Enter" || e.key === " ") {
                e.preventDefault();
                choose();
            }
        },
    };
}

function TileMap(p: Shown) {
    const { tiles, columns, rows } = useMemo(
        () =>
            tilesOf(
                p.places.map((row) => ({
                    id: text(row, "district"),
                    lat: number(row, "lat"),
                    lon: number(row, "lon"),
                })),
            ),
        [p.places],
    );
    const width = 108,
        high = 64;
    return (
        <svg
            data-drawing
            viewBox={`0 0 ${columns * width} ${rows * high}`}
            width={Math.min(1180, columns * width)}
            role="group"
            aria-label={p.page.t("Districts", "区县")}
        >
            {tiles.map((tile) => {
                const step = p.steps.of(p.value(tile.id));
                return (
                    <g
                        key={tile.id}
                        {...pick(p, tile.id)}
                        transform={`translate(${tile.column * width} ${tile.row * high})`}
                        data-district={tile.id}
                    >
                        <rect
                            x="1.5"
                            y="1.5"
                            width={width - 3}
                            height={high - 3}
                            rx="2"
                            fill={stepFill(step)}
                            stroke={p.picked === tile.id ? "var(--mark)" : "none"}
                            stroke-width="3"
                        />
                        <text
                            x="9"
                            y="24"
                            font-size={p.name(tile.id).length > 11 ? 12 : 14}
                            font-weight="600"
                            fill={stepInk(step)}
                        >
                            {p.name(tile.id)}
                        </text>
                        <text x="9" y="45" font-size="13" fill={stepInk(step)}>
                            {p.value(tile.id) > 0 ? shortQuantity(p, tile.id) : "–"}
                        </text>
                    </g>
                );
            })}
        </svg>
    );
}

// Without the unit's name: the panel says it.
function shortQuantity(p: Shown, id: string): string {
    return p.page
        .q(p.value(id), p.measure.unit)
        .replace(/ ?(vehicles?|enterprises?|piles?)$|[辆家个]$/, "")
        .replace(" million", " m");
}

function fitted(places: Row[], width: number, high: number): (lat: number, lon: number) => [number, number] {
    const lats = places.map((row) => number(row, "lat")),
        lons = places.map((row) => number(row, "lon"));
    const middle = (Math.min(...lats) + Math.max(...lats)) / 2,
        squeeze = Math.cos((middle * Math.PI) / 180),
        edge = 60;
    const left = Math.min(...lons),
        top = Math.max(...lats);
    const scale = Math.min(
        (width - 2 * edge) / ((Math.max(...lons) - left) * squeeze || 1),
        (high - 2 * edge) / (top - Math.min(...lats) || 1),
    );
    const used = (Math.max(...lons) - left) * squeeze * scale;
    return (lat, lon) => [(width - used) / 2 + (lon - left) * squeeze * scale, edge + (top - lat) * scale];
}

const WAITS: [most: number, fill: string][] = [
    [1, "var(--c5)"],
    [5, "var(--c1)"],
    [15, "var(--c2)"],
    [Infinity, "var(--c6)"],
];

// Thousands of dots as four paths of points with round ends: one element a colour.
export function dotPaths(
    sites: Row | undefined,
    at: (lat: number, lon: number) => [number, number],
): { fill: string; d: string; count: number }[] {
    const paths = WAITS.map(([, fill]) => ({ fill, d: "", count: 0 }));
    const lats = numbers(sites, "lat"),
        lons = numbers(sites, "lon"),
        waits = numbers(sites, "wait_minutes");
    for (let i = 0; i < lats.length; i++) {
        const [x, y] = at(lats[i]!, lons[i]!);
        const path = paths[WAITS.findIndex(([most]) => !(waits[i]! > most))]!;
        path.d += `M${x.toFixed(1)} ${y.toFixed(1)}h0`;
        path.count++;
    }
    return paths;
}

function PlaceMap(p: Shown) {
    const { t, q } = p.page;
    const width = 1180,
        high = 760;
    const at = useMemo(() => fitted(p.places, width, high), [p.places]);
    const sites = p.page.result.rows("sites")[0];
    const dots = useMemo(() => dotPaths(sites, at), [sites, at]);
    const radius = (id: string) => 5 + 26 * Math.sqrt(p.value(id) / (p.steps.most || 1));
    const words = [
        t("wait to 1 min", "等待1分钟内"),
        t("to 5 min", "5分钟内"),
        t("to 15 min", "15分钟内"),
        t("longer", "更久"),
    ];
    return (
        <>
            <svg
                data-drawing
                viewBox={`0 0 ${width} ${high}`}
                width="100%"
                role="group"
                aria-label={t("Districts and charging sites", "区县与充电站")}
            >
                <g data-sites={dots.reduce((sum, d) => sum + d.count, 0)}>
                    {dots.map((path) => (
                        <path
                            key={path.fill}
                            d={path.d}
                            stroke={path.fill}
                            stroke-width="3.4"
                            stroke-linecap="round"
                            fill="none"
                            opacity="0.75"
                        />
                    ))}
                </g>
                {[...p.places]
                    .sort((a, b) => p.value(text(b, "district")) - p.value(text(a, "district")))
                    .map((row) => {
                        const id = text(row, "district"),
                            [x, y] = at(number(row, "lat"), number(row, "lon")),
                            r = radius(id);
                        return (
                            <g key={id} {...pick(p, id)}>
                                <circle
                                    cx={x}
                                    cy={y}
                                    r={r}
                                    fill={stepFill(p.steps.of(p.value(id)))}
                                    fill-opacity="0.82"
                                    stroke="var(--panel)"
                                    stroke-width="1.5"
                                />
                                {(r > 11 || p.places.length < 20 || p.picked === id) && (
                                    <text
                                        x={x}
                                        y={y + r + 13}
                                        text-anchor="middle"
                                        font-size="12.5"
                                        font-weight="600"
                                        stroke="var(--panel)"
                                        stroke-width="3"
                                        paint-order="stroke"
                                    >
                                        {p.name(id)}
                                    </text>
                                )}
                            </g>
                        );
                    })}
            </svg>
            {dots.some((d) => d.count > 0) && (
                <div class="legend">
                    {dots.map((path, i) => (
                        <span key={path.fill}>
                            <i
                                class="dot"
                                ref={(e) => {
                                    if (e) e.style.background = path.fill;
                                }}
                            />
                            {words[i]}: {q(path.count, "")}
                        </span>
                    ))}
                </div>
            )}
        </>
    );
}

interface Feature {
    properties?: Record<string, unknown> | null;
    geometry?: { type: string; coordinates: unknown } | null;
}

function squeezed(coordinates: unknown, by: number): unknown {
    if (!Array.isArray(coordinates)) return coordinates;
    return typeof coordinates[0] === "number"
        ? [(coordinates[0] as number) * by, coordinates[1]]
        : coordinates.map((part) => squeezed(part, by));
}

// A shape belongs to the district whose id or name any of its properties holds.
function shapesOf(geojson: object, places: Row[], width: number, high: number): Shape[] {
    const features = (geojson as { features?: Feature[] }).features ?? [];
    const names = new Map<string, string>();
    for (const row of places) {
        for (const column of ["district", "name", "name_zh"]) {
            const name = text(row, column).toLowerCase();
            if (name) names.set(name, text(row, "district")).set(shortName(name, true), text(row, "district"));
        }
    }
    const squeeze = Math.cos((number(places[0], "lat") * Math.PI) / 180);
    const flat = features.map((f) => ({
        ...f,
        type: "Feature",
        geometry: f.geometry && { ...f.geometry, coordinates: squeezed(f.geometry.coordinates, squeeze) },
    }));
    const collection = { type: "FeatureCollection", features: flat } as unknown as GeoPermissibleObjects;
    const path = geoPath(
        geoIdentity()
            .reflectY(true)
            .fitSize([width, high], collection as never),
    );
    return flat.map((feature) => {
        const named = Object.values(feature.properties ?? {})
            .map((v) => names.get(String(v).toLowerCase()) ?? names.get(shortName(String(v).toLowerCase(), true)))
            .find(Boolean);
        return { id: named ?? "", path: path(feature as never) ?? "" };
    });
}

function ShapeMap(p: Shown & { shapes: object }) {
    const { t } = p.page;
    const width = 1180,
        high = 760;
    const shapes = useMemo(() => shapesOf(p.shapes, p.places, width, high), [p.shapes, p.places]);
    const known = shapes.filter((shape) => shape.id).length;
    return (
        <>
            <svg
                data-drawing
                viewBox={`0 0 ${width} ${high}`}
                width="100%"
                role="group"
                aria-label={t("Districts", "区县")}
            >
                {shapes.map((shape, i) =>
                    shape.id ? (
                        <g key={i} {...pick(p, shape.id)}>
                            <path d={shape.path} fill={stepFill(p.steps.of(p.value(shape.id)))} stroke="var(--panel)" />
                        </g>
                    ) : (
                        <path key={i} d={shape.path} fill="none" stroke="var(--rule)" />
                    ),
                )}
            </svg>
            <p class="sub">
                {t(
                    `${known} of ${shapes.length} shapes carry the name of a district`,
                    `${shapes.length}个图形中${known}个对应区县`,
                )}
            </p>
        </>
    );
}

function Detail(p: Shown & { measures: Measure[] }) {
    const { t, q, result } = p.page;
    const years = result.years("district_years");
    return (
        <div class="detail">
            <h3>
                {p.page.named("districts", p.picked)}{" "}
                <button type="button" class="plainbutton" onClick={() => p.page.put("district", "")}>
                    {t("Close", "关闭")}
                </button>{" "}
                <a
                    href={`#/enterprises?district=${encodeURIComponent(p.picked)}&lang=${p.page.language}${p.page.route.values["run"] ? `&run=${encodeURIComponent(p.page.route.values["run"])}` : ""}`}
                >
                    {t("Its enterprises", "其企业")}
                </a>
                {p.page.server && (
                    <>
                        {" · "}
                        <a href={whatIf(p.page, "district", p.picked)}>{t("What if it stops?", "若停产？")}</a>
                    </>
                )}
            </h3>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{t("Measure", "指标")}</th>
                        {years.map((y) => (
                            <th scope="col" class="n" key={y}>
                                {y}
                            </th>
                        ))}
                    </tr>
                </thead>
                <tbody>
                    {p.measures.map((m) => (
                        <tr key={m.key}>
                            <td>{t(m.english, m.chinese)}</td>
                            {years.map((y) => {
                                const row = result
                                    .rows(m.table)
                                    .find((r) => text(r, "district") === p.picked && number(r, "year") === y);
                                return (
                                    <td class="n" key={y}>
                                        {q(number(row, m.column), m.unit)}
                                    </td>
                                );
                            })}
                        </tr>
                    ))}
                </tbody>
            </table>
        </div>
    );
}
