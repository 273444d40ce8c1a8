// The server's API, when the page comes from `autopolis serve` and not from disk.
import { useEffect, useState } from "preact/hooks";
import { isPageData, type PageData } from "./data";

const KEPT_TOKEN = "autopolis-token";

// The address that the server prints ends in #token=...; it is taken out of the address at once.
export function tokenTake(): void {
    const found = /token=([^&]+)/.exec(location.hash);
    if (!found) return;
    sessionStorage.setItem(KEPT_TOKEN, decodeURIComponent(found[1]!));
    history.replaceState(null, "", "#/runs");
}

function headers(): Record<string, string> {
    let token = "";
    try {
        token = sessionStorage.getItem(KEPT_TOKEN) ?? "";
    } catch {
        // without a store there is no token, and the server says so
    }
    return { Authorization: `Bearer ${token}` };
}

export interface Complaint {
    file?: string;
    line?: number;
    column?: number;
    rule?: string;
    message?: string;
    suggestion?: string | null;
    text?: string | null;
}

export class Refusal extends Error {
    constructor(
        message: string,
        readonly status: number,
        readonly complaints: Complaint[] = [],
    ) {
        super(message);
    }
}

// A complaint as the command line prints it.
export function complaintWords(c: Complaint): string {
    const place = `${c.file ?? ""}${c.line ? `:${c.line}${c.column ? `:${c.column}` : ""}` : ""}`;
    const row = c.text
        ? `\n  ${c.text}${
              c.column
                  ? `\n  ${[...c.text]
                        .slice(0, c.column - 1)
                        .map((k) => (k === "\t" ? "\t" : k.codePointAt(0)! > 0x2e7f ? "  " : " "))
                        .join("")}^`
                  : ""
          }`
        : "";
    return `${place}: error: ${c.message ?? ""} [${c.rule ?? ""}]${row}${c.suggestion ? `\n  suggestion: ${c.suggestion}` : ""}`;
}

export function refusalWords(refused: unknown): string {
    if (refused instanceof Refusal && refused.complaints.length > 0)
        return refused.complaints.map(complaintWords).join("\n");
    return (refused as Error).message;
}

export async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(path, {
        method,
        headers: { ...headers(), ...(body === undefined ? {} : { "Content-Type": "application/json" }) },
        body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await answer.text();
    let value: unknown = null;
    try {
        value = text === "" ? null : JSON.parse(text);
    } catch {
        throw new Refusal(text.slice(0, 200), answer.status);
    }
    if (answer.ok) return value as T;
    const told = value as { error?: string; complaints?: Complaint[] } | null;
    throw new Refusal(told?.error ?? `${answer.status}`, answer.status, told?.complaints ?? []);
}

// Events as they come, until the server ends them or `stop` is told.
export async function listen(
    path: string,
    stop: AbortSignal,
    heard: (event: string, data: unknown) => void,
): Promise<void> {
    const answer = await fetch(path, { headers: headers(), signal: stop });
    if (!answer.ok || !answer.body) throw new Refusal(await answer.text(), answer.status);
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let waiting = "";
    for (;;) {
        const { value, done } = await reader.read();
        if (done) return;
        waiting += value;
        const blocks = waiting.split("\n\n");
        waiting = blocks.pop() ?? "";
        for (const block of blocks) {
            const event = /^event: ?(.*)$/m.exec(block)?.[1] ?? "message";
            const data = [...block.matchAll(/^data: ?(.*)$/gm)].map((m) => m[1]).join("\n");
            if (data) heard(event, JSON.parse(data) as unknown);
        }
    }
}

export function useRunData(run: string): { data: PageData | null; trouble: string } {
    const [state, setState] = useState<{ run: string; data: PageData | null; trouble: string }>({
        run: "",
        data: null,
        trouble: "",
    });
    useEffect(() => {
        if (run === "") return;
        let current = true;
        ask<unknown>("GET", `/api/runs/${encodeURIComponent(run)}/page.json`)
            .then((data) => {
                if (!isPageData(data)) throw new Error("the server sent no page data");
                if (current) setState({ run, data, trouble: "" });
            })
            .catch((e: Error) => {
                if (current) setState({ run, data: null, trouble: e.message });
            });
        return () => {
            current = false;
        };
    }, [run]);
    return state.run === run ? state : { data: null, trouble: "" };
}
