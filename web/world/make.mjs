// Makes src/world.json of Natural Earth's outlines (public domain, as packed by world-atlas): countries at 1:110m with
// their ISO code, and a point for each that is too small for them. Run by hand: npm run world.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoCentroid, geoArea } from "d3-geo";
import { feature, quantize } from "topojson-client";

const require = createRequire(import.meta.url);
const read = (name) => JSON.parse(readFileSync(require.resolve(`world-atlas/${name}`), "utf8"));
const iso = new Map(
    readFileSync(new URL("iso.csv", import.meta.url), "utf8")
        .trim()
        .split("\n")
        .slice(1)
        .map((line) => line.split(",")),
);

// The largest piece of a country: the centroid of all France lies in the sea.
function centre(shape) {
    const pieces = shape.geometry.type === "MultiPolygon" ? shape.geometry.coordinates : [shape.geometry.coordinates];
    const largest = pieces
        .map((coordinates) => ({ type: "Polygon", coordinates }))
        .sort((a, b) => geoArea(b) - geoArea(a))[0];
    return geoCentroid(largest).map((x) => Math.round(x * 10) / 10);
}

const coarse = read("countries-110m.json"),
    fine = read("countries-50m.json");
const geometries = coarse.objects.countries.geometries
    .filter((g) => g.id !== "010")
    .map((g) => ({ type: g.type, arcs: g.arcs, id: iso.get(g.id) ?? "" }));
const points = {};
for (const shape of feature(fine, fine.objects.countries).features) {
    const code = iso.get(shape.id);
    if (code && shape.geometry) points[code] = centre(shape);
}
// Steps of a seventh of a degree are less than a pixel of the panel.
const [kx, ky] = coarse.transform.scale,
    [dx, dy] = coarse.transform.translate;
const arcs = coarse.arcs.map((arc) => {
    let x = 0,
        y = 0;
    return arc.map(([stepX, stepY]) => [(x += stepX) * kx + dx, (y += stepY) * ky + dy]);
});
const topology = quantize(
    { type: "Topology", arcs, objects: { countries: { type: "GeometryCollection", geometries } } },
    2600,
);
delete topology.bbox;
writeFileSync(new URL("../src/world.json", import.meta.url), `${JSON.stringify({ topology, points })}\n`);
