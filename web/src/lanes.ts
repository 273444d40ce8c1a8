// How a lane goes: the modes of its legs in their order, each once.
import { number, text, type Result } from "./data";

export function laneModes(result: Result, lane: string): string {
    const legs = result
        .rows("legs")
        .filter((leg) => text(leg, "lane") === lane)
        .sort((a, b) => number(a, "leg") - number(b, "leg"));
    return [...new Set(legs.map((leg) => text(leg, "mode")))].join("+");
}
