// A schematic map: each district gets one square, as near as possible to where it lies. The squares are the cheapest
// assignment (Hungarian method) of districts to cells by squared distance.

export interface Place {
    id: string;
    lat: number;
    lon: number;
}

export interface Tile {
    id: string;
    column: number;
    row: number;
}

// Half where it lies, half in which order: else the crowded centre would push everybody out.
function spread(values: number[]): number[] {
    const low = Math.min(...values),
        high = Math.max(...values),
        span = high - low || 1;
    const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
    const rank = new Array<number>(values.length).fill(0);
    order.forEach((index, at) => (rank[index] = values.length > 1 ? at / (values.length - 1) : 0.5));
    return values.map((value, i) => 0.35 * ((value - low) / span) + 0.65 * rank[i]!);
}

// cost[i][k] of row i in column k, rows <= columns; returns the column of each row (potentials, O(n^2 m)).
export function assign(cost: number[][]): number[] {
    const n = cost.length,
        m = cost[0]?.length ?? 0;
    const u = new Array<number>(n + 1).fill(0),
        v = new Array<number>(m + 1).fill(0);
    const owner = new Array<number>(m + 1).fill(0),
        way = new Array<number>(m + 1).fill(0);
    for (let i = 1; i <= n; i++) {
        owner[0] = i;
        let at = 0;
        const least = new Array<number>(m + 1).fill(Infinity),
            used = new Array<boolean>(m + 1).fill(false);
        do {
            used[at] = true;
            const row = owner[at]!;
            let delta = Infinity,
                next = 0;
            for (let k = 1; k <= m; k++) {
                if (used[k]) continue;
                const reduced = cost[row - 1]![k - 1]! - u[row]! - v[k]!;
                if (reduced < least[k]!) {
                    least[k] = reduced;
                    way[k] = at;
                }
                if (least[k]! < delta) {
                    delta = least[k]!;
                    next = k;
                }
            }
            for (let k = 0; k <= m; k++) {
                if (used[k]) {
                    u[owner[k]!]! += delta;
                    v[k]! -= delta;
                } else least[k]! -= delta;
            }
            at = next;
        } while (owner[at] !== 0);
        for (; at !== 0; at = way[at]!) owner[at] = owner[way[at]!]!;
    }
    const result = new Array<number>(n).fill(-1);
    for (let k = 1; k <= m; k++) if (owner[k]! > 0) result[owner[k]! - 1] = k - 1;
    return result;
}

export function tilesOf(places: Place[]): { tiles: Tile[]; columns: number; rows: number } {
    if (places.length === 0) return { tiles: [], columns: 0, rows: 0 };
    const columns = Math.max(1, Math.ceil(Math.sqrt(places.length * 1.45)));
    const rows = Math.max(1, Math.ceil((places.length * 1.25) / columns));
    const x = spread(places.map((p) => p.lon)),
        y = spread(places.map((p) => -p.lat));
    const cost = places.map((_, i) =>
        Array.from({ length: columns * rows }, (_, k) => {
            const dx = x[i]! * (columns - 1) - (k % columns),
                dy = y[i]! * (rows - 1) - Math.floor(k / columns);
            return dx * dx + dy * dy;
        }),
    );
    const cells = assign(cost);
    return {
        columns,
        rows,
        tiles: places.map((p, i) => ({ id: p.id, column: cells[i]! % columns, row: Math.floor(cells[i]! / columns) })),
    };
}
