// What is said of one place: the words beside the pointer, and the panel of the chosen row.
(function(report) {
'use strict';

const el = (...parts) => report.element(...parts);

report.rowName = function(table, row) {
  for (const column of ['name', 'unit_name', 'nearest_zone_name', 'unit_id', 'zone_id', 'source_id']) {
    const value = report.cell(table, row, column);
    if (value !== null) { return value; }
  }
  return row[table.key || 0] === null ? report.text('unknown') : row[table.key || 0];
};

const placeWords = (table, row) => ['county', 'province'].map((name) => report.cell(table, row, name)).filter(Boolean);

function joined(parts, separator) {
  return parts.reduce((all, part, at) => all.concat(at ? [separator, part] : [part]), []);
}

// One line "title: value" for a column, or nothing where the table has no such column.
function line(table, row, name) {
  const index = report.columnIndex(table, name);
  if (index < 0) { return null; }
  const column = table.columns[index];
  return el('p', {}, [report.columnTitle(column) + ': ', report.value(column, row[index], 'full')]);
}

// The tooltip of a place on the map.
report.tooltipOf = function(place, theme) {
  const table = report.table(tableName(place));
  const row = table.rows[place.row];
  const lines = [el('p', {class: 'title'}, report.name(report.rowName(table, row)))];
  if (tableName(place) === 'units') {
    const where = placeWords(table, row).map(report.name);
    if (where.length) { lines.push(el('p', {class: 'where'}, joined(where, report.comma()))); }
    lines.push(line(table, row, 'status'));
    if (
      report.cell(table, row, 'reason') !== null &&
      report.cell(table, row, 'reason') !== report.cell(table, row, 'status')) {
      lines.push(line(table, row, 'reason'));
    }
    if (theme.id !== 'status') {
      const one = theme.classes[theme.classOf(row, report.isOver(row))];
      if (one) { lines.push(el('p', {}, theme.title() + ': ' + one.label())); }
    }
  } else {
    for (const name of ['utility', 'kind', 'status', 'severity', 'message', 'usable_land_ha', 'headroom_left']) {
      lines.push(line(table, row, name));
    }
  }
  return el('div', {dir: report.direction(), lang: report.language}, lines);
};

const tableName = (place) => report.mapState.layers.find((entry) => entry.layer.name === place.layer).layer.table;

// ---- the panel

// "8.2 ha (5.1 to 12)" where the table has a low and a high column beside the central one.
function caseColumns(table, name) {
  const beside = (word) => [name + '_' + word, name.replace(/_([^_]+)$/, '_' + word + '_$1')]
                             .map((one) => report.columnIndex(table, one))
                             .find((index) => index >= 0);
  return [beside('low'), beside('high')];
}

function withRange(table, row, index) {
  const column = table.columns[index];
  const parts = [report.value(
    column, row[index], 'full', undefined,
    column.unit === 'see unit_of_amounts' ? report.cell(table, row, 'unit_of_amounts') : null)];
  const [low, high] = caseColumns(table, column.name);
  if (low !== undefined && high !== undefined && row[low] !== null && row[high] !== null && row[low] !== row[high]) {
    parts.push(el(
      'span', {class: 'range'},
      ' (' + report.text('range', {low: report.number(row[low]), high: report.number(row[high])}) + ')'));
  }
  return parts;
}

function list(table, row, names) {
  const pairs = [];
  for (const name of names) {
    const index = report.columnIndex(table, name);
    if (index >= 0 && (row[index] !== null || !optionalColumns.includes(name))) {
      pairs.push(el(
        'div', {},
        [el('dt', {}, report.columnTitle(table.columns[index])), el('dd', {}, withRange(table, row, index))]));
    }
  }
  return el('dl', {}, pairs);
}

const unitColumns = [
  'population', 'threshold', 'nearest_zone_name', 'nearest_zone_km', 'quickest_zone_min', 'unroutable_reason',
  'zones_in_reach', 'usable_land_ha', 'land_taken_by'
];
const optionalColumns =
  ['land_taken_by', 'nearest_zone_name', 'quickest_zone_min', 'unroutable_reason', 'priority_rank'];
const needColumns =
  ['people_left_out_min', 'people_left_out_max', 'target_ha', 'credited_net_ha', 'new_zone_ha', 'priority_rank'];

// The utilities of a unit: need, shortfall and reason, central case with low and high.
function utilitiesOf(row) {
  const table = report.table('unit_utilities');
  const units = report.table('units');
  if (!table) { return null; }
  const id = row[report.columnIndex(units, 'unit_id')];
  const idAt = report.columnIndex(table, 'unit_id');
  const mine = table.rows.filter((one) => one[idAt] === id);
  const cases = (utility, word) =>
    mine.find((one) => report.cell(table, one, 'utility') === utility && report.cell(table, one, 'case') === word) ||
    null;
  const amount = (utility, name) => {
    const [low, central, high] = ['low', 'central', 'high'].map((word) => {
      const one = cases(utility, word);
      return one ? report.cell(table, one, name) : null;
    });
    const column = table.columns[report.columnIndex(table, name)];
    if (central === null) { return report.value(column, null, 'cell'); }
    const unit = report.cell(table, cases(utility, 'central'), 'unit_of_amounts');
    const range = low !== null && high !== null && low !== high ?
      el('span', {class: 'range'}, report.text('range', {low: report.number(low), high: report.number(high)})) :
      null;
    return el('span', {}, [report.amount(central, unit), range]);
  };
  const rows = ['water', 'power', 'gas', 'telecom'].filter((utility) => cases(utility, 'central')).map((utility) => {
    const central = cases(utility, 'central');
    const reason = report.cell(table, central, 'shared_reason') || report.cell(table, central, 'reason');
    return el('tr', {}, [
      el('th', {scope: 'row'}, report.word(utility)),
      el(
        'td', {},
        utility === 'telecom' && report.cell(table, central, 'required_class') ?
          report.word(report.cell(table, central, 'required_class')) :
          amount(utility, 'demand')),
      el('td', {}, utility === 'telecom' ? '–' : amount(utility, 'shortfall')),
      el('td', {}, reason === null ? report.text('unknown') : report.word(reason))
    ]);
  });
  if (!rows.length) { return null; }
  const head = ['utility', 'need', 'shortOf', 'howItStands'].map((name) => el('th', {scope: 'col'}, report.text(name)));
  return el(
    'table', {class: 'utilities'},
    [el('caption', {}, report.text('utilitiesOf')), el('thead', {}, el('tr', {}, head)), el('tbody', {}, rows)]);
}

function statusOf(table, row) {
  const status = report.cell(table, row, 'status');
  const reason = report.cell(table, row, 'reason');
  const theme = report.mapState.themes.find((one) => one.id === 'status');
  const one = theme && theme.classes[theme.classOf(row, null)];
  const swatch =
    el('span', {class: one && one.colour === 'hatched' ? 'swatch hatched' : 'swatch', 'aria-hidden': 'true'});
  if (one && one.colour !== 'hatched') { swatch.style.backgroundColor = one.colour; }
  const lines = [el('p', {class: 'status'}, [swatch, report.word(status)])];
  if (reason !== null && reason !== status) {
    lines.push(el(
      'p', {class: 'reason'},
      report.columnTitle(table.columns[report.columnIndex(table, 'reason')]) + ': ' + report.word(reason)));
  }
  return lines;
}

function unitParts(table, row) {
  const all = el(
    'details', {},
    [el('summary', {}, report.text('allValues')), list(table, row, table.columns.map((column) => column.name))]);
  return statusOf(table, row).concat([
    list(table, row, unitColumns), list(table, row, needColumns), utilitiesOf(row), all
  ]);
}

function otherParts(table, row) {
  const names =
    table.columns.map((column) => column.name)
      .filter((name) => !/_(low|high)(_[a-z0-9]+)?$/.test(name) || caseColumns(table, name)[0] !== undefined);
  return [list(table, row, names)];
}

// Fills the panel with the chosen row, or with how to choose one.
report.showDetails = function() {
  const panel = document.getElementById('details');
  if (!panel) { return; }
  const chosen = report.mapState.chosen;
  const heading = el('h3', {id: 'details-title'}, report.text('details'));
  if (!chosen) {
    panel.replaceChildren(heading, el('p', {class: 'note'}, report.text('chooseHint')));
    return;
  }
  const table = report.table(chosen.table);
  const row = table.rows[chosen.row];
  const where = placeWords(table, row).map(report.name);
  panel.replaceChildren(
    heading,
    ...
      [el('p', {class: 'chosen-name'}, report.name(report.rowName(table, row))),
       el('p', {class: 'where'}, joined([report.pick(table.title)].concat(where), report.comma())),
       ...(chosen.table === 'units' ? unitParts(table, row) : otherParts(table, row)),
       el(
         'p', {class: 'actions'},
         [
           el(
             'button', {type: 'button', onclick: () => report.goToRow(chosen.table, chosen.row)},
             report.text('showInTable')),
           ' ', el('button', {type: 'button', onclick: () => report.choose(null, null, 'map')}, report.text('clear'))
         ])]
        .filter(Boolean));
};
}(window.amayeshReport = window.amayeshReport || {}));
