// Tables that sort, filter, turn pages and choose columns.
(function(report) {
'use strict';

const rowsOfPage = 15;
const rowsPrinted = 200;
const states = new Map();
const shown = new Map();

// Whether a column tells rows apart: one province in all rows needs no column of its own. A reason says something also
// where it is that of all.
const isTelling = (table, index) => table.rows.length < 2 ||
  table.rows.some((row) => row[index] !== table.rows[0][index]) ||
  (table.columns[index].name === 'reason' && table.rows[0][index] !== null);

function firstColumns(table) {
  const named = (table.shown || []).map((name) => report.columnIndex(table, name)).filter((index) => index >= 0);
  const columns = named.length ? named : table.columns.map((column, index) => index).slice(0, 8);
  const telling =
    columns.filter((index, at) => at === 0 || table.columns[index].type !== 'text' || isTelling(table, index));
  return telling.length > 2 ? telling : columns;
}

// Of the columns title_en and title_fa, the one in the language of the page.
function inLanguage(table, columns) {
  return columns
    .map((index) => {
      const twin = report.columnIndex(table, table.columns[index].name.replace(/_(en|fa)$/, '_' + report.language));
      return twin >= 0 ? twin : index;
    })
    .filter((index, at, all) => all.indexOf(index) === at);
}

function stateOf(table) {
  if (!states.has(table.name)) {
    states.set(
      table.name, {columns: firstColumns(table), filter: '', sort: null, falling: false, page: 0, chosen: null});
  }
  return states.get(table.name);
}

function headOf(view) {
  const {table, state} = view;
  const cells = state.columns.map((index) => {
    const column = table.columns[index];
    const sorted = state.sort === index;
    const unit = report.unit(column.unit);
    const title = report.columnTitle(column);
    return report.element(
      'th', {
        scope: 'col',
        'aria-sort': sorted ? (state.falling ? 'descending' : 'ascending') : 'none',
        class: isNumber(column) ? 'number' : null
      },
      report.element(
        'button', {
          type: 'button',
          'data-column': column.name,
          title: report.text('sortBy', {column: title}),
          onclick: () => sort(view, index)
        },
        [
          title, unit ? report.element('span', {class: 'unit'}, ' ' + unit) : null,
          report.element('span', {class: 'arrow', 'aria-hidden': 'true'}, sorted ? (state.falling ? '▼' : '▲') : '')
        ]));
  });
  if (view.hasMap) {
    cells.unshift(report.element(
      'th', {scope: 'col', class: 'place'}, report.element('span', {class: 'unseen'}, report.text('map'))));
  }
  return report.element('tr', {}, cells);
}

const isNumber = (column) => column.type !== 'text' && !column.words;

function classOf(column) {
  if (isNumber(column)) { return 'number'; }
  if (['message', 'source', 'value', 'action'].includes(column.name)) { return 'long'; }
  return column.words ? 'word' : null;
}

// A sentence in the other language runs and lines up in its own direction.
const directionOf = (text) => ({fa: 'rtl', en: 'ltr'}[report.foreignLanguage(String(text))] || null);

function unitOfRow(table, row, column) {
  return column.unit === 'see unit_of_amounts' ? report.cell(table, row, 'unit_of_amounts') : null;
}

function rowElement(view, index) {
  const {table, state} = view;
  const row = table.rows[index];
  const cells = state.columns.map((at, position) => {
    const column = table.columns[at];
    const content = report.value(
      column, row[at], table.name === 'standards' ? 'exact' : 'cell', isNumber(column) ? view.decimals[at] : undefined,
      unitOfRow(table, row, column));
    return report.element(
      position ? 'td' : 'th', {
        scope: position ? null : 'row',
        class: classOf(column),
        dir: classOf(column) === 'long' ? directionOf(row[at]) : null
      },
      content);
  });
  if (view.hasMap) {
    const name = report.isolated(report.rowName(table, row));
    cells.unshift(report.element(
      'td', {class: 'place'},
      report.isOnMap(table.name, index) ? report.element(
                                            'button', {
                                              type: 'button',
                                              title: report.text('showOnMap'),
                                              'aria-label': report.text('showOnMap') + ': ' + name,
                                              onclick: () => report.choose(table.name, index, 'table')
                                            },
                                            pin()) :
                                          null));
  }
  return report.element(
    'tr', {
      'data-row': index,
      class: state.chosen === index ? 'chosen' : null,
      'aria-current': state.chosen === index ? 'true' : null
    },
    cells);
}

function pin() {
  return report.svg(
    'svg', {viewBox: '0 0 16 16', width: 14, height: 14, 'aria-hidden': 'true', focusable: 'false'},
    report.svg('path', {
      d: 'M8 1a5 5 0 0 0-5 5c0 3.6 5 9 5 9s5-5.4 5-9a5 5 0 0 0-5-5zm0 7a2 2 0 1 1 0-4 2 2 0 0 1 0 4z',
      fill: 'currentColor'
    }));
}

function sort(view, index) {
  const state = view.state;
  if (state.sort !== index) {
    state.sort = index;
    state.falling = isNumber(view.table.columns[index]);
  } else if (state.falling === isNumber(view.table.columns[index])) {
    state.falling = !state.falling;
  } else {
    state.sort = null;
  }
  state.page = 0;
  refresh(view);
  const button = view.head.querySelector('[data-column="' + view.table.columns[index].name + '"]');
  if (button) { button.focus(); }
}

// Draws the page of the table that its state asks for; `printed` draws the first rows for paper.
function refresh(view, printed) {
  const {table, state} = view;
  view.found = report.findRows(table, state);
  const pages = Math.max(1, Math.ceil(view.found.length / rowsOfPage));
  state.page = Math.min(Math.max(0, state.page), pages - 1);
  const from = printed ? 0 : state.page * rowsOfPage;
  const page = view.found.slice(from, from + (printed ? rowsPrinted : rowsOfPage));
  view.head.replaceChildren(headOf(view));
  view.body.replaceChildren(...page.map((index) => rowElement(view, index)));
  const counts = {
    from: report.number(page.length ? from + 1 : 0),
    to: report.number(from + page.length),
    count: report.number(view.found.length),
    all: report.number(table.rows.length)
  };
  view.count.textContent = !view.found.length ?
    report.text('noRows') :
    report.text(view.found.length === table.rows.length ? 'rowsShown' : 'rowsFiltered', counts);
  view.pager.hidden = pages < 2;
  view.pageText.textContent = report.text('page', {page: report.number(state.page + 1), pages: report.number(pages)});
  view.previous.disabled = state.page === 0;
  view.next.disabled = state.page >= pages - 1;
  view.printNote.hidden = !(printed && view.found.length > rowsPrinted);
  view.printNote.textContent =
    report.text('printedRows', {shown: report.number(page.length), count: report.number(view.found.length)});
}

function columnChooser(view) {
  const {table, state} = view;
  const boxes = table.columns.map((column, index) => {
    const box = report.element('input', {
      type: 'checkbox',
      'data-column': column.name,
      onchange: () => {
        const chosen = new Set(state.columns);
        if (box.checked) {
          chosen.add(index);
        } else {
          chosen.delete(index);
        }
        if (!chosen.size) {
          box.checked = true;
          return;
        }
        state.columns = box.checked ? state.columns.concat(index) : state.columns.filter((at) => at !== index);
        if (state.sort !== null && !chosen.has(state.sort)) { state.sort = null; }
        refresh(view);
      }
    });
    box.checked = state.columns.includes(index);
    return report.element('label', {}, [box, ' ', report.columnTitle(column)]);
  });
  return report.element(
    'details', {class: 'columns'},
    [report.element('summary', {}, report.text('columns')), report.element('div', {class: 'choices'}, boxes)]);
}

function controls(view, label) {
  const state = view.state;
  const filter = report.element('input', {
    type: 'search',
    class: 'filter',
    autocomplete: 'off',
    spellcheck: 'false',
    dir: 'auto',
    placeholder: report.text('filterHint'),
    oninput: () => {
      state.filter = filter.value;
      state.page = 0;
      refresh(view);
    }
  });
  filter.value = state.filter;
  view.count = report.element('p', {class: 'count', role: 'status'});
  const turn = (step) => () => {
    state.page += step;
    refresh(view);
  };
  view.previous =
    report.element('button', {type: 'button', class: 'previous', onclick: turn(-1)}, report.text('previous'));
  view.next = report.element('button', {type: 'button', class: 'next', onclick: turn(1)}, report.text('next'));
  view.pageText = report.element('span', {class: 'page'});
  view.pager = report.element('div', {class: 'pager'}, [view.previous, view.pageText, view.next]);
  const many = view.table.rows.length > 8;
  return report.element('div', {class: 'controls'}, [
    many ?
      report.element('label', {class: 'filter-label'}, [report.element('span', {}, report.text('filter')), filter]) :
      null,
    view.table.columns.length > 5 ? columnChooser(view) : null, view.count
  ]);
}

// The table as an element with its controls; `label` names it for screen readers.
report.tableView = function(table, label) {
  const state = stateOf(table);
  state.columns = inLanguage(table, state.columns);
  const view = {
    table,
    state,
    hasMap: report.isTableOnMap(table.name),
    decimals: table.columns.map((column, index) => report.columnDecimals(column, table.rows, index))
  };
  view.head = report.element('thead');
  view.body = report.element('tbody');
  view.printNote = report.element('p', {class: 'note print-note', hidden: true});
  const top = controls(view, label);
  const frame = report.element(
    'div', {class: 'frame', tabindex: '0', role: 'region', 'aria-label': label},
    report.element('table', {}, [report.element('caption', {class: 'unseen'}, label), view.head, view.body]));
  shown.set(table.name, view);
  refresh(view);
  const note = table.note ? report.note(report.pick(table.note)) : null;
  return report.element(
    'div', {class: 'table', 'data-table': table.name}, [note, top, frame, view.printNote, view.pager]);
};

// Marks a row as chosen in its table, and turns to the page where it is.
report.markRow = function(name, index) {
  for (const [other, view] of shown) {
    const chosen = other === name ? index : null;
    if (view.state.chosen === null && chosen === null) { continue; }
    view.state.chosen = chosen;
    const at = chosen === null ? -1 : view.found.indexOf(chosen);
    if (at >= 0) { view.state.page = Math.floor(at / rowsOfPage); }
    refresh(view);
  }
};

function dropFilter(view) {
  view.state.filter = '';
  const input = view.body.closest('.table').querySelector('.filter');
  if (input) { input.value = ''; }
  refresh(view);
}

report.goToRow = function(name, index) {
  const view = shown.get(name);
  if (view && !view.found.includes(index)) { dropFilter(view); }
  report.markRow(name, index);
  const row = view && view.body.querySelector('tr[data-row="' + index + '"]');
  if (row) {
    row.scrollIntoView({block: 'center'});
    (row.querySelector('button') || view.body.closest('.frame')).focus({preventScroll: true});
  }
};

report.tablesForPaper = (printed) => shown.forEach((view) => refresh(view, printed));
report.forgetTables = () => shown.clear();
}(window.amayeshReport = window.amayeshReport || {}));
