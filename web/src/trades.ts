// Trades as the registers of scenarios call them; a trade of one's own keeps its name.
const TRADES: Record<string, string> = {
    battery: "电池",
    body: "车身",
    castings: "铸件",
    chassis: "底盘",
    chips: "芯片",
    "e-drive": "电驱",
    electronics: "电子",
    engine: "发动机",
    exterior: "外饰",
    harness: "线束",
    interior: "内饰",
    materials: "材料",
    outside: "外地",
    powertrain: "动力总成",
    seats: "座椅",
    thermal: "热管理",
    transmission: "变速器",
    tyres: "轮胎",
    vehicles: "整车",
};

export function tradeName(trade: string, chinese: boolean): string {
    return (chinese && TRADES[trade]) || (trade === "outside" ? "outside the region" : trade.replace(/_/g, " "));
}

export function capital(words: string): string {
    return words.slice(0, 1).toUpperCase() + words.slice(1);
}
