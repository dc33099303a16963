// Which rows of a table are shown, and in which order: filter and sort.
(function(report) {
'use strict';

const withoutSeparators = (text) => text.replace(/(\d),(?=\d)/g, '$1');

// One folded line of text a row, over the shown columns, as they read in the page's language.
function linesOf(table, columns) {
  return table.rows.map(
    (row) => withoutSeparators(columns
                                 .map((index) => {
                                   const value = row[index];
                                   const column = table.columns[index];
                                   if (value === null || value === undefined) {
                                     return report.fold(report.meaningOfMissing(column));
                                   }
                                   return report.fold(report.inWords(column, value));
                                 })
                                 .join('\n')));
}

function compareBy(table, index, falling) {
  const column = table.columns[index];
  const collator = new Intl.Collator(report.language === 'fa' ? 'fa-IR' : 'en-GB', {numeric: true});
  const keys = table.rows.map((row) => {
    const value = row[index];
    if (value === null || value === undefined || typeof value === 'number') {
      return column.words && typeof value === 'number' ? report.word(value) : value;
    }
    return report.fold(report.inWords(column, value));
  });
  const sign = falling ? -1 : 1;
  return (a, b) => {
    const x = keys[a];
    const y = keys[b];
    const xMissing = x === null || x === undefined;
    const yMissing = y === null || y === undefined;
    if (xMissing || yMissing) { return xMissing && yMissing ? a - b : xMissing ? 1 : -1; }
    const order = typeof x === 'number' && typeof y === 'number' ? x - y : collator.compare(String(x), String(y));
    return order * sign || a - b;
  };
}

// Indexes of the table's rows that match every word of the filter, sorted; unknown values come last either way.
report.findRows = function(table, state) {
  const words = withoutSeparators(report.fold(state.filter)).split(' ').filter(Boolean);
  let found = table.rows.map((row, index) => index);
  if (words.length) {
    const key = report.language + state.columns.join();
    if (state.linesKey !== key) {
      state.lines = linesOf(table, state.columns);
      state.linesKey = key;
    }
    found = found.filter((index) => words.every((word) => state.lines[index].includes(word)));
  }
  if (state.sort !== null) { found.sort(compareBy(table, state.sort, state.falling)); }
  return found;
};
}(window.amayeshReport = window.amayeshReport || {}));
