// What every chart shares: a figure with title, text, picture and the same data as a table.
(function(report) {
'use strict';

let count = 0;

report.chartWidth = (widest) => Math.max(300, Math.min(widest, document.documentElement.clientWidth - 48));

// A picture that screen readers announce by its title and description.
report.picture = function(width, height, title, text, children) {
  count += 1;
  const ids = ['chart-title-' + count, 'chart-text-' + count];
  return report.svg(
    'svg', {
      viewBox: '0 0 ' + width + ' ' + height,
      role: 'img',
      'aria-labelledby': ids.join(' '),
      class: 'chart',
      direction: 'ltr',
      'data-width': width
    },
    [report.svg('title', {id: ids[0]}, title), report.svg('desc', {id: ids[1]}, text)].concat(children));
};

report.svgText = function(x, y, text, attributes) {
  const direction = report.direction();
  return report.svg('text', Object.assign({x, y, direction, 'unicode-bidi': 'plaintext'}, attributes), text);
};

// `anchor` is 'start', 'middle' or 'end' as seen from the left, whatever the direction of the text.
report.anchor = function(anchor) {
  if (anchor === 'middle' || report.language !== 'fa') { return {'text-anchor': anchor}; }
  return {'text-anchor': anchor === 'start' ? 'end' : 'start'};
};

function dataTable(heads, rows) {
  const element = report.element;
  return element('details', {class: 'as-table'}, [
    element('summary', {}, report.text('asTable')),
    element(
      'div', {class: 'frame', tabindex: '0', role: 'region', 'aria-label': report.text('asTable')},
      element(
        'table', {},
        [
          element('thead', {}, element('tr', {}, heads.map((head) => element('th', {scope: 'col'}, head)))),
          element(
            'tbody', {},
            rows.map(
              (row) =>
                element('tr', {}, row.map((cell, at) => element(at ? 'td' : 'th', {scope: at ? null : 'row'}, cell)))))
        ]))
  ]);
}

report.chart = function(id, title, text, picture, heads, rows, extra) {
  const element = report.element;
  const parts = [
    element('figcaption', {}, [element('h3', {}, title), element('p', {}, text)]),
    picture ? element('div', {class: 'chart-frame'}, picture) : report.note(report.text('noData'))
  ];
  return element(
    'figure', {class: 'chart-figure', 'data-chart': id},
    parts.concat(extra || [], picture ? dataTable(heads, rows) : []));
};

// A round step that parts a range into at most `most` pieces.
report.roundStep = function(range, most) {
  const rough = range / most;
  const power = Math.pow(10, Math.floor(Math.log10(rough)));
  return [1, 2, 5, 10].map((one) => one * power).find((step) => step >= rough);
};

report.patternOfUnknown = function(id) {
  return report.svg(
    'defs', {},
    report.svg('pattern', {id, width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)'}, [
      report.svg('rect', {width: 6, height: 6, fill: '#f2f2f2'}),
      report.svg('line', {x1: 0, y1: 0, x2: 0, y2: 6, stroke: '#8c8c8c', 'stroke-width': 2})
    ]));
};
}(window.amayeshReport = window.amayeshReport || {}));
