// A stress test is a result of its own: its tables are taken into the page of the run, from its report.html or the server.
import { useEffect, useState } from "preact/hooks";
import { dataInside } from "./compare";
import type { PageHand } from "./context";
import type { PageData } from "./data";
import { Choice } from "./panel";
import { ask } from "./server";

// What the first has stays; what it lacks comes from the second.
export function joined(data: PageData, more: PageData | null): PageData {
    return more ? { page: 1, tables: { ...more.tables, ...data.tables } } : data;
}

export function Join({ page }: { page: PageHand }) {
    return page.server ? <JoinRun page={page} /> : <JoinFile page={page} />;
}

function JoinFile({ page }: { page: PageHand }) {
    const { t, setMore } = page;
    const [trouble, setTrouble] = useState("");
    const read = async (file: File | undefined) => {
        if (!file) return;
        try {
            const found = dataInside(await file.text());
            if (!found.has("stress_ranks")) throw new Error("no stress test");
            setMore(found.data);
        } catch {
            setTrouble(t(`${file.name} holds no stress test of Autopolis`, `${file.name} 不含压力测试`));
        }
    };
    return (
        <p style={{ marginTop: "10px" }}>
            <label class="choice">
                {t("Or take one in: its report.html", "或载入其 report.html")}
                <input
                    type="file"
                    accept=".html,.json"
                    data-join
                    onChange={(e) => void read(e.currentTarget.files?.[0])}
                />
            </label>
            {trouble && (
                <span class="error" role="alert">
                    {trouble}
                </span>
            )}
        </p>
    );
}

function JoinRun({ page }: { page: PageHand }) {
    const { t, result } = page;
    const [runs, setRuns] = useState<{ id: string; name: string }[]>([]);
    useEffect(() => {
        ask<{ runs: { id: string; name: string; state: string; study: string; scenario: string }[] }>(
            "GET",
            "/api/runs",
        )
            .then((list) =>
                setRuns(
                    list.runs.filter(
                        (run) =>
                            run.study === "stress" && run.state === "done" && run.scenario === result.about("scenario"),
                    ),
                ),
            )
            .catch(() => setRuns([]));
    }, []);
    if (runs.length === 0) return null;
    const options = [["", t("none", "无")] as const, ...runs.map((run) => [run.id, run.name || run.id] as const)];
    return (
        <p style={{ marginTop: "10px" }}>
            <Choice label={t("Or take one in", "或载入")} name="stress" fallback="" options={options} />
        </p>
    );
}
