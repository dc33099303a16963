// Building blocks of the page. Text reaches the page as text nodes alone.
(function(report) {
'use strict';

const svgNamespace = 'http://www.w3.org/2000/svg';

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) { continue; }
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  for (const child of [].concat(children === undefined ? [] : children)) {
    if (child !== null && child !== undefined && child !== false) { element.append(child); }
  }
  return element;
}

report.element = (tag, attributes, children) => fill(document.createElement(tag), attributes, children);
report.svg = (tag, attributes, children) => fill(document.createElementNS(svgNamespace, tag), attributes, children);

// A name or other text from the data: isolated from the text around it, with its own language.
report.name = function(text) {
  return report.element('bdi', {lang: report.foreignLanguage(text)}, String(text));
};

// A value of a table as people read it. `where` is 'cell' (short), 'exact' (a cell, not rounded) or 'full'.
report.value = function(column, value, where, decimals, unitOfRow) {
  const element = report.element;
  if (value === null || value === undefined) {
    const meaning = report.meaningOfMissing(column);
    if (where === 'full' || meaning === report.text('unknown')) { return element('span', {class: 'missing'}, meaning); }
    return element(
      'span', {class: 'missing', title: meaning},
      [element('span', {'aria-hidden': 'true'}, '–'), element('span', {class: 'unseen'}, meaning)]);
  }
  if (column.words) { return element('span', {}, report.word(value)); }
  if (column.terms) { return report.name(report.term(value)); }
  if (typeof value === 'number') {
    const unit = report.unit(unitOfRow || column.unit);
    const shown = where === 'exact' ? report.exactNumber(value) : report.number(value, decimals);
    return element('span', {}, where === 'full' && unit ? shown + (unit === '°' ? '' : '\u00a0') + unit : shown);
  }
  return report.name(value);
};

// A text from the data where no element can isolate it (attributes, titles, pictures).
report.plain = (text) => String(text).replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
report.isolated = (text) => '\u2068' + report.plain(text) + '\u2069';

report.columnTitle = (column) => report.pick(column.title) || column.name;

report.section = function(id, title, children) {
  const heading = report.element('h2', {id: id + '-title'}, title);
  return report.element('section', {id, 'aria-labelledby': id + '-title'}, [heading].concat(children));
};

report.note = (text) => report.element('p', {class: 'note'}, text);

// ---- tables of the data

report.table = (name) => report.data.tables.find((table) => table.name === name) || null;

report.columnIndex = function(table, name) {
  return table ? table.columns.findIndex((column) => column.name === name) : -1;
};

report.cell = function(table, row, name) {
  const index = report.columnIndex(table, name);
  return index < 0 ? null : row[index];
};
}(window.amayeshReport = window.amayeshReport || {}));
