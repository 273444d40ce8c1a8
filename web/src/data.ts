// The page's data: tables of results.sqlite as src/write/page.c selects them. docs/page.md has the list.
// A table that the result does not have is absent, and its panel says which command makes it.

export type Cell = string | number | null;
export type Row = Record<string, Cell>;

export interface Table {
    columns: string[];
    rows: Cell[][];
}

export interface PageData {
    page: 1;
    tables: Record<string, Table>;
}

export function number(row: Row | undefined, column: string): number {
    const cell = row?.[column];
    return typeof cell === "number" ? cell : NaN;
}

export function text(row: Row | undefined, column: string): string {
    const cell = row?.[column];
    return cell === null || cell === undefined ? "" : String(cell);
}

// Several numbers in one cell, as the long series travel.
export function numbers(row: Row | undefined, column: string): number[] {
    const cell = text(row, column);
    return cell === "" ? [] : cell.split(" ").map(Number);
}

export class Result {
    private readonly made = new Map<string, Row[]>();
    private readonly maps = new Map<string, Map<string, Row>>();

    constructor(readonly data: PageData) {}

    has(table: string): boolean {
        return (this.data.tables[table]?.rows.length ?? 0) > 0;
    }

    rows(table: string): Row[] {
        const known = this.made.get(table);
        if (known) return known;
        const source = this.data.tables[table];
        const rows = source
            ? source.rows.map((cells) => Object.fromEntries(source.columns.map((name, i) => [name, cells[i] ?? null])))
            : [];
        this.made.set(table, rows);
        return rows;
    }

    // The row whose first column is this.
    row(table: string, key: string): Row | undefined {
        let map = this.maps.get(table);
        if (!map) {
            const first = this.data.tables[table]?.columns[0] ?? "";
            map = new Map(this.rows(table).map((row) => [text(row, first), row]));
            this.maps.set(table, map);
        }
        return map.get(key);
    }

    about(key: string): string {
        return text(this.row("about", key), "value");
    }

    // The period of the bulletin: a year as a rule.
    get period(): string {
        return this.about("period");
    }

    get year(): number {
        const year = number(this.rows("page_year")[0], "year");
        return Number.isFinite(year) ? year : Number(this.about("period").slice(0, 4));
    }

    indicator(name: string, period = this.period): Row | undefined {
        return this.indicators().get(`${name} ${period}`);
    }

    private byName: Map<string, Row> | undefined;
    private indicators(): Map<string, Row> {
        this.byName ??= new Map(
            this.rows("indicators").map((row) => [`${text(row, "indicator")} ${text(row, "period")}`, row]),
        );
        return this.byName;
    }

    // A row's name in a language; its id where it has none.
    named(table: string, id: string, chinese: boolean): string {
        const row = this.row(table, id);
        return (chinese && text(row, "name_zh")) || text(row, "name") || id;
    }

    years(table: string): number[] {
        return [...new Set(this.rows(table).map((row) => number(row, "year")))].sort((a, b) => a - b);
    }
}

// Opened from disk the data stands in the page; from the server the element holds null.
export function dataOf(document: Document): PageData | null {
    const element = document.getElementById("autopolis-data");
    const parsed: unknown = JSON.parse(element?.textContent || "null");
    return isPageData(parsed) ? parsed : null;
}

export function isPageData(value: unknown): value is PageData {
    return (
        typeof value === "object" &&
        value !== null &&
        (value as PageData).page === 1 &&
        typeof (value as PageData).tables === "object"
    );
}
