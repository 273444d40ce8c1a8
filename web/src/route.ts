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

// Where one asks what would be if a row stopped; the run it is asked of is what the answer is compared with.
export function whatIf(
    page: { route: Route; result: { about: (key: string) => string } },
    scope: string,
    target: string,
): string {
    const { lang = "", theme = "", run = "" } = page.route.values;
    const asked = Object.fromEntries(
        ["scenario", "from", "until", "replications", "worlds"].map((name) => [name, page.result.about(name)]),
    );
    return addressOf({ view: "runs", values: { ask: "whatif", scope, target, base: run, ...asked, lang, theme } });
}
