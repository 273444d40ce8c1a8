// The list of runs, and the question that starts the next one. Only where the server answers.
import { useEffect, useRef, useState } from "preact/hooks";
import { usePage, type PageHand } from "./context";
import { plain } from "./format";
import { Overlay, type Scenario } from "./overlay";
import { addressOf } from "./route";
import { ask, listen, refusalWords } from "./server";

interface Run {
    id: string;
    name: string;
    study: string;
    scenario: string;
    state: "waiting" | "done" | "running" | "failed" | "cancelled" | "interrupted";
    created: string;
    seconds: number;
    progress: number;
    message: string;
}

interface Progress {
    done: number;
    all: number;
    seconds_left: number | null;
}

const STATES: Record<Run["state"], [english: string, chinese: string]> = {
    waiting: ["waits its turn", "排队"],
    done: ["done", "完成"],
    running: ["running", "运行中"],
    failed: ["failed", "失败"],
    cancelled: ["cancelled", "已取消"],
    interrupted: ["interrupted", "中断"],
};

function useRuns(): { runs: Run[]; trouble: string; again: () => void } {
    const [runs, setRuns] = useState<Run[]>([]);
    const [trouble, setTrouble] = useState("");
    const again = () =>
        void ask<{ runs: Run[] }>("GET", "/api/runs")
            .then((list) => {
                setRuns(list.runs);
                setTrouble("");
            })
            .catch((e: Error) => setTrouble(e.message));
    useEffect(() => {
        again();
        const stop = new AbortController();
        void listen("/api/events", stop.signal, (event) => {
            if (event === "runs") again();
        }).catch(() => undefined);
        return () => stop.abort();
    }, []);
    return { runs, trouble, again };
}

export function Runs() {
    const page = usePage();
    const { t } = page;
    const { runs, trouble, again } = useRuns();
    const [scenarios, setScenarios] = useState<Scenario[]>([]);
    const scenariosAgain = () =>
        void ask<{ scenarios: Scenario[] }>("GET", "/api/scenarios")
            .then((list) => setScenarios(list.scenarios))
            .catch(() => setScenarios([]));
    useEffect(scenariosAgain, []);
    return (
        <>
            <div class="lead">
                <h1>
                    {runs.length > 0
                        ? t(
                              `${plain(runs.length)} ${runs.length === 1 ? "study" : "studies"} in this folder`,
                              `此文件夹中有${plain(runs.length)}项研究`,
                          )
                        : t("No result yet: ask the first question", "尚无结果：提出第一个问题")}
                </h1>
            </div>
            {trouble && (
                <p class="error" role="alert">
                    {trouble}
                </p>
            )}
            <div class="grid">
                <Ask page={page} scenarios={scenarios} started={again} />
                <section class="panel wide" aria-labelledby="title-runs">
                    <h2 id="title-runs">{t("Runs", "运行")}</h2>
                    <table>
                        <thead>
                            <tr>
                                <th scope="col">{t("Question", "问题")}</th>
                                <th scope="col">{t("Study", "研究")}</th>
                                <th scope="col">{t("Scenario", "情景")}</th>
                                <th scope="col">{t("State", "状态")}</th>
                                <th scope="col" class="n">
                                    {t("Took", "用时")}
                                </th>
                                <th scope="col">
                                    <span class="hidden">{t("What to do", "操作")}</span>
                                </th>
                            </tr>
                        </thead>
                        <tbody>
                            {runs.map((run) => (
                                <RunRow key={run.id} page={page} run={run} changed={again} />
                            ))}
                        </tbody>
                    </table>
                </section>
                <Overlay page={page} scenarios={scenarios} changed={scenariosAgain} />
            </div>
        </>
    );
}

function RunRow({ page, run, changed }: { page: PageHand; run: Run; changed: () => void }) {
    const { t, language } = page;
    const [progress, setProgress] = useState<Progress | null>(null);
    useEffect(() => {
        if (run.state !== "running") return;
        const stop = new AbortController();
        void listen(`/api/runs/${encodeURIComponent(run.id)}/events`, stop.signal, (event, data) => {
            if (event === "progress") setProgress(data as Progress);
            if (event === "end") changed();
        }).catch(() => undefined);
        return () => stop.abort();
    }, [run.id, run.state]);
    const act = (method: string, what: string) =>
        void ask(method, `/api/runs/${encodeURIComponent(run.id)}${what}`)
            .then(changed)
            .catch(changed);
    const base = page.value("base", ""),
        kept = { lang: page.route.values["lang"] ?? "", theme: page.route.values["theme"] ?? "" };
    const busy = run.state === "running" || run.state === "waiting";
    const share = progress && progress.all > 0 ? progress.done / progress.all : run.progress;
    return (
        <tr data-run={run.id} data-state={run.state}>
            <td>
                {run.state === "done" ? (
                    <a href={addressOf({ view: "answer", values: { run: run.id, ...kept } })}>{run.name || run.id}</a>
                ) : (
                    run.name || run.id
                )}
                <div class="sub">{run.created}</div>
            </td>
            <td>{run.study}</td>
            <td>{run.scenario}</td>
            <td>
                {run.state === "running" ? (
                    <>
                        <progress value={share} max={1} aria-label={t("Progress", "进度")} />
                        {progress?.seconds_left !== null && progress !== null && (
                            <span class="sub">
                                {" "}
                                {t(`${plain(progress.seconds_left)} s left`, `还需${plain(progress.seconds_left)}秒`)}
                            </span>
                        )}
                    </>
                ) : (
                    (STATES[run.state]?.[language === "zh" ? 1 : 0] ?? run.state)
                )}
                {run.message && <div class="sub">{run.message}</div>}
            </td>
            <td class="n">{busy ? "" : t(`${plain(run.seconds, 1)} s`, `${plain(run.seconds, 1)}秒`)}</td>
            <td>
                {busy ? (
                    <button type="button" class="plainbutton" onClick={() => act("POST", "/cancel")}>
                        {t("Cancel", "取消")}
                    </button>
                ) : run.state === "done" ? (
                    base !== "" &&
                    base !== run.id && (
                        <a href={addressOf({ view: "compare", values: { run: run.id, with: base, ...kept } })}>
                            {t("Compare", "对比")}
                        </a>
                    )
                ) : (
                    <>
                        <button type="button" class="plainbutton" onClick={() => act("POST", "/retry")}>
                            {t("Again", "重试")}
                        </button>
                        <button type="button" class="plainbutton" onClick={() => act("DELETE", "")}>
                            {t("Forget", "移除")}
                        </button>
                    </>
                )}
            </td>
        </tr>
    );
}

const SCOPES = ["enterprise", "district", "family", "lane", "market", "region", "everything"];

function Ask({ page, scenarios, started }: { page: PageHand; scenarios: Scenario[]; started: () => void }) {
    const { t, value } = page;
    const form = useRef<HTMLFormElement>(null);
    const [study, setStudy] = useState(value("ask", value("target", "") ? "whatif" : "run"));
    const [trouble, setTrouble] = useState("");
    const shocked = study === "whatif" || study === "explain";
    const send = async (e: SubmitEvent) => {
        e.preventDefault();
        const of = (name: string) => String(new FormData(form.current!).get(name) ?? "").trim();
        const options: Record<string, unknown> = {};
        for (const name of ["from", "until"]) if (of(name)) options[name] = of(name);
        for (const name of ["replications", "worlds"]) if (of(name)) options[name] = Number(of(name));
        const set = Object.fromEntries(
            of("set")
                .split(/[\n;]+/)
                .map((line) => line.split("=").map((x) => x.trim()))
                .filter((pair) => pair.length === 2 && pair[0]),
        );
        if (Object.keys(set).length > 0) options["set"] = set;
        if (shocked)
            options["shocks"] = [
                {
                    shock: "what-if",
                    from: of("begin"),
                    until: of("end"),
                    scope: of("scope"),
                    target: of("target"),
                    basis: "capacity",
                    factor: String(Number(of("left")) / 100),
                },
            ];
        if (study === "compare") options["other"] = of("other");
        try {
            // The command line's own check first, with its own words.
            if (study === "run" || study === "whatif")
                await ask("POST", `/api/scenarios/${encodeURIComponent(of("scenario"))}/check`, { options });
            await ask("POST", "/api/runs", {
                study: study === "whatif" ? "run" : study,
                scenario: of("scenario"),
                options,
            });
            setTrouble("");
            started();
        } catch (refused) {
            setTrouble(refusalWords(refused));
        }
    };
    return (
        <section class="panel wide" aria-labelledby="title-ask">
            <h2 id="title-ask">{t("Ask", "提问")}</h2>
            <form class="ask" ref={form} onSubmit={(e) => void send(e)} style={{ marginTop: "12px" }}>
                <label>
                    {t("Study", "研究")}
                    <select name="study" value={study} onChange={(e) => setStudy(e.currentTarget.value)}>
                        <option value="run">{t("run: simulate and print the bulletin", "run：模拟并生成公报")}</option>
                        <option value="whatif">{t("what-if: the same with a shock", "what-if：加入一次冲击")}</option>
                        <option value="explain">
                            {t("explain: a shock, step by step", "explain：逐步说明一次冲击")}
                        </option>
                        <option value="compare">
                            {t("compare: with another scenario", "compare：与另一情景对比")}
                        </option>
                        <option value="stress">{t("stress: what each outage costs", "stress：逐一停产的代价")}</option>
                        <option value="piles">{t("piles: where the next piles go", "piles：下一批桩建在哪里")}</option>
                    </select>
                </label>
                <label>
                    {t("Scenario", "情景")}
                    <select name="scenario">
                        {scenarios.map((s) => (
                            <option key={s.name} value={s.name} selected={s.name === value("scenario", "")}>
                                {s.name}
                            </option>
                        ))}
                    </select>
                </label>
                <label>
                    {t("From", "自")}
                    <input name="from" type="date" defaultValue={value("from", "")} />
                </label>
                <label>
                    {t("Until", "至")}
                    <input name="until" type="date" defaultValue={value("until", "")} />
                </label>
                <label>
                    {t("Replications (luck)", "重复次数（随机）")}
                    <input
                        name="replications"
                        type="number"
                        min="1"
                        placeholder="4"
                        defaultValue={value("replications", "")}
                    />
                </label>
                <label>
                    {t("Worlds (drawn inputs)", "抽取输入次数")}
                    <input name="worlds" type="number" min="0" placeholder="0" defaultValue={value("worlds", "")} />
                </label>
                <label>
                    {t("Settings, as name=value;", "设置，name=value；")}
                    <input name="set" placeholder="charging_until=2023-01-31" />
                </label>
                {study === "compare" && (
                    <label>
                        {t("The other scenario", "另一情景")}
                        <select name="other">
                            {scenarios.map((s) => (
                                <option key={s.name}>{s.name}</option>
                            ))}
                        </select>
                    </label>
                )}
                {shocked && (
                    <>
                        <label>
                            {t("What is hit", "冲击对象")}
                            <select name="scope">
                                {SCOPES.map((s) => (
                                    <option key={s} selected={s === value("scope", "enterprise")}>
                                        {s}
                                    </option>
                                ))}
                            </select>
                        </label>
                        <label>
                            {t("Which one (its id)", "哪一个（编号）")}
                            <input name="target" defaultValue={value("target", "")} />
                        </label>
                        <label>
                            {t("First day", "首日")}
                            <input name="begin" type="date" required />
                        </label>
                        <label>
                            {t("Last day", "末日")}
                            <input name="end" type="date" required />
                        </label>
                        <label>
                            {t("Capacity left, %", "剩余能力，%")}
                            <input name="left" type="number" min="0" max="100" defaultValue="0" />
                        </label>
                    </>
                )}
                <div>
                    <button class="main" type="submit">
                        {t("Start", "开始")}
                    </button>
                </div>
            </form>
            {trouble && (
                <pre class="error" role="alert">
                    {trouble}
                </pre>
            )}
        </section>
    );
}
