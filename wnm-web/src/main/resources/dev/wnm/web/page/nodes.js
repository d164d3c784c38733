// View 3: all nodes in a table of which only the visible rows are drawn.
'use strict';
(() => {
  const ROW = 28;
  const COLUMNS = [
    { name: 'service', title: 'Node', width: 180, text: node => node.service },
    { name: 'status', title: 'Status', width: 130, text: node => node.status, draw: node => wnm.state(node.status) },
    { name: 'age', title: 'Age', width: 70, num: true, value: node => -node.age, text: node => node.age ? wnm.span(wnm.now() - node.age) : '-' },
    { name: 'version', title: 'Version', width: 90, text: node => node.version || 'unknown' },
    { name: 'group', title: 'Group', width: 70, text: node => node.group || '-' },
    { name: 'port', title: 'Port', width: 70, num: true },
    { name: 'connected_peers', title: 'Peers', width: 70, num: true, short: wnm.count },
    { name: 'records', title: 'Records', width: 86, num: true, short: wnm.count },
    { name: 'shunned', title: 'Shunned', width: 88, num: true, short: wnm.count },
    { name: 'mem', title: 'Memory', width: 90, num: true, short: value => wnm.bytes(value * 10000) },
    { name: 'cpu', title: 'CPU', width: 70, num: true, short: value => wnm.digits(value / 100) + ' %' },
    { name: 'restarts', title: 'Restarts', width: 88, num: true },
    { name: 'timestamp', title: 'Seen', width: 90, num: true, text: node => wnm.ago(node.timestamp) },
    { name: 'last_error', title: 'Last error', width: 320, text: node => node.last_error || '-' },
  ];
  const SAVED = [['All', ''], ['Dead', 'status=DEAD'], ['Unknown', 'status=unknown'], ['Not running', 'status!=RUNNING'], ['Shunned', 'shunned>0'],
    ['Without peers', 'peers=0 or peers=unknown'], ['With an error', "last_error!=''"]];

  wnm.selected = new Set();
  let grid;
  let rows = [];
  let at = -1;
  let sort = { name: 'service', down: false };
  const collator = new Intl.Collator(undefined, { numeric: true });

  const value = (column, node) => column.value ? column.value(node) : node[column.name];
  const text = (column, node) => column.text ? column.text(node) : !wnm.known(node[column.name]) ? '-' : column.short ? column.short(node[column.name]) : String(node[column.name]);

  const outdated = () => {
    const present = wnm.data.status && wnm.data.status.program && wnm.data.status.program.version;
    return present ? "status=RUNNING and version<" + present : '';
  };

  const find = () => {
    const message = document.getElementById('found');
    rows = wnm.data.nodes; // also while a condition is half written
    try {
      const test = wnm.filter(document.getElementById('search').value);
      const column = COLUMNS.find(each => each.name === sort.name);
      rows = wnm.data.nodes.filter(test);
      rows.sort((one, two) => {
        const a = value(column, one);
        const b = value(column, two);
        if (!wnm.known(a) || !wnm.known(b)) return wnm.known(a) ? -1 : wnm.known(b) ? 1 : 0;
        const order = typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(a, b);
        return sort.down ? -order : order;
      });
      message.className = 'faint';
      message.textContent = rows.length + ' of ' + wnm.plural(wnm.data.nodes.length, 'node') + (wnm.selected.size ? ', ' + wnm.selected.size + ' selected' : '');
    } catch (wrong) {
      message.className = 'bad';
      message.textContent = wrong.message;
    }
    at = Math.min(at, rows.length - 1);
    const written = document.getElementById('search').value.trim();
    document.querySelectorAll('#saved button').forEach(button => button.setAttribute('aria-pressed', button.dataset.filter === written));
    draw();
    actions();
  };

  const template = () => '34px ' + COLUMNS.map(column => column.width + 'px').join(' ');
  const line = i => {
    const node = rows[i];
    const isAt = i === at;
    const box = wnm.el('input', { type: 'checkbox', 'aria-label': 'Select ' + node.service, onclick: event => {
      event.stopPropagation();
      toggle(node.id);
    } });
    box.checked = wnm.selected.has(node.id);
    return wnm.el('div', { class: 'line' + (isAt ? ' at' : ''), id: isAt ? 'row-at' : null, role: 'row', 'aria-rowindex': i + 2, 'aria-selected': wnm.selected.has(node.id),
      style: { top: i * ROW + 'px', gridTemplateColumns: template() }, onclick: () => wnm.openLife(node.id) },
    wnm.el('div', { class: 'cell box', role: 'gridcell' }, box), COLUMNS.map(column =>
      wnm.el('div', { class: 'cell' + (column.num ? ' num' : ''), role: 'gridcell', title: column.width < 300 ? null : text(column, node) }, column.draw ? column.draw(node) : text(column, node))));
  };

  const draw = () => {
    if (!grid || !grid.isConnected) return;
    const body = grid.querySelector('.body');
    const boxAt = [...body.querySelectorAll('input')].indexOf(document.activeElement);
    const first = Math.max(0, Math.floor(grid.scrollTop / ROW) - 8);
    const last = Math.min(rows.length, Math.ceil((grid.scrollTop + grid.clientHeight) / ROW) + 8);
    body.style.height = rows.length * ROW + 'px';
    body.replaceChildren(...Array.from({ length: Math.max(0, last - first) }, (_, i) => line(first + i)));
    if (boxAt >= 0) body.querySelectorAll('input')[boxAt]?.focus({ preventScroll: true });
    body.style.minWidth = COLUMNS.reduce((sum, column) => sum + column.width, 34) + 'px';
    grid.setAttribute('aria-rowcount', rows.length + 1);
    if (at >= first && at < last) grid.setAttribute('aria-activedescendant', 'row-at');
    else grid.removeAttribute('aria-activedescendant');
  };

  const toggle = id => {
    if (!wnm.selected.delete(id)) wnm.selected.add(id);
    find();
  };

  const chosen = () => wnm.data.nodes.filter(node => wnm.selected.has(node.id));
  const actions = () => {
    const box = document.getElementById('actions');
    if (!box) return;
    const nodes = chosen();
    const focused = [...box.children].indexOf(document.activeElement);
    box.replaceChildren(wnm.el('button', { type: 'button', onclick: () => {
      rows.forEach(node => wnm.selected.add(node.id));
      find();
    } }, 'Select all ' + rows.length), wnm.el('button', { type: 'button', disabled: !nodes.length, onclick: () => {
      wnm.selected.clear();
      find();
    } }, 'Select none'), ...['start', 'stop', 'upgrade', 'disable', 'enable', 'remove'].map(action =>
      wnm.el('button', { type: 'button', class: 'order', disabled: !nodes.length, onclick: () => wnm.act(action, chosen()) }, action)),
    wnm.el('button', { type: 'button', class: 'order', onclick: () => wnm.act('add', [], 1) }, 'add …'),
    wnm.el('button', { type: 'button', onclick: () => copy(csv()) }, 'Copy as CSV'),
    wnm.el('button', { type: 'button', onclick: copyCommand }, 'Copy as command'));
    box.children[focused]?.focus({ preventScroll: true });
  };
  const csv = () => {
    const nodes = chosen().length ? chosen() : rows;
    const cell = content => /[",\n]/.test(content) ? '"' + content.replaceAll('"', '""') + '"' : content;
    return [COLUMNS.map(column => column.name).join(','), ...nodes.map(node => COLUMNS.map(column =>
      cell(wnm.known(node[column.name]) ? String(node[column.name]) : '')).join(','))].join('\n');
  };
  // The selected nodes by their ids, in which all nodes from one to another are a range.
  const ofIds = ids => {
    const wanted = new Set(ids);
    const ranges = [];
    let isOpen = false;
    wnm.data.nodes.map(node => node.id).sort((a, b) => a - b).forEach(id => {
      if (wanted.has(id) && isOpen) ranges[ranges.length - 1].last = id;
      else if (wanted.has(id)) ranges.push({ first: id, last: id });
      isOpen = wanted.has(id);
    });
    const single = ranges.filter(({ first, last }) => first === last).map(({ first }) => first);
    return [...ranges.filter(({ first, last }) => first !== last).map(({ first, last }) => 'id>=' + first + ' and id<=' + last),
      ...(single.length ? ['id in (' + single.join(', ') + ')'] : [])].join(' or ');
  };
  const copyCommand = () => {
    try {
      const condition = chosen().length ? ofIds(chosen().map(node => node.id)) : wnm.condition(document.getElementById('search').value);
      wnm.check(condition);
      copy('wnm --report node-status' + (condition ? " --filter '" + condition.replaceAll("'", "'\\''") + "'" : ''));
    } catch (wrong) {
      wnm.say('No command does this: ' + wrong.message + '.', true);
    }
  };
  const copy = async content => {
    try {
      await navigator.clipboard.writeText(content);
      wnm.say('Copied.');
    } catch (refused) {
      wnm.say('The browser lets nothing be copied here. ' + (content.length < 400 ? content : ''), true);
    }
  };

  wnm.views.push({
    name: 'nodes', title: 'Nodes', key: 'l',
    show: (main, parameters) => {
      if ('filter' in parameters) document.getElementById('search').value = parameters.filter;
      const head = wnm.el('div', { class: 'head', role: 'row', 'aria-rowindex': 1, style: { gridTemplateColumns: template() } }, wnm.el('div', { role: 'columnheader', 'aria-label': 'Selected' }),
        COLUMNS.map(column => wnm.el('div', { role: 'columnheader', class: column.num ? 'num' : '' },
          wnm.el('button', { type: 'button', onclick: () => {
            sort = { name: column.name, down: sort.name === column.name && !sort.down };
            mark();
            find();
          } }))));
      const mark = () => COLUMNS.forEach((column, i) => {
        const cell = head.children[i + 1];
        const by = sort.name === column.name;
        if (by) cell.setAttribute('aria-sort', sort.down ? 'descending' : 'ascending');
        else cell.removeAttribute('aria-sort');
        cell.firstChild.textContent = column.title + (by ? sort.down ? ' ▾' : ' ▴' : '');
      });
      mark();
      grid = wnm.el('div', { class: 'grid', id: 'grid', role: 'grid', 'aria-label': 'Nodes', 'aria-multiselectable': 'true', 'aria-colcount': COLUMNS.length + 1, tabindex: '0' }, head,
        wnm.el('div', { class: 'body', role: 'rowgroup', style: { position: 'relative' } }));
      grid.addEventListener('scroll', () => requestAnimationFrame(draw));
      const saved = [...SAVED, ['Outdated', outdated()]].filter(([title, filter]) => title === 'All' || filter);
      main.append(wnm.el('section', { class: 'card' }, wnm.el('div', { class: 'row line-up', id: 'saved' }, saved.map(([title, filter]) =>
        wnm.el('button', { type: 'button', 'data-filter': filter, onclick: () => wnm.go('nodes', { filter }) }, title))),
      wnm.el('div', { class: 'row line-up', id: 'actions' }), wnm.el('p', { id: 'found', role: 'status' }), grid));
      find();
    },
    draw: find,
    keys: {
      j: () => move(1), k: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1),
      Enter: () => rows[at] && wnm.openLife(rows[at].id), x: () => rows[at] && toggle(rows[at].id),
      '.': () => {
        if (!wnm.selected.size && rows[at]) toggle(rows[at].id);
        document.querySelector('#actions .order:not(:disabled)').focus();
      },
    },
  });

  const move = step => {
    at = Math.max(0, Math.min(rows.length - 1, at + step));
    const top = at * ROW;
    if (top < grid.scrollTop) grid.scrollTop = top;
    if (top + ROW * 2 > grid.scrollTop + grid.clientHeight) grid.scrollTop = top + ROW * 2 - grid.clientHeight;
    draw();
    const life = document.getElementById('life');
    if (!life.contains(document.activeElement)) grid.focus({ preventScroll: true });
    if (!life.hidden && rows[at]) wnm.openLife(rows[at].id);
  };
})();
