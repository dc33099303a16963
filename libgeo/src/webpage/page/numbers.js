// Numbers as people write them: digits and separators of the page's language, decimals by the size of a column.
(function(report) {
'use strict';

const formats = new Map();

function format(decimals, fixed) {
  const key = report.language + decimals + fixed;
  if (!formats.has(key)) {
    const locale = report.language === 'fa' ? 'fa-IR' : 'en-GB';
    formats.set(
      key,
      new Intl.NumberFormat(locale, {minimumFractionDigits: fixed ? decimals : 0, maximumFractionDigits: decimals}));
  }
  return formats.get(key);
}

function decimalsFor(size) {
  if (size >= 1000) { return 0; }
  if (size >= 1) { return 1; }
  if (size >= 0.1) { return 2; }
  return size === 0 ? 0 : 4;
}

// A number alone: whole numbers stay whole, others get as many decimals as their size deserves.
report.number = function(value, decimals) {
  if (value === null || value === undefined) { return report.text('unknown'); }
  if (decimals !== undefined && value !== 0) {
    const least = Math.pow(10, -decimals);
    if (Math.abs(value) < least / 2) { return (value < 0 ? '> −' : '< ') + format(decimals, true).format(least); }
    return format(decimals, true).format(value);
  }
  return format(Number.isInteger(value) ? 0 : decimalsFor(Math.abs(value)), false).format(value);
};

report.amount = function(value, unit) {
  const name = report.unit(unit);
  return report.number(value) +
    (name && value !== null && value !== undefined ? (name === '°' ? '' : '\u00a0') + name : '');
};

// A coefficient as its source gives it: not rounded beyond what the data holds.
report.exactNumber = (value) => format(6, false).format(value);

// Decimals that suit a whole column, so that its numbers line up; none where each row has its own unit.
report.columnDecimals = function(column, rows, index) {
  if (column.type !== 'real') { return 0; }
  if (!column.unit || column.unit === 'see unit_of_amounts') { return undefined; }
  if (column.unit === 'degrees') { return 4; }
  let largest = 0;
  let whole = true;
  for (const row of rows) {
    const value = row[index];
    if (typeof value === 'number') {
      largest = Math.max(largest, Math.abs(value));
      whole = whole && Number.isInteger(value);
    }
  }
  if (whole) { return 0; }
  return largest >= 10 ? 1 : largest >= 1 ? 2 : 3;
};

// Digits of a text that is no number (dates, codes within sentences) stay as the data writes them.
report.digits = function(text) {
  if (report.language !== 'fa') { return String(text); }
  return String(text).replace(/[0-9]/g, (d) => String.fromCharCode(0x6f0 + Number(d)));
};
}(window.amayeshReport = window.amayeshReport || {}));
