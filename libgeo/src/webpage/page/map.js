// The map: its layers, what colours the districts, pointing and choosing.
(function(report) {
'use strict';

const state = {
  theme: null,
  themes: [],
  layers: [],
  names: true,
  chosen: null
};
let map = null;
let frame = null;
let renderers = null;
let highlight = null;
let tooltip = null;

report.mapState = state;

const tableOf = (layer) => (layer.table ? report.table(layer.table) : null);

// Whether a unit is over the threshold; null where its population is unknown.
report.isOver = function(row) {
  const threshold = report.cell(report.table('units'), row, 'threshold');
  return threshold === 'over' ? true : threshold === 'not_over' ? false : null;
};

function fillOf(one) {
  return one.colour === 'hatched' ? report.hatching() : one.colour;
}

function unitStyle(place) {
  const row = report.table('units').rows[place.row];
  const over = report.isOver(row);
  const one = state.theme.classes[state.theme.classOf(row, over)] || {colour: 'hatched'};
  return {
    fillColor: fillOf(one),
    fillOpacity: 1,
    color: over ? '#4d4d4d' : '#a6a6a6',
    weight: over ? 1 : 0.5,
    opacity: 1
  };
}

function unitShape(place) {
  const L = window.L;
  const style = unitStyle(place);
  if (!place.polygons) {
    place.mark = true;
    return L.circleMarker(place.at, Object.assign(style, {radius: 6, interactive: false, renderer: renderers.areas}));
  }
  return L.polygon(place.polygons, Object.assign(style, {interactive: false, renderer: renderers.areas}));
}

function resultShapes(layer, place) {
  const L = window.L;
  const table = tableOf(layer);
  const look = report.lookOf(layer.name, table, table.rows[place.row]);
  place.look = look;
  if (place.lines) {
    return [L.polyline(place.lines, {
      color: look.fill,
      weight: look.faint ? 1.2 : 1.8,
      opacity: look.faint ? 0.55 : 1,
      interactive: false,
      renderer: renderers.marks
    })];
  }
  place.mark = true;
  const marker = report.shapeMarker(place.at, look);
  marker.options.interactive = false;
  marker.options.renderer = renderers.marks;
  if (!place.polygons) { return [marker]; }
  const outline = look.fill === '#ffffff' ? look.line : look.fill;
  return [
    L.polygon(place.polygons, {
      color: outline,
      weight: 1,
      fillColor: look.fill,
      fillOpacity: 0.6,
      interactive: false,
      renderer: renderers.marks
    }),
    marker
  ];
}

function backdropShape(layer, place) {
  const L = window.L;
  const look =
    Object.assign({color: '#9a9a9a', weight: 0.8, fill: false, interactive: false}, report.backdropLooks[layer.name]);
  look.renderer = layer.name === 'lakes' ? renderers.low : renderers.lines;
  if (place.polygons) { return L.polygon(place.polygons, Object.assign({fillOpacity: 1}, look)); }
  if (place.lines) { return L.polyline(place.lines, look); }
  return L.circleMarker(place.at, Object.assign({radius: 2.5, fillOpacity: 1}, look));
}

// One entry of the list of layers: {layer, places, group, isOn}.
function entryOf(layer) {
  const entry = {layer, places: report.placesOf(layer), group: window.L.layerGroup(), isOn: true};
  if (layer.name === 'settlements') {
    entry.group = report.settlementLayer(layer);
  } else if (layer.role === 'backdrop') {
    entry.places.forEach((place) => entry.group.addLayer(backdropShape(layer, place)));
  } else if (layer.table === 'units') {
    const rows = report.table('units').rows;
    entry.places.sort(
      (a, b) =>
        Number(report.isOver(rows[a.row]) === true) - Number(report.isOver(rows[b.row]) === true) || a.row - b.row);
    entry.places.forEach((place) => {
      place.shape = unitShape(place);
      entry.group.addLayer(place.shape);
    });
  } else if (tableOf(layer)) {
    entry.places.forEach((place) => resultShapes(layer, place).forEach((shape) => entry.group.addLayer(shape)));
    entry.isOn = layer.name !== 'problems' && entry.places.length <= 500;
  } else {
    entry.places.forEach((place) => entry.group.addLayer(backdropShape(layer, place)));
  }
  return entry;
}

// Names in the order in which they may take room: left-out districts first, then towns, then the others.
let nameList = null;
function names() {
  if (!state.names) { return []; }
  if (nameList) { return nameList; }
  nameList = [];
  for (const entry of state.layers) {
    if (!entry.isOn) { continue; }
    const table = tableOf(entry.layer);
    for (const place of entry.places) {
      if (entry.layer.table === 'units') {
        const row = table.rows[place.row];
        const left = report.cell(table, row, 'people_left_out_min') || 0;
        const over = report.isOver(row) === true;
        nameList.push({
          at: place.at,
          text: report.isolated(report.rowName(table, row)),
          strong: over,
          farthest: over ? 1400 : 220,
          rank: over ? 3 + left : 1
        });
      } else if (entry.layer.table === 'zones') {
        nameList.push({
          at: place.at,
          text: report.isolated(report.rowName(table, table.rows[place.row])),
          farthest: 90,
          rank: 2,
          size: 11,
          below: 12,
          colour: '#555555'
        });
      } else if (place.label) {
        nameList.push({
          at: place.at,
          text: report.isolated(place.label),
          farthest: 900,
          rank: 2.5,
          size: 11,
          below: 10,
          colour: '#3d3d3d'
        });
      }
    }
  }
  nameList.sort((a, b) => b.rank - a.rank);
  return nameList;
}

function shownPlaces() {
  return [].concat(...state.layers.filter((entry) => entry.isOn && tableOf(entry.layer)).map((entry) => entry.places));
}

function eventPlace(event) {
  const touched = window.matchMedia('(pointer: coarse)').matches;
  return report.placeAt(map, shownPlaces(), event.containerPoint, touched ? 12 : 6);
}

function point(event) {
  const place = eventPlace(event);
  frame.classList.toggle('pointing', Boolean(place));
  if (!place) {
    map.closeTooltip(tooltip);
    return;
  }
  const key = place.layer + place.row + report.language + state.theme.id;
  if (tooltip.key !== key) {
    tooltip.key = key;
    tooltip.setContent(report.tooltipOf(place, state.theme));
  }
  tooltip.setLatLng(event.latlng);
  if (!map.hasLayer(tooltip)) { map.openTooltip(tooltip); }
}

// Outlines the chosen place.
function outline(place) {
  const L = window.L;
  highlight.clearLayers();
  if (!place) { return; }
  const put = (options) =>
    Object.assign({fill: false, interactive: false, renderer: renderers.chosen, opacity: 1}, options);
  for (const options of [put({color: '#ffffff', weight: 6}), put({color: '#111111', weight: 3})]) {
    if (place.polygons && !place.mark) {
      highlight.addLayer(L.polygon(place.polygons, options));
    } else if (place.lines) {
      highlight.addLayer(L.polyline(place.lines, options));
    } else {
      highlight.addLayer(L.circleMarker(place.at, Object.assign({radius: 10}, options)));
    }
  }
}

const placeOfRow = (tableName, row) => {
  for (const entry of state.layers) {
    if (entry.layer.table !== tableName) { continue; }
    const place = entry.places.find((one) => one.row === row);
    if (place) { return {entry, place}; }
  }
  return null;
};

let mapped = null;
function mappedRows() {
  if (!mapped) {
    mapped = new Map();
    for (const layer of report.data.map ? report.data.map.layers : []) {
      if (!layer.table) { continue; }
      const rows = mapped.get(layer.table) || new Set();
      (layer.features || []).forEach((feature) => rows.add(feature.row));
      mapped.set(layer.table, rows);
    }
  }
  return mapped;
}
report.isTableOnMap = (name) => mappedRows().has(name);
report.isOnMap = (name, row) => mappedRows().has(name) && mappedRows().get(name).has(row);

// Says to screen readers what was chosen.
function announce() {
  const chosen = state.chosen;
  const table = chosen && report.table(chosen.table);
  const said = document.getElementById('chosen');
  if (said) {
    said.textContent =
      chosen ? report.text('details') + ': ' + report.isolated(report.rowName(table, table.rows[chosen.row])) : '';
  }
}

// Chooses a row everywhere: in the details, in its table, on the map. `from` is 'map' or 'table'.
report.choose = function(tableName, row, from) {
  state.chosen = tableName ? {table: tableName, row} : null;
  report.showDetails();
  announce();
  report.markRow(tableName, row);
  const found = tableName ? placeOfRow(tableName, row) : null;
  if (map) { outline(found && found.place); }
  if (!found || !map || from === 'map') { return; }
  if (!found.entry.isOn) {
    report.setLayer(found.entry, true);
    report.showLegend();
  }
  const [south, west, north, east] = found.place.bounds;
  if (south === north && west === east) {
    map.setView([south, west], Math.max(map.getZoom(), 10), {animate: false});
  } else {
    map.fitBounds([[south, west], [north, east]], {animate: false, maxZoom: 11, padding: [120, 120]});
  }
  frame.scrollIntoView({block: 'center', behavior: report.moves()});
  frame.focus({preventScroll: true});
};

report.moves = () => (window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth');

report.setLayer = function(entry, isOn) {
  entry.isOn = isOn;
  nameList = null;
  if (isOn) {
    entry.group.addTo(map);
  } else {
    entry.group.remove();
  }
  state.nameLayer.redraw();
};

report.setNames = function(isOn) {
  state.names = isOn;
  state.nameLayer.redraw();
};

report.setTheme = function(theme) {
  state.theme = theme;
  tooltip.key = null;
  state.layers.filter((entry) => entry.layer.table === 'units')
    .forEach((entry) => entry.places.forEach((place) => place.shape.setStyle(unitStyle(place))));
};

report.wholeMap = function() {
  const [west, south, east, north] = report.data.map.bounds || [44, 25, 63.5, 40];
  map.fitBounds([[south, west], [north, east]], {animate: false, padding: [12, 12]});
};

report.zoomMap = (step) => (step > 0 ? map.zoomIn(1) : map.zoomOut(1));

function scaleBar() {
  const Scale = window.L.Control.Scale.extend({
    _updateMetric: function(maxMetres) {
      const metres = this._getRoundNum(maxMetres);
      const text = metres < 1000 ? report.amount(metres, 'm') : report.amount(metres / 1000, 'km');
      this._mScale.style.width = Math.round(this.options.maxWidth * metres / maxMetres) + 'px';
      this._mScale.dir = report.direction();
      this._mScale.textContent = text;
    }
  });
  return new Scale({imperial: false, maxWidth: 140, position: 'bottomleft'});
}

// Makes the map once, in the frame that the page gives it.
report.startMap = function(element) {
  const L = window.L;
  frame = element;
  map = L.map(frame, {
    preferCanvas: true,
    attributionControl: false,
    zoomControl: false,
    zoomSnap: 0.25,
    zoomDelta: 0.5,
    minZoom: 3,
    maxZoom: 17,
    fadeAnimation: false,
    zoomAnimation: false,
    markerZoomAnimation: false,
    inertia: false,
    worldCopyJump: false,
    scrollWheelZoom: false
  });
  report.leafletMap = map;
  renderers = report.makePanes(map);
  state.themes = report.table('units') ? report.unitThemes(report.table('units')) : [];
  state.theme = state.themes[0] || {id: 'none', title: () => '', classes: [], classOf: () => -1};
  report.wholeMap();
  state.layers = report.data.map.layers.map(entryOf);
  state.layers.forEach((entry) => {
    if (entry.isOn) { entry.group.addTo(map); }
  });
  highlight = L.layerGroup().addTo(map);
  state.nameLayer = report.nameLayer(names).addTo(map);
  state.scale = scaleBar().addTo(map);
  tooltip = L.tooltip({direction: 'top', offset: [0, -8], className: 'pointed', opacity: 1});
  map.on('mousemove', point);
  map.on('mouseout', () => map.closeTooltip(tooltip));
  map.on('click', (event) => {
    const place = eventPlace(event);
    report.choose(place ? placeTable(place) : null, place ? place.row : null, 'map');
  });
  map.on('focus', () => map.scrollWheelZoom.enable());
  map.on('blur', () => map.scrollWheelZoom.disable());
};

const placeTable = (place) => state.layers.find((entry) => entry.layer.name === place.layer).layer.table;

// After a change of language, size or paper.
report.redrawMap = function() {
  if (!map) { return; }
  tooltip.key = null;
  map.closeTooltip(tooltip);
  map.invalidateSize({animate: false, pan: false});
  state.scale._update();
  state.nameLayer.redraw();
};
}(window.amayeshReport = window.amayeshReport || {}));
