// The key figures, each a card: number, unit, what it is, low and high.
(function(report) {
'use strict';

function rangeOf(figure) {
  const {low, high} = figure;
  if (low === undefined || low === null || high === undefined || low === high) { return null; }
  if (high === null) {
    return report.element('p', {class: 'range'}, report.text('noUpperBound', {low: report.number(low)}));
  }
  return report.element(
    'p', {class: 'range'}, report.text('between', {low: report.number(low), high: report.number(high)}));
}

function card(figure) {
  const isUnknown = figure.value === null || figure.value === undefined;
  const unit = report.unit(figure.unit);
  return report.element('li', {class: 'card', 'data-figure': figure.id}, [
    report.element(
      'p', {class: isUnknown ? 'figure missing' : 'figure'},
      [
        isUnknown ? report.text('unknown') : report.number(figure.value),
        !isUnknown && unit ? report.element('span', {class: 'unit'}, '\u00a0' + unit) : null
      ]),
    report.element('p', {class: 'figure-title'}, report.pick(figure.title)), rangeOf(figure),
    figure.note ? report.element('p', {class: 'figure-note'}, report.pick(figure.note)) : null
  ]);
}

report.keyFigures = function() {
  const figures = report.data.key_figures || [];
  return figures.length ? report.element('ul', {class: 'cards'}, figures.map(card)) :
                          report.note(report.text('noData'));
};
}(window.amayeshReport = window.amayeshReport || {}));
