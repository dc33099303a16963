// Beside the map: what colours the districts, the legend, and the switches of the layers.
(function(report) {
'use strict';

const el = (...parts) => report.element(...parts);

function areaSwatch(one) {
  const swatch = el('span', {class: one.colour === 'hatched' ? 'swatch hatched' : 'swatch', 'aria-hidden': 'true'});
  if (one.colour !== 'hatched') { swatch.style.backgroundColor = one.colour; }
  return swatch;
}

// A small drawing of a marker, by the same outlines as on the map.
function markSwatch(look) {
  const canvas = el('canvas', {width: 40, height: 40, class: 'mark', 'aria-hidden': 'true'});
  const context = canvas.getContext('2d');
  context.scale(2, 2);
  context.globalAlpha = look.faint ? 0.45 : 1;
  report.traceShape(context, look.shape, 10, 10, Math.min(look.size, 5));
  context.fillStyle = look.fill;
  context.fill();
  context.lineWidth = look.hollow || look.shape === 'cross' ? 1.8 : 1;
  context.strokeStyle = look.line === '#ffffff' ? look.fill : look.line;
  context.stroke();
  return canvas;
}

function lineSwatch(look) {
  const swatch = el('span', {class: look.fill ? 'swatch' : 'swatch line', 'aria-hidden': 'true'});
  if (look.fill) { swatch.style.backgroundColor = look.fillColor; }
  swatch.style.borderColor = look.color;
  if (look.dashArray) { swatch.style.borderTopStyle = 'dashed'; }
  return swatch;
}

function backdropSwatch(layer) {
  const look = report.backdropLooks[layer.name] || {color: '#9a9a9a'};
  if (layer.kind !== 'point') { return lineSwatch(look); }
  return markSwatch({shape: 'circle', size: 3, fill: look.fillColor || '#ffffff', line: look.color});
}

const item = (swatch, label) => el('li', {}, [swatch, el('span', {}, label)]);

// The looks that occur in a layer, each once, with its place in the list of words kept.
function looksOf(entry) {
  const looks = new Map();
  entry.places.forEach((place) => {
    if (place.look && !looks.has(place.look.key)) { looks.set(place.look.key, place.look); }
  });
  return [...looks.keys()].sort().map((key) => looks.get(key));
}

const unknownReach = () => (report.data.reach === 'straight' ? 'unknown' : 'noWayOrUnknown');

function itemsOf(entry) {
  const name = entry.layer.name;
  if (name === 'settlements') {
    const dot = (kind, label) => item(
      markSwatch(
        {shape: 'circle', size: 3, fill: report.settlementColours[kind], line: report.settlementColours[kind]}),
      label);
    const items = [dot('0', report.text('notInReach')), dot('1', report.text('inReach'))];
    if ((entry.layer.in_reach || '').includes('?')) { items.push(dot('?', report.text(unknownReach()))); }
    return items;
  }
  return looksOf(entry).map(
    (look) =>
      item(look.shape && !entry.places[0].lines ? markSwatch(look) : lineSwatch({color: look.fill}), look.label()));
}

function focusOn(name) {
  const box = document.querySelector('#legend [data-layer="' + name + '"]');
  if (box) { box.focus({preventScroll: true}); }
}

function layerBlock(entry) {
  const box = el('input', {
    type: 'checkbox',
    'data-layer': entry.layer.name,
    onchange: () => {
      report.setLayer(entry, box.checked);
      report.showLegend();
      focusOn(entry.layer.name);
    }
  });
  box.checked = entry.isOn;
  const isBackdrop = entry.layer.role === 'backdrop';
  const hint = entry.layer.name === 'settlements' && (entry.layer.flat || []).length > 10000 ?
    el('span', {class: 'hint'}, report.text('closeUp')) :
    null;
  const items = isBackdrop ? [] : itemsOf(entry);
  return el('div', {class: entry.isOn ? 'layer' : 'layer off'}, [
    el(
      'label', {},
      [box, ' ', isBackdrop ? backdropSwatch(entry.layer) : null, report.pick(entry.layer.title) || entry.layer.name]),
    hint, items.length ? el('ul', {}, items) : null
  ]);
}

function namesBlock() {
  const box = el('input', {type: 'checkbox', 'data-layer': 'names', onchange: () => report.setNames(box.checked)});
  box.checked = report.mapState.names;
  return el('div', {class: 'layer names'}, el('label', {}, [box, ' ', report.text('labels')]));
}

// The choice of what colours the districts, for the bar above the map.
report.themeChoice = function() {
  const state = report.mapState;
  const choice = el(
    'select', {
      id: 'colour-by',
      onchange: () => {
        report.setTheme(state.themes.find((theme) => theme.id === choice.value));
        report.showLegend();
      }
    },
    state.themes.map((theme) => el('option', {value: theme.id}, theme.title())));
  if (state.theme) { choice.value = state.theme.id; }
  return el('label', {class: 'theme-choice'}, [el('span', {}, report.text('colourBy')), choice]);
};

// Draws the legend anew for the theme and language.
report.showLegend = function() {
  const panel = document.getElementById('legend');
  if (!panel) { return; }
  const state = report.mapState;
  const isUnits = (entry) => entry.layer.table === 'units';
  const units = state.layers.find(isUnits);
  const unit = state.theme.unit ? report.unit(state.theme.unit) : '';
  const blocks = [];
  if (units && state.theme.classes.length) {
    blocks.push(el('div', {class: 'layer theme'}, [
      el('p', {class: 'legend-title'}, [state.theme.title(), unit ? el('span', {class: 'unit'}, ' ' + unit) : null]),
      el('ul', {}, state.theme.classes.map((one) => item(areaSwatch(one), one.label())))
    ]));
  }
  state.layers.slice().reverse().filter((entry) => !isUnits(entry)).forEach((entry) => blocks.push(layerBlock(entry)));
  blocks.push(namesBlock());
  panel.replaceChildren(el('h3', {}, report.text('legend')), el('div', {class: 'blocks'}, blocks));
};
}(window.amayeshReport = window.amayeshReport || {}));
