// Quantities as people read them: thousands and millions in English, 万 and 亿 in Chinese.

export type Language = "en" | "zh";

export interface Quantity {
    number: string;
    unit: string;
}

const EMPTY = "–";

function grouped(value: number, decimals: number): string {
    const fixed = Math.abs(value).toFixed(decimals);
    const [whole = "0", part] = fixed.split(".");
    const digits = whole.replace(/\B(?=(\d{3})+$)/g, ",") + (part ? `.${part}` : "");
    return value < 0 && Number(fixed) !== 0 ? `−${digits}` : digits;
}

// Three digits that count, and no more decimals than `most`.
function decimalsFor(value: number, most: number): number {
    const size = Math.abs(value);
    if (size === 0) return 0;
    return Math.max(0, Math.min(most, 2 - Math.floor(Math.log10(size))));
}

interface Scale {
    from: number;
    divisor: number;
    en?: string;
    zh?: string;
}

const COUNTS: Record<Language, Scale[]> = {
    en: [
        { from: 1e9, divisor: 1e9, en: "billion" },
        { from: 1e6, divisor: 1e6, en: "million" },
    ],
    zh: [
        { from: 1e8, divisor: 1e8, zh: "亿" },
        { from: 1e4, divisor: 1e4, zh: "万" },
    ],
};
const YUAN: Record<Language, Scale[]> = {
    en: [
        { from: 1e9, divisor: 1e9, en: "bn yuan" },
        { from: 1e6, divisor: 1e6, en: "m yuan" },
    ],
    zh: [
        { from: 1e8, divisor: 1e8, zh: "亿元" },
        { from: 1e4, divisor: 1e4, zh: "万元" },
    ],
};
const ENERGY: Scale[] = [
    { from: 1e9, divisor: 1e9, en: "TWh", zh: "TWh" },
    { from: 1e6, divisor: 1e6, en: "GWh", zh: "GWh" },
    { from: 1e3, divisor: 1e3, en: "MWh", zh: "MWh" },
];
const POWER: Scale[] = [
    { from: 1e6, divisor: 1e6, en: "GW", zh: "GW" },
    { from: 1e3, divisor: 1e3, en: "MW", zh: "MW" },
];

const WORDS: Record<string, [one: string, many: string, zh: string]> = {
    vehicle: ["vehicle", "vehicles", "辆"],
    pile: ["pile", "piles", "个"],
    session: ["session", "sessions", "次"],
    enterprise: ["enterprise", "enterprises", "家"],
    market: ["market", "markets", "个"],
    minute: ["min", "min", "分钟"],
    hour: ["h", "h", "小时"],
    day: ["day", "days", "天"],
    request: ["request", "requests", "次"],
    row: ["row", "rows", "行"],
};

function scaled(value: number, scales: Scale[], language: Language): { value: number; unit: string; scaled: boolean } {
    const size = Math.abs(value);
    // 999,600 is "1.00 million", not "1,000 thousand".
    const scale = scales.find((s) => size >= s.from * 0.9995);
    return scale
        ? { value: value / scale.divisor, unit: scale[language] ?? "", scaled: true }
        : { value, unit: "", scaled: false };
}

function counted(value: number, unit: string, language: Language): Quantity {
    const found = scaled(value, COUNTS[language], language);
    const words = WORDS[unit];
    const name = words ? (language === "zh" ? words[2] : Math.abs(value) === 1 ? words[0] : words[1]) : "";
    if (unit === "day") return { number: grouped(value, Number.isInteger(value) ? 0 : 1), unit: name };
    const decimals = found.scaled
        ? decimalsFor(found.value, 2)
        : Number.isInteger(value) || Math.abs(value) >= 100
          ? 0
          : decimalsFor(value, 2);
    const join = language === "zh" ? "" : " ";
    return { number: grouped(found.value, decimals), unit: [found.unit, name].filter(Boolean).join(join) };
}

function measured(value: number, base: string, scales: Scale[], language: Language): Quantity {
    const found = scaled(value, scales, language);
    return { number: grouped(found.value, decimalsFor(found.value, 2)), unit: found.unit || base };
}

export function quantity(value: number, unit: string, language: Language): Quantity {
    if (!Number.isFinite(value)) return { number: EMPTY, unit: "" };
    if (unit === "yuan") return measured(value, language === "zh" ? "元" : "yuan", YUAN[language], language);
    if (unit === "kWh") return measured(value, "kWh", ENERGY, language);
    if (unit === "kW") return measured(value, "kW", POWER, language);
    if (unit === "share") return { number: grouped(value * 100, 1), unit: "%" };
    if (unit === "ratio") return { number: grouped(value, 2), unit: "" };
    if (unit === "minute" || unit === "hour") {
        const words = WORDS[unit];
        return {
            number: grouped(value, Math.abs(value) < 100 ? 1 : 0),
            unit: language === "zh" ? words![2] : words![1],
        };
    }
    return counted(value, unit, language);
}

export function said(value: number, unit: string, language: Language): string {
    const q = quantity(value, unit, language);
    if (q.unit === "") return q.number;
    return language === "zh" ? q.number + q.unit : `${q.number} ${q.unit}`;
}

export function percent(value: number, decimals = 1, sign = false): string {
    if (!Number.isFinite(value)) return EMPTY;
    const words = grouped(value * 100, decimals);
    return `${sign && value > 0 && Number((value * 100).toFixed(decimals)) > 0 ? "+" : ""}${words} %`;
}

// All digits, for tables that are sorted and copied.
export function plain(value: number, decimals = 0): string {
    return Number.isFinite(value) ? grouped(value, decimals) : EMPTY;
}

export function monthSaid(month: string, language: Language): string {
    const [year = "", number = ""] = month.split("-");
    if (number === "") return year;
    const names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    return language === "zh" ? `${year}年${Number(number)}月` : `${names[Number(number) - 1]} ${year}`;
}

export const DAYS: Record<Language, string[]> = {
    en: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    zh: ["周一", "周二", "周三", "周四", "周五", "周六", "周日"],
};
