// Draws the Americas from Natural Earth (npm world-atlas) into americas.json: see README.md.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoAzimuthalEqualArea, geoCentroid, geoPath } from "d3-geo";
import { geoProject } from "d3-geo-projection";
import { feature } from "topojson-client";
import { presimplify, simplify } from "topojson-simplify";
import { CONTEXT, LABELS, PANELS, POINTS, STATES } from "./places.mjs";

const require = createRequire(import.meta.url);
const flat = geoPath();
const area = (rings) => Math.abs(flat.area({ type: "Polygon", coordinates: rings }));

function countries({ scale, tolerance }) {
  const topology = JSON.parse(readFileSync(require.resolve(`world-atlas/countries-${scale}.json`)));
  const simpler = simplify(presimplify(topology), tolerance);
  return feature(simpler, simpler.objects.countries).features;
}

function projection({ width, height, centre, corners, rotate, margin, top = 0 }) {
  const map = geoAzimuthalEqualArea().rotate(rotate ?? centre.map((degree) => -degree)).precision(0.5);
  map.fitExtent([[margin, top + margin], [width - margin, height - margin]], { type: "MultiPoint", coordinates: corners });
  return map.clipExtent([[0, top], [width, height]]);
}

// French Guiana, Martinique and Guadeloupe are polygons of France: only what lies west of 45° W is in the Americas.
function inTheAmericas(country) {
  const { type, coordinates } = country.geometry;
  const polygons = type === "Polygon" ? [coordinates] : coordinates;
  const near = country.properties.name === "France"
    ? polygons.filter((rings) => geoCentroid({ type: "Polygon", coordinates: rings })[0] < -45)
    : polygons;
  return { type: "Feature", properties: {}, geometry: { type: "MultiPolygon", coordinates: near } };
}

function projected(country, map, smallest) {
  const shape = geoProject(inTheAmericas(country), map);
  if (!shape?.geometry) return [];
  const { type, coordinates } = shape.geometry;
  const polygons = type === "Polygon" ? [coordinates] : coordinates;
  const largest = Math.max(...polygons.map(area));
  return polygons.filter((rings) => area(rings) >= smallest || area(rings) === largest);
}

const decimal = (tenths) => (tenths / 10).toString().replace(/^(-?)0\./, "$1.");
const pair = (x, y) => `${decimal(x)}${y < 0 ? "" : " "}${decimal(y)}`;

// A ring in tenths of a unit, each point relative to the one before: about half the length of absolute coordinates.
function ringPath(ring) {
  const points = ring.map(([x, y]) => [Math.round(x * 10), Math.round(y * 10)]);
  const moved = points.slice(1, -1).map(([x, y], at) => [x - points[at][0], y - points[at][1]]);
  const steps = moved.filter(([x, y]) => x || y).map(([x, y]) => pair(x, y));
  if (steps.length < 2) return "";
  const joined = steps.reduce((path, step) => path + (step.startsWith("-") ? step : ` ${step}`));
  return `M${pair(...points[0])}l${joined}z`;
}

const path = (polygons) => polygons.flat().map(ringPath).join("");

function panel(settings) {
  const map = projection(settings);
  const lands = countries(settings);
  const drawn = (country) => projected(country, map, settings.smallest);
  const states = Object.entries(STATES)
    .map(([slug, code]) => [slug, path(drawn(lands.find(({ id }) => id === code)))])
    .filter(([, shape]) => shape);
  const context = lands.filter(({ properties }) => CONTEXT.has(properties.name)).flatMap(drawn);
  const { width, height } = settings;
  return { map, drawing: { width, height, context: path(context), states: Object.fromEntries(states) } };
}

const rounded = (point) => point.map((value) => Math.round(value * 10) / 10);

// The place of a state on the main map and in its inset, and of the name that carries its target.
function marker(slug, panels) {
  const { panel, at, ...label } = LABELS[slug] ?? {};
  const inset = panel && panel !== "main" ? rounded(panels[panel].map(POINTS[slug])) : null;
  return { main: rounded(panels.main.map(POINTS[slug])), inset, panel, label: at ?? null, ...label };
}

const panels = Object.fromEntries(Object.entries(PANELS).map(([name, settings]) => [name, panel(settings)]));
const markers = Object.fromEntries(Object.keys(STATES).map((slug) => [slug, marker(slug, panels)]));
const drawings = Object.fromEntries(Object.entries(panels).map(([name, { drawing }]) => [name, drawing]));
const json = JSON.stringify({ ...drawings, markers });
writeFileSync(new URL("americas.json", import.meta.url), `${json}\n`);
console.log(`${json.length} bytes`);
