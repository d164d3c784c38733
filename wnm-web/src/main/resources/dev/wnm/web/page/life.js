// The life of a node: who it is, how it went, what was done to it and why, its log.
'use strict';
(() => {
  let follow = 0;
  let open = 0;
  let cameFrom = null;

  const spark = (title, times, values, show) => {
    const known = values.filter(value => value !== null);
    if (known.length < 2) return null;
    const width = 180;
    const height = 36;
    const low = Math.min(...known);
    const high = Math.max(...known);
    let d = '';
    values.forEach((value, i) => {
      if (value === null) {
        d += ' ';
        return;
      }
      const x = (times[i] - times[0]) / Math.max(1, times[times.length - 1] - times[0]) * width;
      const y = height - 2 - (value - low) / Math.max(1e-9, high - low) * (height - 4);
      d += (d === '' || values[i - 1] === null ? 'M' : 'L') + x.toFixed(1) + ' ' + y.toFixed(1);
    });
    const path = wnm.svg('path', { d, fill: 'none', 'stroke-width': 1.5 });
    path.style.stroke = 'var(--accent)';
    return wnm.el('div', {}, wnm.el('div', { class: 'faint' }, title + ': ' + show(known[known.length - 1])),
      wnm.svg('svg', { viewBox: '0 0 ' + width + ' ' + height, width, height, role: 'img', 'aria-label': title }, path));
  };

  const facts = node => {
    // What a process says of itself ends with it.
    const running = value => node.status === 'RUNNING' ? value : null;
    const rows = [['Status', wnm.state(node.status)], ['Seen', wnm.ago(node.timestamp)], ['Version', (node.program || '') + ' ' + (node.version || 'unknown')],
      ['Made', node.age ? wnm.clock(node.age) + ', ' + wnm.ago(node.age) : '-'], ['Group', node.group], ['Ports', [node.port, node.metrics_port].filter(wnm.known).join(', ')],
      ['Peer id', node.peer_id], ['Wallet', node.wallet], ['Folder', node.root_dir], ['Process manager', node.manager_type],
      ['Peers', running(node.connected_peers)], ['Records', node.records], ['Memory', wnm.known(running(node.mem)) ? wnm.bytes(node.mem * 10000) : null],
      ['Up', wnm.known(running(node.uptime)) ? wnm.span(node.uptime) : null], ['Restarts', node.restarts], ['Missed probes', node.missed_probes || null], ['Last error', node.last_error]];
    return wnm.el('dl', {}, rows.filter(([, value]) => wnm.known(value)).map(([title, value]) => [wnm.el('dt', {}, title), wnm.el('dd', {}, value instanceof Node ? value : String(value))]));
  };

  const course = async (box, id) => {
    try {
      const seen = await wnm.ask('nodes/' + id + '/course?since=7d&points=120');
      const lines = [['Peers', 'connected_peers', wnm.count], ['Records', 'records', wnm.count], ['Memory', 'mem', value => wnm.bytes(value * 10000)], ['CPU', 'cpu', value => wnm.digits(value / 100) + ' %'], ['Shunned', 'shunned', wnm.count]];
      box.replaceChildren(...lines.map(([title, key, show]) => seen[key] ? spark(title, seen.time, seen[key], show) : null).filter(Boolean));
      if (!box.children.length) box.append(wnm.el('span', { class: 'faint' }, 'No samples of the last 7 days.'));
    } catch (wrong) {
      box.append(wnm.el('span', { class: 'faint' }, wrong.message));
    }
  };

  const deeds = life => {
    const events = [...life.operations.map(operation => ({ time: operation.begun, bad: operation.ending === 'failed', what: operation.kind + ' ' + operation.ending,
      why: [operation.reason, operation.detail, operation.asked_by && 'asked by ' + operation.asked_by].filter(Boolean).join(' – ') })),
    ...life.incidents.map(incident => ({ time: incident.time, bad: true, what: incident.words, why: '' }))].sort((one, two) => two.time - one.time);
    if (!events.length) return wnm.el('p', { class: 'faint' }, 'Nothing is recorded.');
    return wnm.el('div', { class: 'scroll' }, wnm.el('table', {}, wnm.el('tbody', {}, events.slice(0, 200).map(event => wnm.el('tr', { class: event.bad ? 'bad' : '' },
      wnm.el('td', { title: wnm.clock(event.time) }, wnm.ago(event.time)), wnm.el('td', {}, event.what), wnm.el('td', {}, event.why))))));
  };

  const log = id => {
    const text = wnm.el('pre', { class: 'log', tabindex: '0', 'aria-label': 'Log' }, 'Asking …');
    const level = wnm.el('select', { 'aria-label': 'Level' }, ['all', 'WARN', 'ERROR'].map(word => wnm.el('option', {}, word)));
    const following = wnm.el('input', { type: 'checkbox' });
    let position = '';
    let lines = [];
    const draw = () => {
      const wanted = level.value === 'all' ? lines : lines.filter(line => level.value === 'ERROR' ? /ERROR|panic/i.test(line) : /WARN|ERROR|panic/i.test(line));
      const atEnd = text.scrollTop + text.clientHeight >= text.scrollHeight - 8;
      text.textContent = wanted.join('\n') || 'No lines.';
      if (atEnd) text.scrollTop = text.scrollHeight;
    };
    const read = async () => {
      try {
        const part = await wnm.ask('nodes/' + id + '/log?lines=200' + (position ? '&after=' + encodeURIComponent(position) : ''));
        position = part.position;
        lines = [...lines, ...part.lines].slice(-2000);
        draw();
      } catch (wrong) {
        text.textContent = wrong.message;
        following.checked = false;
      }
    };
    level.addEventListener('change', draw);
    following.addEventListener('change', () => {
      clearInterval(follow);
      if (following.checked) follow = setInterval(read, 2000);
    });
    read().then(() => { text.scrollTop = text.scrollHeight; });
    return [wnm.el('div', { class: 'row' }, wnm.el('label', {}, following, ' follow'), wnm.el('label', {}, 'Level ', level)), text];
  };

  // What a page in one file holds of a node.
  const kept = async node => {
    if (!node) throw new Error('There is no such node in this report.');
    const [operations, incidents] = await Promise.all([wnm.ask('operations'), wnm.ask('incidents')]);
    const own = list => list.filter(each => each.service === node.service);
    return { node, operations: own(operations), incidents: own(incidents) };
  };

  wnm.openLife = id => wnm.move(wnm.at.view, { ...wnm.at.parameters, life: id });
  wnm.closeLife = () => {
    if (cameFrom && cameFrom.isConnected) cameFrom.focus({ preventScroll: true });
    else document.getElementById('grid')?.focus({ preventScroll: true });
    const { life, ...others } = wnm.at.parameters;
    wnm.move(wnm.at.view, others);
  };

  wnm.showLife = async id => {
    const panel = document.getElementById('life');
    if (open === id) return;
    clearInterval(follow);
    if (!id) {
      panel.hidden = true;
      open = 0;
      return;
    }
    open = id;
    if (!panel.contains(document.activeElement)) cameFrom = document.activeElement;
    panel.hidden = false;
    const known = wnm.data.nodes.find(node => node.id === Number(id));
    const title = wnm.el('h2', {}, known ? known.service : 'Node ' + id);
    const close = wnm.el('button', { type: 'button', onclick: wnm.closeLife }, 'Close');
    const body = wnm.el('div', {}, 'Asking …');
    panel.replaceChildren(wnm.el('div', { class: 'row apart' }, title, close), body);
    close.focus();
    try {
      const life = wnm.isFile ? await kept(known) : await wnm.ask('nodes/' + id);
      if (open !== id) return;
      const sparks = wnm.el('div', { class: 'row' });
      const told = life.explained || {};
      body.replaceChildren(...[told.believed ? wnm.el('p', {}, told.believed.state + ': ' + told.believed.evidence) : null, (told.next || []).length ? wnm.el('p', {}, wnm.el('strong', {}, 'Next: '), told.next.join('; ')) : null,
        wnm.el('div', { class: 'row', id: 'life-actions', hidden: wnm.isFile }, ['start', 'stop', 'upgrade', life.node.status === 'DISABLED' ? 'enable' : 'disable', 'remove'].map(action =>
        wnm.el('button', { type: 'button', onclick: () => wnm.act(action, [life.node]) }, action))), facts(life.node), sparks,
      wnm.el('h3', {}, 'What was done to it, and why'), deeds(life), ...(wnm.isFile ? [] : [wnm.el('h3', {}, 'Log'), ...log(id)])].filter(Boolean));
      if (!wnm.isFile) course(sparks, id);
    } catch (wrong) {
      body.textContent = wrong.message;
    }
  };
})();
