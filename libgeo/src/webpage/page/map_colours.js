// What colours the districts, zones and sources: classes with their colours, equal in meaning to the styles for QGIS.
// Warm is unmet, cool is met, hatched grey is unknown (ColorBrewer and Okabe-Ito, safe for the colour-blind).
(function(report) {
'use strict';

const nothing = '#f2f2f2';
const unknown = '#d9d9d9';

const statusColours = {
  no_zone_in_reach: '#d73027',
  no_zone_known_in_reach: '#fc8d59',
  zone_full: '#fee090',
  served: '#74add1',
  not_over_threshold: nothing,
  population_unknown: 'hatched'
};

const reasonColours = {
  no_source_in_reach: '#d73027',
  no_headroom: '#f46d43',
  class_too_low: '#e08214',
  headroom_taken_by_others: '#fdae61',
  no_source_known_in_reach: '#fee090',
  reachable: '#abd9e9',
  served: '#74add1',
  unknown_capacity: 'hatched',
  no_source_layer: 'hatched',
  centre_unknown: 'hatched',
  not_assessed: nothing
};

report.reasonColours = reasonColours;

const peopleLimits = [50000, 20000, 10000, 5000, 0];
const peopleColours = ['#990000', '#d7301f', '#fc8d59', '#fdbb84', '#fee8c8'];
const shortColours = ['#6a3d9a', '#9e7bc2', '#c8b0de', '#e6dcf0'];
const shortColumns = ['water_shortfall_lps', 'power_shortfall_mw', 'gas_shortfall_m3h'];

const rangeLabel = (low, high) => () =>
  (high === null ? report.text('over', {low: report.number(low)}) :
                   report.text('range', {low: report.number(low), high: report.number(high)}));

// Classes of words: one class for each word that occurs, in the order of the colours.
function wordTheme(id, title, table, column, colours) {
  const index = report.columnIndex(table, column);
  const occurring = new Set(table.rows.map((row) => row[index]));
  const classes = Object.keys(colours)
                    .filter((word) => occurring.has(word))
                    .map((word) => ({label: () => report.word(word), colour: colours[word], word}));
  const places = new Map(classes.map((one, at) => [one.word, at]));
  const rest = {label: () => report.text('unknown'), colour: 'hatched'};
  if (table.rows.some((row) => !places.has(row[index]))) { classes.push(rest); }
  return {
    id,
    title,
    classes,
    classOf: (row) => (places.has(row[index]) ? places.get(row[index]) : classes.indexOf(rest))
  };
}

// Classes of amounts by falling limits: over the first, over the second …; then none, then unknown.
function rangeTheme(id, title, index, limits, colours, noneLabel, unit) {
  const classes = limits.map((low, at) => ({label: rangeLabel(low, at ? limits[at - 1] : null), colour: colours[at]}));
  if (limits[limits.length - 1] === 0) {
    const least = limits.length > 1 ? limits[limits.length - 2] : null;
    classes[limits.length - 1].label = () =>
      (least === null ? report.text('over', {low: report.number(0)}) :
                        report.text('upTo', {high: report.number(least)}));
  }
  classes.push(
    {label: () => report.text(noneLabel), colour: '#deebf7'}, {label: () => report.text('unknown'), colour: 'hatched'},
    {label: () => report.word('not_over_threshold'), colour: nothing});
  return {
    id,
    title,
    classes,
    unit,
    classOf: (row, over) => {
      const value = row[index];
      if (value === null || value === undefined) { return over === false ? limits.length + 2 : limits.length + 1; }
      if (value <= 0) { return over === false ? limits.length + 2 : limits.length; }
      return limits.findIndex((low) => value > low);
    }
  };
}

// Three round limits that part the amounts into about equal shares.
function roundLimits(values) {
  const sorted = values.filter((value) => value > 0).sort((a, b) => a - b);
  const round = (value) => {
    const step = Math.pow(10, Math.floor(Math.log10(value)));
    return Number((Math.max(1, Math.round(value / step)) * step).toPrecision(3));
  };
  const limits = [0.75, 0.5, 0.25].map((share) => round(sorted[Math.floor(sorted.length * share)] || 0.001));
  return sorted.length < 4 ? [0] : [...new Set(limits)].concat(0);
}

function countTheme(table) {
  const indexes = shortColumns.map((name) => report.columnIndex(table, name));
  const classes = [3, 2, 1, 0].map(
    (count, at) => ({label: () => report.text('short' + count), colour: at < 3 ? shortColours[at] : '#ddeef6'}));
  classes.push(
    {label: () => report.text('unknown'), colour: 'hatched'},
    {label: () => report.text('notAssessed'), colour: nothing});
  return {
    id: 'short',
    title: () => report.text('shortUtilities'),
    classes,
    classOf: (row, over) => {
      if (!over) { return 5; }
      const values = indexes.map((index) => (index < 0 ? null : row[index]));
      if (values.every((value) => value === null)) { return 4; }
      return 3 - values.filter((value) => value > 0).length;
    }
  };
}

// Every way to colour the districts that the table of units has columns for.
report.unitThemes = function(table) {
  const themes = [];
  const has = (name) => report.columnIndex(table, name) >= 0;
  if (has('status')) { themes.push(wordTheme('status', () => report.text('status'), table, 'status', statusColours)); }
  if (has('people_left_out_min')) {
    themes.push(rangeTheme(
      'people', () => report.text('peopleLeftOut'), report.columnIndex(table, 'people_left_out_min'), peopleLimits,
      peopleColours, 'nobody', 'people'));
  }
  if (shortColumns.every(has)) { themes.push(countTheme(table)); }
  for (const utility of ['water', 'power', 'gas', 'telecom']) {
    const name = () => report.word(utility);
    const column = shortColumns.find((one) => one.startsWith(utility));
    if (column && has(column)) {
      const index = report.columnIndex(table, column);
      themes.push(rangeTheme(
        utility + '_short', () => report.text('shortfallOf', {utility: name()}), index,
        roundLimits(table.rows.map((row) => row[index])), shortColours, 'noShortfall', table.columns[index].unit));
    }
    if (has(utility + '_reason')) {
      themes.push(wordTheme(
        utility + '_reason', () => report.text('reasonOf', {utility: name()}), table, utility + '_reason',
        reasonColours));
    }
  }
  return themes;
};

const ink = '#252525';
const zoneLooks = {
  operating: {fill: ink, line: '#ffffff', shape: 'square'},
  under_construction: {fill: '#969696', line: ink, shape: 'square'},
  approved: {fill: '#d9d9d9', line: ink, shape: 'square'},
  planned: {fill: '#ffffff', line: ink, shape: 'square'},
  closed: {fill: '#ffffff', line: ink, shape: 'cross'},
  unknown: {fill: '#ffffff', line: '#969696', shape: 'square'}
};
const utilityLooks = {
  water: {fill: '#0072b2', shape: 'circle'},
  power: {fill: '#e69f00', shape: 'triangle'},
  gas: {fill: '#009e73', shape: 'diamond'},
  telecom: {fill: '#cc79a7', shape: 'square'}
};
const severityLooks = {
  error: {fill: '#b2182b', line: '#ffffff', shape: 'diamond'},
  warning: {fill: '#e69f00', line: '#ffffff', shape: 'triangle'},
  note: {fill: '#737373', line: '#ffffff', shape: 'circle'}
};

function sourceLook(table, row) {
  const utility = report.cell(table, row, 'utility');
  const base = utilityLooks[utility] || {fill: '#737373', shape: 'circle'};
  const size = utility === 'telecom' ? 3.5 : 5;
  const label = () => report.word(utility);
  if (report.cell(table, row, 'role') === 'context') {
    return {
      key: utility + ':context',
      label: () => label() + report.comma() + report.text('context'),
      fill: base.fill,
      line: '#ffffff',
      shape: base.shape,
      size,
      faint: true
    };
  }
  const left = report.cell(table, row, 'headroom_left');
  if (left !== null && left <= 0) {
    return {
      key: utility + ':none',
      label: () => label() + report.comma() + report.text('nothingLeft'),
      fill: '#ffffff',
      line: base.fill,
      shape: base.shape,
      size: size - 0.5,
      hollow: true
    };
  }
  return {key: utility, label, fill: base.fill, line: '#ffffff', shape: base.shape, size};
}

// How a row of zones, sources or problems is drawn: {key, label, fill, line, shape, size}.
report.lookOf = function(layerName, table, row) {
  if (layerName.startsWith('source')) { return sourceLook(table, row); }
  const isProblem = layerName === 'problems';
  const word = report.cell(table, row, isProblem ? 'severity' : 'status') || 'unknown';
  const looks = isProblem ? severityLooks : zoneLooks;
  return Object.assign(
    {key: word, label: () => report.word(word), size: isProblem ? 6 : 4.5}, looks[word] || zoneLooks.unknown);
};

report.backdropLooks = {
  provinces: {color: '#4d4d4d', weight: 1.6},
  counties: {color: '#8c8c8c', weight: 0.8, dashArray: '4 3'},
  districts: {color: '#b0b0b0', weight: 0.6},
  roads: {color: '#b08d57', weight: 1.2},
  rivers: {color: '#5b9bd5', weight: 1},
  lakes: {color: '#5b9bd5', weight: 0.6, fillColor: '#c6dff2', fill: true},
  province_borders: {color: '#4d4d4d', weight: 1.6},
  county_borders: {color: '#8c8c8c', weight: 0.8, dashArray: '4 3'},
  borders: {color: '#4d4d4d', weight: 1.2},
  places: {color: '#3d3d3d', weight: 1, fillColor: '#ffffff', fill: true}
};

report.settlementColours = {
  1: '#4575b4',
  0: '#a50026',
  '?': '#8c8c8c'
};
}(window.amayeshReport = window.amayeshReport || {}));
