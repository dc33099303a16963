// The language of the page and what follows from it: texts, words, units, direction, letters that count as equal.
(function(report) {
'use strict';

report.language = 'en';

report.pick = function(titles) {
  if (titles === null || titles === undefined) { return ''; }
  if (typeof titles === 'string') { return titles; }
  return titles[report.language] || titles.en || titles.fa || '';
};

// text('range', {low: '1', high: '2'}); values are put in whole, never read as patterns. {unit} and {units} are what was
// assessed.
report.text = function(name, values) {
  const all = Object.assign({unit: report.pick(report.data.unit), units: report.pick(report.data.units)}, values);
  return report.pick(report.texts[name]).replace(/\{(\w+)\}/g, (whole, key) => (key in all ? all[key] : whole));
};

report.word = function(word) {
  const titles = Object.prototype.hasOwnProperty.call(report.data.words, word) ? report.data.words[word] : null;
  return titles ? report.pick(titles) : String(word);
};

report.unit = function(unit) {
  const known = Object.prototype.hasOwnProperty.call(report.units, unit) ? report.units[unit] : null;
  return known ? report.pick(known) : unit || '';
};

// A name of a unit, a layer, a section or a basis in the language of the page; as it is where the page has none for it.
report.term = function(value) {
  const known = [report.terms, report.units].find((terms) => Object.prototype.hasOwnProperty.call(terms, value));
  return known ? report.pick(known[value]) : String(value);
};

// A value of a column as the page words it.
report.inWords = (column, value) => (column.words ? report.word(value) : column.terms ? report.term(value) : value);

// What NULL means in a column, in full.
report.meaningOfMissing = function(column) {
  const meaning = column && column.null;
  if (!meaning) { return report.text('unknown'); }
  if (typeof meaning !== 'string') { return report.pick(meaning); }
  const persian = Object.prototype.hasOwnProperty.call(report.missing, meaning) ? report.missing[meaning] : null;
  return report.language === 'fa' ? persian || report.text('unknown') : meaning;
};

report.direction = () => (report.language === 'fa' ? 'rtl' : 'ltr');

report.comma = () => (report.language === 'fa' ? '، ' : ', ');

const arabicLetters = /[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]/;
const latinLetters = /[A-Za-z\u00c0-\u024f]/;

// The language of a text from the data, where it is not the page's: 'fa', 'en' or null.
report.foreignLanguage = function(text) {
  const found = arabicLetters.test(text) ? 'fa' : latinLetters.test(text) ? 'en' : null;
  return found === report.language ? null : found;
};

const foldedLetters = {
  'ي': 'ی',
  'ى': 'ی',
  'ئ': 'ی',
  'ﻱ': 'ی',
  'ﯼ': 'ی',
  'ك': 'ک',
  'ﮎ': 'ک',
  'ﻙ': 'ک',
  'ة': 'ه',
  'ۀ': 'ه',
  'ە': 'ه',
  'أ': 'ا',
  'إ': 'ا',
  'آ': 'ا',
  'ٱ': 'ا',
  'ؤ': 'و',
  '٫': '.',
  '٬': '',
  '−': '-'
};

// Letters and digits that people type for one another become one: for filters and for sorting.
report.fold = function(text) {
  return String(text)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .replace(/[\u06f0-\u06f9]/g, (d) => String(d.charCodeAt(0) - 0x6f0))
    .replace(/[\u0660-\u0669]/g, (d) => String(d.charCodeAt(0) - 0x660))
    .replace(/[يىئﻱﯼكﮎﻙةۀەأإآٱؤ٫٬−]/g, (letter) => foldedLetters[letter])
    .replace(/\s+/g, ' ')
    .trim();
};
}(window.amayeshReport = window.amayeshReport || {}));
