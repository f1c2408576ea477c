// What is drawn, how large, and where the names stand. Codes are ISO 3166-1 numeric, points [longitude, latitude].

export const STATES = {
  "antigua-and-barbuda": "028", argentina: "032", bahamas: "044", barbados: "052", belize: "084", bolivia: "068",
  brazil: "076", canada: "124", chile: "152", colombia: "170", "costa-rica": "188", cuba: "192", dominica: "212",
  "dominican-republic": "214", ecuador: "218", "el-salvador": "222", grenada: "308", guatemala: "320", guyana: "328",
  haiti: "332", honduras: "340", jamaica: "388", mexico: "484", nicaragua: "558", panama: "591", paraguay: "600",
  peru: "604", "saint-kitts-and-nevis": "659", "saint-lucia": "662", "saint-vincent-and-the-grenadines": "670",
  suriname: "740", "trinidad-and-tobago": "780", "united-states": "840", uruguay: "858", venezuela: "862",
};

// Land of the Americas that is no member state: one neutral shape, without names.
export const CONTEXT = new Set([
  "Anguilla", "Aruba", "Bermuda", "British Virgin Is.", "Cayman Is.", "Curaçao", "Falkland Is.", "France", "Greenland",
  "Montserrat", "Puerto Rico", "Sint Maarten", "St-Barthélemy", "St-Martin", "St. Pierre and Miquelon",
  "Turks and Caicos Is.", "U.S. Virgin Is.",
]);

// Equal area all three. Tolerance is in square degrees, smallest in square units of the drawing.
export const PANELS = {
  main: {
    width: 420, height: 560, rotate: [86, -8], scale: "50m", tolerance: 0.03, smallest: 1.2,
    corners: [[-160, 58], [-34.8, -7], [-68, -55.9], [-95, 73]], margin: 6,
  },
  west: {
    width: 320, height: 308, top: 28, centre: [-80.2, 17], scale: "10m", tolerance: 0.004, smallest: 0.8,
    corners: [[-92.5, 15], [-68, 17], [-80, 5.7], [-80, 27.4]], margin: 0,
  },
  east: {
    width: 124, height: 308, top: 28, centre: [-61.4, 14], scale: "10m", tolerance: 0.0006, smallest: 0.5,
    corners: [[-61.4, 9.7], [-61.4, 18.0]], margin: 0,
  },
};

export const POINTS = {
  "antigua-and-barbuda": [-61.8, 17.1], argentina: [-65, -35], bahamas: [-77.9, 24.3], barbados: [-59.55, 13.18],
  belize: [-88.7, 17.2], bolivia: [-64.7, -16.7], brazil: [-53, -10], canada: [-105, 58], chile: [-71, -33.5],
  colombia: [-73.5, 4], "costa-rica": [-84.2, 10], cuba: [-79, 21.9], dominica: [-61.36, 15.43],
  "dominican-republic": [-70.4, 18.8], ecuador: [-78.6, -1.4], "el-salvador": [-88.1, 13.5], grenada: [-61.68, 12.12],
  guatemala: [-90.4, 15.3], guyana: [-58.9, 5.4], haiti: [-72.6, 19.3], honduras: [-86.6, 14.9], jamaica: [-77.3, 18.15],
  mexico: [-102.5, 23.8], nicaragua: [-85, 12.9], panama: [-80.2, 8.6], paraguay: [-58.4, -23.3], peru: [-75, -9.5],
  "saint-kitts-and-nevis": [-62.75, 17.3], "saint-lucia": [-60.97, 13.9],
  "saint-vincent-and-the-grenadines": [-61.2, 13.25], suriname: [-56, 4.2], "trinidad-and-tobago": [-61.25, 10.45],
  "united-states": [-98.5, 39.5], uruguay: [-56, -32.8], venezuela: [-66, 7],
};

// Where the name stands that carries the target, for states too small or too narrow to be hit by their shape.
// "at" is in the panel; "align" as in text-anchor; "spot" puts a dot of colour on the main map and beside the name;
// "joins" is where along the name the line from the state meets it, when not at the nearest place.
const row = (y) => ({ panel: "east", at: [152, y], align: "start", spot: true });

export const LABELS = {
  "saint-kitts-and-nevis": row(54), "antigua-and-barbuda": row(86), dominica: row(118), "saint-lucia": row(150),
  barbados: row(182), "saint-vincent-and-the-grenadines": row(214), grenada: row(246), "trinidad-and-tobago": row(278),
  bahamas: { panel: "west", at: [214, 60], align: "start", spot: true },
  belize: { panel: "west", at: [67, 142], align: "start" },
  "costa-rica": { panel: "west", at: [84, 286], align: "end" },
  cuba: { panel: "west", at: [96, 74], align: "end" },
  "dominican-republic": { panel: "west", at: [314, 202], align: "end" },
  "el-salvador": { panel: "west", at: [12, 254], align: "start", joins: 78 },
  guatemala: { panel: "west", at: [4, 221], align: "start" },
  haiti: { panel: "west", at: [231, 169], align: "end" },
  honduras: { panel: "west", at: [124, 174], align: "start" },
  jamaica: { panel: "west", at: [180, 142], align: "end", spot: true },
  nicaragua: { panel: "west", at: [132, 206], align: "start" },
  panama: { panel: "west", at: [146, 243], align: "start" },
  bolivia: { panel: "main", at: [206, 386], align: "end" },
  chile: { panel: "main", at: [220, 428], align: "end" },
  ecuador: { panel: "main", at: [186, 302], align: "end" },
  guyana: { panel: "main", at: [318, 242], align: "start" },
  paraguay: { panel: "main", at: [338, 442], align: "start" },
  peru: { panel: "main", at: [192, 344], align: "end" },
  suriname: { panel: "main", at: [330, 285], align: "start" },
  uruguay: { panel: "main", at: [330, 484], align: "start" },
};
