// The charts: people left out against distance, the utilities, the provinces.
(function(report) {
'use strict';

const svg = (...parts) => report.svg(...parts);
const write = (...parts) => report.svgText(...parts);
const known = (value) => value !== null && value !== undefined;

function distanceChart() {
  const data = report.data.charts && report.data.charts.left_out_by_distance;
  const inMinutes = Boolean(data && data.unit === 'min');
  const title = report.text(inMinutes ? 'chartMinutes' : 'chartDistance');
  const limit = data && known(data.limit) ? data.limit : null;
  const text = report.text(
    inMinutes ? 'chartMinutesText' : 'chartDistanceText',
    {limit: limit === null ? report.text('unknown') : report.number(limit)});
  const axis = report.text(inMinutes ? 'minutes' : 'distance');
  const most = data && data.people && data.people.length > 1 ? Math.max(...data.people) : 0;
  if (!most) { return report.chart('distance', title, text, null); }
  const width = report.chartWidth(640);
  const height = width < 600 ? 280 : 420;
  const frame = {left: 22 + report.number(most).length * 7, right: width - 16, top: 24, bottom: height - 44};
  const last = data.distance[data.distance.length - 1];
  const x = (distance) => frame.left + (frame.right - frame.left) * distance / last;
  const y = (people) => frame.bottom - (frame.bottom - frame.top) * people / most;
  const parts = [];
  const step = report.roundStep(most, 5);
  for (let value = 0; value <= most; value += step) {
    parts.push(
      svg('line', {x1: frame.left, x2: frame.right, y1: y(value), y2: y(value), class: 'grid'}),
      write(frame.left - 8, y(value) + 4, report.number(value), report.anchor('end')));
  }
  const ticks = width < 450 ? 5 : 10;
  const quarters = [15, 30, 60, 120, 240, 480, 960];
  const tick = (inMinutes && quarters.find((minutes) => last / minutes <= ticks)) || report.roundStep(last, ticks);
  for (let distance = 0; distance <= last; distance += tick) {
    parts.push(write(x(distance), frame.bottom + 18, report.number(distance), report.anchor('middle')));
  }
  let path = 'M' + x(data.distance[0]) + ' ' + y(data.people[0]);
  for (let i = 1; i < data.distance.length; i++) { path += 'L' + x(data.distance[i]) + ' ' + y(data.people[i]); }
  parts.push(
    svg('path', {
      d: path + 'L' + x(last) + ' ' + frame.bottom + 'L' + x(data.distance[0]) + ' ' + frame.bottom + 'Z',
      class: 'area'
    }),
    svg('path', {d: path, class: 'curve'}),
    svg('line', {x1: frame.left, x2: frame.right, y1: frame.bottom, y2: frame.bottom, class: 'axis'}),
    write(
      (frame.left + frame.right) / 2, height - 6, axis, Object.assign({class: 'axis-title'}, report.anchor('middle'))),
    write(frame.left - 8, 12, report.text('people'), Object.assign({class: 'axis-title'}, report.anchor('end'))));
  if (limit !== null && limit <= last) {
    const side = x(limit) > (frame.left + frame.right) / 2 ? -6 : 6;
    parts.push(
      svg('line', {x1: x(limit), x2: x(limit), y1: frame.top - 12, y2: frame.bottom, class: 'limit'}),
      write(
        x(limit) + side, frame.top - 4,
        report.text(inMinutes ? 'minutesLimit' : 'reachLimit', {limit: report.number(limit)}),
        Object.assign({class: 'limit-text'}, report.anchor(side < 0 ? 'end' : 'start'))));
  }
  const notes = [];
  if (data.people_unknown_units) {
    notes.push(report.note(report.text('chartDistanceUnknown', {count: report.number(data.people_unknown_units)})));
  }
  if (data.people_without_way) {
    notes.push(report.note(report.text('chartWithoutWay', {count: report.number(data.people_without_way)})));
  }
  if (data.may_be_nearer) { notes.push(report.note(report.text('chartDistanceNearer'))); }
  return report.chart(
    'distance', title, text, report.picture(width, height, title, text, parts), [axis, report.text('people')],
    data.distance.map((distance, at) => [report.number(distance), report.number(data.people[at])]), notes);
}

// Rectangles and texts from the side where reading begins.
function sided(width) {
  const rightToLeft = report.language === 'fa';
  return {
    bar: (x, y, w, h, attributes) =>
      svg('rect', Object.assign({x: rightToLeft ? width - x - w : x, y, width: Math.max(0, w), height: h}, attributes)),
    text: (x, y, text, attributes) =>
      write(rightToLeft ? width - x : x, y, text, Object.assign({'text-anchor': 'start'}, attributes)),
    line: (x1, x2, y1, y2, attributes) => svg(
      'line', Object.assign({x1: rightToLeft ? width - x1 : x1, x2: rightToLeft ? width - x2 : x2, y1, y2}, attributes))
  };
}

const utilities = () => ((report.data.charts && report.data.charts.utilities) || []);
const amounts = (one) =>
  (one && one.demand && known(one.demand.value) && (one.demand.value > 0 || one.demand.high > 0) ? one : null);

function key(entries) {
  return report.element('ul', {class: 'key'}, entries.map(([colour, label]) => {
    const swatch =
      report.element('span', {class: colour === 'hatched' ? 'swatch hatched' : 'swatch', 'aria-hidden': 'true'});
    if (colour !== 'hatched') { swatch.style.backgroundColor = colour; }
    return report.element('li', {}, [swatch, report.element('span', {}, label)]);
  }));
}

const suppliedColour = '#74add1';
const shortColour = '#d73027';

function utilitiesChart() {
  const rows = utilities().filter(amounts);
  const title = report.text('chartUtilities');
  const text = report.text('chartUtilitiesText');
  if (!rows.length) { return report.chart('utilities', title, text, null); }
  const width = report.chartWidth(640);
  const rowHeight = 62;
  const side = sided(width);
  const parts = [];
  rows.forEach((one, at) => {
    const top = at * rowHeight + 8;
    const most = Math.max(one.demand.value, one.demand.high || 0, 1e-9);
    const length = (value) => (width - 4) * value / most;
    const short = one.shortfall && known(one.shortfall.value) ? one.shortfall.value : null;
    const supplied = one.supplied && known(one.supplied.value) ? one.supplied.value :
      short === null                                           ? null :
                                                                 one.demand.value - short;
    const said =
      [
        report.pick(one.title) + ': ' + report.text('demand') + ' ' + report.number(one.demand.value),
        report.text('shortfall') + ' ' + report.amount(short, one.unit),
        one.unknown_units ? report.text('unknownDistricts', {count: report.number(one.unknown_units)}) : null
      ].filter(Boolean)
        .join(report.comma());
    parts.push(
      side.text(0, top + 12, said, {class: 'strong'}),
      side.bar(0, top + 20, length(one.demand.value), 18, {fill: '#e6e6e6'}),
      side.bar(0, top + 20, length(supplied || 0), 18, {fill: suppliedColour}),
      side.bar(length(one.demand.value - (short || 0)), top + 20, length(short || 0), 18, {fill: shortColour}));
    if (known(one.demand.low) && known(one.demand.high)) {
      parts.push(
        side.line(length(one.demand.low), length(one.demand.high), top + 44, top + 44, {class: 'whisker'}),
        side.line(length(one.demand.low), length(one.demand.low), top + 41, top + 47, {class: 'whisker'}),
        side.line(length(one.demand.high), length(one.demand.high), top + 41, top + 47, {class: 'whisker'}));
    }
  });
  const range = (three, unit) =>
    (three && known(three.value) ? report.amount(three.value, unit) +
         (known(three.low) && known(three.high) ?
            ' (' + report.text('range', {low: report.number(three.low), high: report.number(three.high)}) + ')' :
            '') :
                                   report.text('unknown'));
  return report.chart(
    'utilities', title, text, report.picture(width, rows.length * rowHeight, title, text, parts),
    ['utility', 'demand', 'supplied', 'shortfall'].map((name) => report.text(name)),
    rows.map(
      (one) =>
        [report.pick(one.title), range(one.demand, one.unit), range(one.supplied, one.unit),
         range(one.shortfall, one.unit)]),
    key([[suppliedColour, report.text('supplied')], [shortColour, report.text('shortfall')]]));
}

function reasonsChart() {
  const rows = utilities().filter((one) => (one.reasons || []).some((reason) => reason.units > 0));
  const title = report.text('chartReasons');
  const text = report.text('chartReasonsText');
  if (!rows.length) { return report.chart('reasons', title, text, null); }
  const width = report.chartWidth(640);
  const rowHeight = 46;
  const side = sided(width);
  const order = Object.keys(report.reasonColours);
  const used = new Map();
  const parts = [report.patternOfUnknown('unknown-pattern')];
  rows.forEach((one, at) => {
    const top = at * rowHeight;
    const all = one.reasons.reduce((sum, reason) => sum + reason.units, 0);
    parts.push(side.text(0, top + 14, report.pick(one.title), {class: 'strong'}));
    let x = 0;
    one.reasons.slice().sort((a, b) => order.indexOf(a.word) - order.indexOf(b.word)).forEach((reason) => {
      const length = width * reason.units / all;
      const colour = report.reasonColours[reason.word] || 'hatched';
      used.set(reason.word, colour);
      parts.push(side.bar(
        x, top + 20, Math.max(0, length - 1), 18, {fill: colour === 'hatched' ? 'url(#unknown-pattern)' : colour}));
      if (length > 22) {
        const isDark = colour === '#d73027';
        parts.push(side.text(
          x + length / 2, top + 33, report.number(reason.units),
          {class: isDark ? 'on-dark' : 'on-light', 'text-anchor': 'middle'}));
      }
      x += length;
    });
  });
  const words = [...used.keys()].sort((a, b) => order.indexOf(a) - order.indexOf(b));
  return report.chart(
    'reasons', title, text, report.picture(width, rows.length * rowHeight, title, text, parts),
    [report.text('utility')].concat(words.map(report.word)),
    rows.map(
      (one) => [report.pick(one.title)].concat(
        words.map((word) => report.number((one.reasons.find((reason) => reason.word === word) || {units: 0}).units)))),
    key(words.map((word) => [used.get(word), report.word(word)])));
}

const provinceColumns = [
  {
    title: () => report.text('peopleLeftOut'),
    unit: 'people',
    colour: '#d7301f',
    value: (one) => (one.people_left_out ? one.people_left_out.min : null)
  },
  {title: () => report.text('newZones'), unit: 'ha', colour: '#525252', value: (one) => one.new_zone_ha},
  {title: () => report.word('water'), unit: 'L/s', colour: '#0072b2', value: (one) => one.water},
  {title: () => report.word('power'), unit: 'MW', colour: '#e69f00', value: (one) => one.power},
  {title: () => report.word('gas'), unit: 'm³/h', colour: '#009e73', value: (one) => one.gas}
];

function provincesChart() {
  const rows =
    ((report.data.charts && report.data.charts.shortfall_by_province) || []).filter((one) => one.units_over !== 0);
  const title = report.text('chartProvinces');
  const text = report.text('chartProvincesText');
  const hasValues = rows.some((one) => provinceColumns.some((column) => known(column.value(one))));
  if (!hasValues) { return report.chart('provinces', title, text, null); }
  const size = (one) => (known(provinceColumns[0].value(one)) ? provinceColumns[0].value(one) : -1);
  rows.sort((a, b) => size(b) - size(a));
  const width = 960;
  const names = 170;
  const columnWidth = (width - names) / provinceColumns.length;
  const rowHeight = 26;
  const side = sided(width);
  const parts = [];
  provinceColumns.forEach((column, c) => {
    const left = names + c * columnWidth;
    const most = Math.max(...rows.map((one) => column.value(one) || 0), 1e-9);
    parts.push(
      side.text(left, 14, column.title(), {class: 'strong'}), side.text(left, 30, report.unit(column.unit), {}));
    rows.forEach((one, r) => {
      const top = 40 + r * rowHeight;
      const value = column.value(one);
      const length = known(value) ? (columnWidth - 86) * value / most : 0;
      parts.push(
        side.bar(left, top + 4, length, rowHeight - 9, {fill: column.colour}),
        side.text(
          left + length + 6, top + 17, known(value) ? report.number(value) : report.text('unknown'),
          {class: known(value) ? null : 'missing'}));
    });
  });
  const nameOf = (one) => (known(one.province) && one.province !== '' ? one.province : report.text('unknown'));
  rows.forEach((one, r) => parts.push(side.text(0, 40 + r * rowHeight + 17, report.isolated(nameOf(one)), {})));
  return report.chart(
    'provinces', title, text, report.picture(width, 44 + rows.length * rowHeight, title, text, parts),
    [report.text('province')].concat(
      provinceColumns.map((column) => column.title() + ' (' + report.unit(column.unit) + ')')),
    rows.map(
      (one) => [report.name(nameOf(one))].concat(provinceColumns.map((column) => report.number(column.value(one))))));
}

report.charts = () => [distanceChart(), utilitiesChart(), reasonsChart(), provincesChart()];
}(window.amayeshReport = window.amayeshReport || {}));
