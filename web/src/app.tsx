// The frame of the page: masthead, views, colophon. A view is what the address says.
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { ComponentChildren } from "preact";
import { PageContext, usePage, type Page } from "./context";
import { Result, type PageData } from "./data";
import type { Language } from "./format";
import { addressOf, routeOf, type Route } from "./route";
import { Answer } from "./answer";
import { DistrictsPanel } from "./districts";
import { WorldPanel } from "./world";
import { ChainPanel } from "./chain";
import { SeriesPanel } from "./series";
import { WeekPanel } from "./week";
import { EnterprisesPanel } from "./enterprises";
import { ComparePanel } from "./compare";
import { Runs } from "./runs";
import { joined } from "./join";
import { tokenTake, useRunData } from "./server";

interface View {
    key: string;
    english: string;
    chinese: string;
    draw: () => ComponentChildren;
}

const grid = (children: ComponentChildren) => <div class="grid">{children}</div>;

const VIEWS: View[] = [
    { key: "answer", english: "The answer", chinese: "结论", draw: () => <Answer /> },
    { key: "districts", english: "Districts", chinese: "区县", draw: () => grid(<DistrictsPanel />) },
    { key: "world", english: "Exports", chinese: "出口", draw: () => grid(<WorldPanel />) },
    { key: "chain", english: "The chain", chinese: "产业链", draw: () => grid(<ChainPanel />) },
    { key: "time", english: "Over time", chinese: "时间", draw: () => grid(<SeriesPanel />) },
    { key: "week", english: "Charging week", chinese: "充电周", draw: () => grid(<WeekPanel />) },
    { key: "enterprises", english: "Enterprises", chinese: "企业", draw: () => grid(<EnterprisesPanel />) },
    { key: "compare", english: "Two runs", chinese: "两次对比", draw: () => grid(<ComparePanel />) },
    {
        key: "all",
        english: "All on one page",
        chinese: "全部",
        draw: () => (
            <>
                <Answer />
                {grid([<DistrictsPanel />, <WorldPanel />, <ChainPanel />, <SeriesPanel />, <WeekPanel />])}
            </>
        ),
    },
];
const RUNS: View = { key: "runs", english: "Runs", chinese: "运行", draw: () => <Runs /> };

function useRoute(): [Route, (route: Route) => void] {
    const [route, setRoute] = useState(() => routeOf(location.hash));
    useEffect(() => {
        const changed = () => setRoute(routeOf(location.hash));
        addEventListener("hashchange", changed);
        return () => removeEventListener("hashchange", changed);
    }, []);
    const replace = useCallback((next: Route) => {
        history.replaceState(null, "", addressOf(next));
        setRoute(next);
    }, []);
    return [route, replace];
}

// Kept over the addresses of one sitting where the browser allows it, else only in the address.
function remembered(name: string): string {
    try {
        return localStorage.getItem(`autopolis-${name}`) ?? "";
    } catch {
        return "";
    }
}

function remember(name: string, value: string): void {
    try {
        localStorage.setItem(`autopolis-${name}`, value);
    } catch {
        // a page from disk may have no store
    }
}

function languageOf(route: Route): Language {
    const wanted = route.values["lang"] || remembered("lang") || navigator.language;
    return wanted.startsWith("zh") ? "zh" : "en";
}

function darkOf(route: Route): boolean {
    const wanted = route.values["theme"] || remembered("theme");
    return wanted ? wanted === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

export function App({ given }: { given: PageData | null }) {
    useMemo(tokenTake, []);
    const [route, replace] = useRoute();
    const [other, setOther] = useState<Result | null>(null);
    const server = given === null;
    const fetched = useRunData(server ? (route.values["run"] ?? "") : "");
    const fetchedMore = useRunData(server ? (route.values["stress"] ?? "") : "");
    const [taken, setMore] = useState<PageData | null>(null);
    const data = given ?? fetched.data;
    const more = taken ?? fetchedMore.data;
    const result = useMemo(() => new Result(joined(data ?? { page: 1, tables: {} }, more)), [data, more]);
    const language = languageOf(route),
        dark = darkOf(route);
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    document.documentElement.dataset["theme"] = dark ? "dark" : "light";
    const put = useCallback(
        (name: string, value: string) => {
            const now = routeOf(location.hash);
            replace({ ...now, values: { ...now.values, [name]: value } });
        },
        [replace],
    );
    const page: Page = { result, language, dark, route, put, other, setOther, setMore, server };
    return (
        <PageContext.Provider value={page}>
            <Frame loaded={data !== null} trouble={fetched.trouble} />
        </PageContext.Provider>
    );
}

// What stays when one goes to another view.
function kept(route: Route): Record<string, string> {
    const { lang = "", theme = "", run = "", stress = "" } = route.values;
    return { lang, theme, run, stress };
}

function Frame({ loaded, trouble }: { loaded: boolean; trouble: string }) {
    const { route, server, t, result } = usePage();
    const views = !server ? VIEWS : route.values["run"] ? [RUNS, ...VIEWS] : [RUNS];
    const wanted = server && !route.values["run"] ? RUNS : (views.find((v) => v.key === route.view) ?? VIEWS[0]!);
    const main = useRef<HTMLElement>(null);
    const before = useRef(wanted.key);
    useEffect(() => {
        document.title = `${t(wanted.english, wanted.chinese)} · ${result.about("scenario")} · Autopolis`;
        if (before.current !== wanted.key) {
            main.current?.focus({ preventScroll: true });
            scrollTo(0, 0);
        }
        before.current = wanted.key;
    });
    return (
        <>
            <a
                class="skip"
                href="#main"
                onClick={(e) => {
                    e.preventDefault();
                    main.current?.focus();
                }}
            >
                {t("To the content", "跳到正文")}
            </a>
            <Masthead />
            <nav class="views" aria-label={t("Views", "视图")}>
                <ul>
                    {views.map((view) => (
                        <li key={view.key}>
                            <a
                                href={addressOf({ view: view.key, values: kept(route) })}
                                aria-current={view === wanted ? "page" : undefined}
                            >
                                {t(view.english, view.chinese)}
                            </a>
                        </li>
                    ))}
                </ul>
            </nav>
            <main ref={main} id="main" tabIndex={-1}>
                {wanted.key !== "answer" && wanted.key !== "all" && wanted !== RUNS && (
                    <h1 class="hidden">{t(wanted.english, wanted.chinese)}</h1>
                )}
                {trouble && (
                    <p class="error" role="alert">
                        {trouble}
                    </p>
                )}
                {loaded || wanted === RUNS ? (
                    <div key={result.about("state_hash")}>{wanted.draw()}</div>
                ) : (
                    !trouble && <p>{t("Reading the result …", "正在读取结果……")}</p>
                )}
            </main>
            <Colophon />
        </>
    );
}

function Masthead() {
    const { t, result, language, dark, put, route } = usePage();
    const region = (language === "zh" && result.about("region_zh")) || result.about("region");
    const span = result.about("from") ? `${result.about("from")} – ${result.about("until")}` : "";
    return (
        <header class="masthead">
            <div>
                <a class="brand" href={addressOf({ view: "answer", values: kept(route) })}>
                    Autopolis
                </a>
                <p class="study">
                    {[region, span, result.about("scenario") && `${t("scenario", "情景")} ${result.about("scenario")}`]
                        .filter(Boolean)
                        .join(" · ")}
                </p>
                <div class="tools">
                    <button
                        type="button"
                        lang={language === "zh" ? "en" : "zh-CN"}
                        onClick={() => {
                            const next = language === "zh" ? "en" : "zh";
                            remember("lang", next);
                            put("lang", next);
                        }}
                    >
                        {language === "zh" ? "English" : "中文"}
                    </button>
                    <button
                        type="button"
                        aria-pressed={dark}
                        onClick={() => {
                            const next = dark ? "light" : "dark";
                            remember("theme", next);
                            put("theme", next);
                        }}
                    >
                        {dark ? t("Light", "浅色") : t("Dark", "深色")}
                    </button>
                    <button type="button" onClick={() => print()}>
                        {t("Print", "打印")}
                    </button>
                </div>
            </div>
        </header>
    );
}

function Colophon() {
    const { t, result } = usePage();
    const facts: [string, string][] = [
        [
            t("Made by", "生成程序"),
            ["Autopolis", result.about("version"), result.about("commit")].filter(Boolean).join(" "),
        ],
        [
            t("Command", "命令"),
            ["autopolis", result.about("study"), result.about("scenario")].filter(Boolean).join(" "),
        ],
        [t("Asked with", "问题选项"), result.about("question_words")],
        [t("Seed", "种子"), result.about("seed")],
        [
            t("Runs", "运行次数"),
            t(
                `${result.about("replications")} with other luck, ${result.about("worlds")} with drawn inputs`,
                `随机重复 ${result.about("replications")} 次，抽取输入 ${result.about("worlds")} 次`,
            ),
        ],
        [t("Final state", "终态"), result.about("state_hash")],
    ];
    if (!result.has("about")) return null;
    return (
        <footer class="colophon">
            <div>
                <p>
                    {facts
                        .filter(([, value]) => value)
                        .map(([name, value]) => (
                            <span key={name}>
                                {name}: <code>{value}</code>.{" "}
                            </span>
                        ))}
                </p>
                <p>
                    {t(
                        "Invented enterprises and sites are drawn by stated laws; what happens to one is a finding about no real firm. " +
                            "Every number stands in results.sqlite beside this page, with its unit in the table `units`.",
                        "合成企业与站点按公开规则抽取，其结果不是对任何真实企业的结论。所有数字都在本页旁的 results.sqlite 中，单位见表 units。",
                    )}
                </p>
                <p>{t("World outline: Natural Earth, public domain.", "世界轮廓：Natural Earth，公有领域。")}</p>
            </div>
        </footer>
    );
}
