// Every view has its own address: #/view?name=value. What is not said has its default, and is left out.

export interface Route {
    view: string;
    values: Record<string, string>;
}

export function routeOf(hash: string): Route {
    const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
    return { view: path || "answer", values: Object.fromEntries(new URLSearchParams(query)) };
}

export function addressOf(route: Route): string {
    const query = new URLSearchParams(Object.entries(route.values).filter(([, value]) => value !== "")).toString();
    return `#/${route.view}${query ? `?${query}` : ""}`;
}
