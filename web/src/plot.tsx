// A chart over time on canvas (uPlot), drawn anew when data, language, theme or width change.
import uPlot from "uplot";
import { useEffect, useRef } from "preact/hooks";
import { usePage } from "./context";

export interface Line {
    label: string;
    values: (number | null)[];
    color: string; // name of a CSS variable
    width?: number;
    dash?: number[];
    points?: boolean; // points alone
}

export interface Band {
    low: (number | null)[];
    high: (number | null)[];
    color: string;
    strength: number;
}

export interface Span {
    from: number;
    until: number;
    label: string;
}

interface PlotProps {
    times: number[]; // seconds since 1970
    lines: Line[];
    bands?: Band[];
    spans?: Span[];
    unit: string;
    label: string;
}

// The panel names these; beside every tick they would only take room.
const COUNTED = ["vehicle", "session", "pile", "enterprise", "market", "request"];

function css(name: string): string {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function faded(color: string, strength: number): string {
    const value = parseInt(color.slice(1), 16);
    return `rgba(${value >> 16}, ${(value >> 8) & 255}, ${value & 255}, ${strength})`;
}

function spansDrawn(spans: Span[]): uPlot.Plugin {
    return {
        hooks: {
            drawClear: (u) => {
                u.ctx.save();
                u.ctx.fillStyle = faded(css("--mark"), 0.1);
                for (const span of spans) {
                    const left = Math.max(u.bbox.left, u.valToPos(span.from, "x", true)),
                        right = Math.min(u.bbox.left + u.bbox.width, u.valToPos(span.until, "x", true));
                    if (right > left) u.ctx.fillRect(left, u.bbox.top, Math.max(2, right - left), u.bbox.height);
                }
                u.ctx.restore();
            },
        },
    };
}

export function Plot(p: PlotProps) {
    const { q, language, dark } = usePage();
    const box = useRef<HTMLDivElement>(null);
    useEffect(() => {
        const place = box.current!;
        const axis = {
            stroke: css("--quiet"),
            grid: { stroke: css("--hair"), width: 1 },
            ticks: { stroke: css("--rule"), width: 1, size: 4 },
            font: `12px ${css("--sans")}`,
        };
        const bands = p.bands ?? [];
        const series: uPlot.Series[] = [{}];
        const data: (number | null)[][] = [p.times];
        bands.forEach((band) => {
            series.push(
                { show: true, stroke: "transparent", points: { show: false } },
                { show: true, stroke: "transparent", points: { show: false } },
            );
            data.push(band.high, band.low);
        });
        for (const line of p.lines) {
            const color = css(line.color);
            series.push({
                label: line.label,
                stroke: color,
                width: line.points ? 0 : (line.width ?? 2),
                dash: line.dash ?? [],
                spanGaps: true,
                points: line.points
                    ? { show: true, size: 9, fill: css("--panel"), stroke: color, width: 2 }
                    : { show: p.times.length < 16, size: 6, fill: color },
            });
            data.push(line.values);
        }
        const options = (width: number): uPlot.Options => ({
            width,
            height: 340,
            legend: { show: false },
            cursor: { y: false, points: { show: false } },
            padding: [12, 12, 0, 4],
            series,
            bands: bands.map((band, i) => ({
                series: [2 * i + 1, 2 * i + 2],
                fill: faded(css(band.color), band.strength),
            })),
            scales: { y: { range: (_u, low, high) => [Math.min(0, low), high > low ? high * 1.06 : 1] } },
            plugins: [spansDrawn(p.spans ?? [])],
            axes: [
                {
                    ...axis,
                    values: [
                        [31536000, "{YYYY}", null, null, null, null, null, null, 1],
                        [2419200, "{M}", "\n{YYYY}", null, null, null, null, null, 1],
                        [86400, "{M}-{D}", "\n{YYYY}", null, null, null, null, null, 1],
                        [3600, "{H}", "\n{M}-{D}", null, null, null, null, null, 1],
                    ] as never,
                },
                {
                    ...axis,
                    size: 74,
                    values: (_u, splits) => splits.map((v) => q(v, COUNTED.includes(p.unit) ? "" : p.unit)),
                },
            ],
            hooks: {
                setCursor: [
                    (u) => {
                        const at = u.cursor.idx;
                        u.over.dataset["tip"] =
                            at === null || at === undefined
                                ? ""
                                : [
                                      new Date(p.times[at]! * 1000).toISOString().slice(0, 10),
                                      ...p.lines
                                          .filter((line) => line.values[at] !== null && line.values[at] !== undefined)
                                          .map((line) => `${line.label}: ${q(line.values[at]!, p.unit)}`),
                                  ].join("\n");
                    },
                ],
            },
            tzDate: (ts: number) => uPlot.tzDate(new Date(ts * 1000), "UTC"),
        });
        const plot = new uPlot(options(place.clientWidth || 900), data as uPlot.AlignedData, place);
        plot.root.querySelector("canvas")?.setAttribute("aria-hidden", "true");
        const watch = new ResizeObserver(() => {
            if (place.clientWidth > 0 && place.clientWidth !== plot.width)
                plot.setSize({ width: place.clientWidth, height: 340 });
        });
        watch.observe(place);
        return () => {
            watch.disconnect();
            plot.destroy();
        };
    }, [p.times, p.lines, p.bands, p.spans, p.unit, language, dark]);
    return (
        <>
            <div ref={box} role="img" aria-label={p.label} />
            <div class="legend">
                {p.lines.map((line) => (
                    <span key={line.label}>
                        <i
                            class={line.points ? "dot" : ""}
                            ref={(e) => {
                                if (!e) return;
                                e.style.background = line.points ? "transparent" : `var(${line.color})`;
                                if (line.points) e.style.border = `2px solid var(${line.color})`;
                                else {
                                    e.style.height = "3px";
                                    e.style.verticalAlign = "4px";
                                }
                            }}
                        />
                        {line.label}
                    </span>
                ))}
            </div>
        </>
    );
}

export function secondsOf(day: string): number {
    return Date.parse(`${day}T00:00:00Z`) / 1000;
}
