// Puts the page together from the data, and again in the other language.
(function(report) {
'use strict';

const el = (...parts) => report.element(...parts);
let frame = null;

report.fontFamily = 'Amayesh, "Noto Sans", "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

function languageButton() {
  const other = report.language === 'fa' ? 'en' : 'fa';
  return el(
    'button', {
      type: 'button',
      id: 'language',
      lang: other,
      title: report.text('switchLanguage'),
      onclick: () => {
        setLanguage(other);
        document.getElementById('language').focus();
      }
    },
    report.text('otherLanguage'));
}

function header() {
  const data = report.data;
  const date = data.date ? report.pick({en: data.date.en, fa: data.date.fa}) || data.date.iso : null;
  const title = el('h1', {}, report.name(data.study.title || data.study.file || ''));
  const day = date ? el('time', {datetime: data.date.iso}, date) : null;
  const titles = [title, day ? el('p', {class: 'date'}, [report.text('assessedFor') + ' ', day]) : null];
  const print = el('button', {type: 'button', id: 'print', onclick: () => window.print()}, report.text('print'));
  const buttons = el('div', {class: 'buttons'}, [languageButton(), print]);
  return el('header', {class: 'top'}, [el('div', {class: 'titles'}, titles), buttons]);
}

function contents(sections) {
  return el(
    'nav', {'aria-label': report.text('contents')},
    el(
      'ul', {},
      sections.map(
        (section) => el('li', {}, el('a', {href: '#' + section.id}, section.querySelector('h2').textContent)))));
}

// A number and its unit stay on one line.
const unitsInText = 'km|min|minutes|ha|MW|L/s|m³/h|کیلومتر|دقیقه|هکتار|نفر';
const beforeUnit = new RegExp('([0-9۰-۹]) (' + unitsInText + ')(?!\\p{L})', 'gu');
const together = (text) => text.replace(beforeUnit, '$1\u00a0$2');
const paragraphs = (texts) => (report.pick(texts) || []).map((text) => el('p', {}, together(text)));

// How many of what was assessed the map cannot show.
function unplacedNote() {
  const drawn = report.data.map.layers.filter((layer) => layer.table === 'units');
  const all = report.table('units').rows.length;
  const count = drawn.reduce((left, layer) => left - layer.features.length, all);
  return count > 0 ? [report.note(report.text('mapUnplaced', {count: report.number(count), all: report.number(all)}))] :
                     [];
}

function mapSection() {
  const layers = report.data.map ? report.data.map.layers : [];
  if (!layers.some((layer) => (layer.features || layer.flat || []).length)) {
    return report.section('map', report.text('map'), report.note(report.text('noData')));
  }
  if (!frame) { frame = el('div', {id: 'map-frame', dir: 'ltr', role: 'application'}); }
  frame.setAttribute('aria-label', report.text('mapName'));
  const zoom = (sign, name, step) => el(
    'button',
    {type: 'button', 'aria-label': report.text(name), title: report.text(name), onclick: () => report.zoomMap(step)},
    sign);
  const whole = el('button', {type: 'button', onclick: () => report.wholeMap()}, report.text('wholeMap'));
  const zoomBar = el('div', {class: 'zoom'}, [zoom('+', 'zoomIn', 1), zoom('−', 'zoomOut', -1), whole]);
  const details = el('div', {id: 'details', role: 'region', 'aria-labelledby': 'details-title', tabindex: '0'});
  const parts = [report.note(report.text('mapHint'))].concat(unplacedNote());
  parts.push(el('div', {class: 'map-bar'}, [el('div', {id: 'theme-choice'}), zoomBar]));
  parts.push(el('div', {class: 'map-and-details'}, [frame, details]), el('div', {id: 'legend'}));
  parts.push(el('p', {id: 'chosen', class: 'unseen', role: 'status'}));
  return report.section('map', report.text('map'), parts);
}

const listed = ['units', 'unit_utilities', 'zones', 'zone_points', 'sources', 'source_lines', 'rollups', 'unroutable'];
const apart = ['problems', 'standards', 'manifest'];

function tablesSection() {
  const tables = report.data.tables.filter((table) => !apart.includes(table.name) && table.rows.length);
  tables.sort((a, b) => (listed.indexOf(a.name) + 1 || 99) - (listed.indexOf(b.name) + 1 || 99));
  const parts = [].concat(...tables.map(
    (table) => [el('h3', {}, report.pick(table.title)), report.tableView(table, report.pick(table.title))]));
  return report.section('tables', report.text('tables'), parts.length ? parts : report.note(report.text('noData')));
}

function tableSection(name, noneText, before) {
  const table = report.table(name);
  const content = table && table.rows.length ?
    [before || null, report.tableView(table, report.text(name))].filter(Boolean) :
    [report.note(report.text(noneText))];
  return report.section(name, report.text(name), content);
}

function build() {
  const data = report.data;
  report.forgetTables();
  document.documentElement.lang = report.language;
  document.documentElement.dir = report.direction();
  document.title = report.plain(data.study.title || data.study.file || 'Amayesh');
  const sections = [
    report.section('question', report.text('question'), paragraphs(data.question)),
    report.section('key-figures', report.text('keyFigures'), report.keyFigures()),
    report.section('method', report.text('method'), el('div', {class: 'text'}, paragraphs(data.method))), mapSection(),
    report.section('charts', report.text('charts'), report.charts()), tablesSection(),
    tableSection('problems', 'noProblems'), tableSection('standards', 'noData', report.note(report.text('confidence'))),
    tableSection('manifest', 'noData')
  ];
  const program = el('bdi', {lang: 'en'}, data.program);
  const file = report.name(data.study.file || '');
  const footer =
    el('footer', {}, el('p', {}, [report.text('madeBy') + ' ', program, ' · ', report.text('studyFile') + ': ', file]));
  document.getElementById('report').replaceChildren(
    el('a', {class: 'skip', href: '#content'}, report.text('skip')), header(), contents(sections),
    el('main', {id: 'content', tabindex: '-1'}, sections), footer);
  if (document.getElementById('map-frame')) {
    if (!report.leafletMap) { report.startMap(frame); }
    document.getElementById('theme-choice').replaceChildren(report.themeChoice());
    report.showLegend();
    report.showDetails();
    report.redrawMap();
  }
}

function setLanguage(language) {
  report.language = language;
  build();
}

function setPaper(isPaper) {
  document.documentElement.classList.toggle('paper', isPaper);
  report.tablesForPaper(isPaper);
  report.mapForPaper(isPaper, frame);
}

report.data = JSON.parse(document.getElementById('report-data').textContent);
setLanguage(report.data.language === 'fa' ? 'fa' : 'en');
window.addEventListener('beforeprint', () => setPaper(true));
window.addEventListener('afterprint', () => setPaper(false));
if (document.fonts) { document.fonts.ready.then(() => report.redrawMap()); }
}(window.amayeshReport = window.amayeshReport || {}));
