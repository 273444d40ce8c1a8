// What every panel may ask: the result, the language, the address.
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { PageData, Result } from "./data";
import { said, type Language } from "./format";
import type { Route } from "./route";

export interface Page {
    result: Result;
    language: Language;
    dark: boolean;
    route: Route;
    // Writes one value into the address; an empty one leaves it.
    put: (name: string, value: string) => void;
    // Loads another result beside this one.
    other: Result | null;
    setOther: (result: Result | null) => void;
    // Takes the tables that this result lacks from another.
    setMore: (data: PageData) => void;
    server: boolean;
}

export const PageContext = createContext<Page>(null as unknown as Page);

export interface PageHand extends Page {
    // English or Chinese.
    t: (english: string, chinese: string) => string;
    q: (value: number, unit: string) => string;
    // A row's name in the page's language.
    named: (table: string, id: string) => string;
    // A choice of this view from the address, or its default.
    value: (name: string, fallback: string) => string;
}

export function usePage(): PageHand {
    const page = useContext(PageContext);
    const chinese = page.language === "zh";
    return {
        ...page,
        t: (english, zh) => (chinese ? zh : english),
        q: (value, unit) => said(value, unit, page.language),
        named: (table, id) => page.result.named(table, id, chinese),
        value: (name, fallback) => page.route.values[name] ?? fallback,
    };
}
