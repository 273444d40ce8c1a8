// A panel: the finding as its title, what is shown and in which unit, the figure, the source, what a band means, files.
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { usePage } from "./context";
import { csvOf, pngOf, save, svgOf, type Sheet } from "./export";

interface PanelProps {
    id: string;
    title: string; // the finding, computed from the data
    shows: string; // what is drawn, with its unit
    source: string; // tables of results.sqlite, and whose figures they are
    band?: string; // what an interval means
    sheet: () => Sheet; // what is shown, in rows
    controls?: ComponentChildren;
    wide?: boolean;
    long?: boolean; // may break over printed pages
    children: ComponentChildren;
}

export function Panel(p: PanelProps) {
    const { t, result } = usePage();
    const figure = useRef<HTMLDivElement>(null);
    const name = `${result.about("scenario") || "autopolis"}-${p.id}`;
    const caption = { title: p.title, source: `${t("Source", "来源")}: Autopolis, ${p.source}` };
    const drawn = () => svgOf(figure.current!, p.sheet(), caption);
    return (
        <section
            class={`panel${p.wide ? " wide" : ""}${p.long ? " long" : ""}`}
            id={`panel-${p.id}`}
            aria-labelledby={`title-${p.id}`}
        >
            <header>
                <h2 id={`title-${p.id}`}>{p.title}</h2>
                <p class="shows">{p.shows}</p>
                {p.controls && <div class="controls">{p.controls}</div>}
            </header>
            <div class="figure" ref={figure}>
                {p.children}
            </div>
            <footer>
                <p>
                    {p.band && <span class="band">{p.band} </span>}
                    <span>
                        {t("Source", "来源")}: {p.source}
                    </span>
                </p>
                <div class="files" role="group" aria-label={t("Save this panel", "保存此图")}>
                    <button
                        type="button"
                        onClick={() => save(`${name}.csv`, new Blob([csvOf(p.sheet())], { type: "text/csv" }))}
                    >
                        CSV
                    </button>
                    <button
                        type="button"
                        onClick={() => save(`${name}.svg`, new Blob([drawn()], { type: "image/svg+xml" }))}
                    >
                        SVG
                    </button>
                    <button type="button" onClick={() => void pngOf(drawn()).then((blob) => save(`${name}.png`, blob))}>
                        PNG
                    </button>
                </div>
            </footer>
        </section>
    );
}

// What a result does not hold is said, with the command that makes it.
export function Missing(p: {
    id: string;
    title: string;
    why: string;
    command?: string;
    wide?: boolean;
    children?: ComponentChildren;
}) {
    return (
        <section class={`panel missing${p.wide ? " wide" : ""}`} id={`panel-${p.id}`} aria-labelledby={`title-${p.id}`}>
            <header>
                <h2 id={`title-${p.id}`}>{p.title}</h2>
            </header>
            <p>{p.why}</p>
            {p.command && (
                <pre>
                    <code>{p.command}</code>
                </pre>
            )}
            {p.children}
        </section>
    );
}

interface ChoiceProps {
    label: string;
    name: string;
    fallback: string;
    options: (readonly [value: string, words: string])[];
}

// A choice that stands in the address.
export function Choice({ label, name, fallback, options }: ChoiceProps) {
    const { value, put } = usePage();
    return (
        <label class="choice">
            <span>{label}</span>
            <select
                value={value(name, fallback)}
                onChange={(e) => put(name, e.currentTarget.value === fallback ? "" : e.currentTarget.value)}
            >
                {options.map(([key, words]) => (
                    <option key={key} value={key}>
                        {words}
                    </option>
                ))}
            </select>
        </label>
    );
}

// Two or three choices side by side.
export function Switch({ label, name, fallback, options }: ChoiceProps) {
    const { value, put } = usePage();
    const now = value(name, fallback);
    if (options.length < 2) return null;
    return (
        <div class="switch" role="group" aria-label={label}>
            {options.map(([key, words]) => (
                <button
                    type="button"
                    key={key}
                    aria-pressed={now === key}
                    onClick={() => put(name, key === fallback ? "" : key)}
                >
                    {words}
                </button>
            ))}
        </div>
    );
}
