// View 1: is all well, what is it doing, why not more.
'use strict';
(() => {
  // As large as leaves room for what else there is to know, and no smaller than an eye can tell their shapes apart.
  const LARGEST = 13;
  const SMALLEST = 7;
  const HIGHEST = 300;
  let cell = LARGEST;
  let strip;
  let at = -1;
  // Where a frame begins; it outlasts the cells, which may be drawn anew before it ends.
  let dragFrom = null;

  const inGroups = nodes => {
    const groups = new Map();
    nodes.forEach(node => {
      const name = node.group || '';
      if (!groups.has(name)) groups.set(name, []);
      groups.get(name).push(node);
    });
    return [...groups].sort(([one], [two]) => one.localeCompare(two, undefined, { numeric: true }));
  };

  // One cell for each node, group by group. Returns where each is.
  const layout = (nodes, width) => {
    cell = LARGEST;
    while (cell > SMALLEST && Math.ceil(nodes.length / Math.floor(width / cell)) * cell > HIGHEST) cell--;
    const perLine = Math.max(1, Math.floor(width / cell));
    const places = [];
    const labels = [];
    let y = 0;
    for (const [name, members] of inGroups(nodes)) {
      if (name) {
        labels.push({ text: name + '  ' + members.length, y: y + 11 });
        y += 17;
      }
      members.forEach((node, i) => places.push({ node, x: (i % perLine) * cell, y: y + Math.floor(i / perLine) * cell }));
      y += Math.ceil(members.length / perLine) * cell + 5;
    }
    return { places, labels, height: Math.max(y, cell), perLine };
  };

  // One cell, drawn once for all nodes of its state.
  const stamp = (tone, shape, scale) => {
    const picture = document.createElement('canvas');
    picture.width = picture.height = Math.round(cell * scale);
    const canvas = picture.getContext('2d');
    const gap = cell > 9 ? 1 : .5;
    canvas.scale(scale, scale);
    canvas.translate(gap, gap);
    canvas.scale((cell - 2 * gap) / 11, (cell - 2 * gap) / 11);
    canvas.fillStyle = wnm.colour(tone);
    canvas.fill(wnm.shapePath(shape), 'evenodd');
    return picture;
  };

  const draw = () => {
    if (!strip || !strip.isConnected) return;
    const width = strip.parentElement.clientWidth;
    const plan = layout(wnm.data.nodes, width);
    const scale = window.devicePixelRatio || 1;
    strip.width = width * scale;
    strip.height = plan.height * scale;
    strip.style.width = width + 'px';
    strip.style.height = plan.height + 'px';
    const canvas = strip.getContext('2d');
    canvas.scale(scale, scale);
    canvas.font = '11px system-ui, sans-serif';
    canvas.fillStyle = wnm.colour('faint');
    const line = wnm.colour('text');
    plan.labels.forEach(label => canvas.fillText(label.text, 0, label.y));
    const looks = new Map();
    plan.places.forEach((place, i) => {
      const word = place.node.status;
      if (!looks.has(word)) {
        const { tone, shape } = wnm.stateOf(word);
        looks.set(word, stamp(tone, shape, scale));
      }
      canvas.drawImage(looks.get(word), place.x, place.y, cell, cell);
      if (i === at || wnm.selected.has(place.node.id)) {
        canvas.strokeStyle = line;
        canvas.strokeRect(place.x + .5, place.y + .5, cell - 1, cell - 1);
      }
    });
    strip.plan = plan;
    strip.setAttribute('aria-label', plan.places[at] ? words(plan.places[at].node) : summary());
  };

  const summary = () => {
    const counts = {};
    wnm.data.nodes.forEach(node => { counts[node.status] = (counts[node.status] || 0) + 1; });
    return wnm.plural(wnm.data.nodes.length, 'node') + ': ' + Object.entries(counts).map(([state, count]) => count + ' ' + state.toLowerCase()).join(', ')
      + '. Arrow keys move, Enter opens.';
  };

  const placeOf = event => {
    const box = strip.getBoundingClientRect();
    const x = event.clientX - box.left;
    const y = event.clientY - box.top;
    return strip.plan.places.findIndex(place => x >= place.x && x < place.x + cell && y >= place.y && y < place.y + cell);
  };
  const words = node => node.service + (node.group ? ' in ' + node.group : '') + '\n' + node.status + (node.version ? ', ' + node.version : '')
    + (wnm.known(node.connected_peers) ? ', ' + node.connected_peers + ' peers' : '') + '\nseen ' + wnm.ago(node.timestamp)
    + (node.last_error ? '\n' + node.last_error : '');

  const makeStrip = () => {
    strip = wnm.el('canvas', { tabindex: '0', role: 'img', id: 'strip' });
    strip.addEventListener('blur', () => {
      if (wnm.isRenewed) return; // it goes because it is drawn anew, and who is there stays there
      at = -1;
      draw();
    });
    strip.addEventListener('pointermove', event => {
      const place = strip.plan && strip.plan.places[placeOf(event)];
      wnm.tip(place ? words(place.node) : '', event);
    });
    strip.addEventListener('pointerleave', () => wnm.tip(''));
    strip.addEventListener('pointerdown', event => { dragFrom = { x: event.offsetX, y: event.offsetY }; });
    strip.addEventListener('pointerup', event => {
      const from = dragFrom;
      if (from && (Math.abs(event.offsetX - from.x) > cell || Math.abs(event.offsetY - from.y) > cell)) {
        const inside = place => place.x + cell >= Math.min(from.x, event.offsetX) && place.x <= Math.max(from.x, event.offsetX)
          && place.y + cell >= Math.min(from.y, event.offsetY) && place.y <= Math.max(from.y, event.offsetY);
        wnm.selected = new Set(strip.plan.places.filter(inside).map(place => place.node.id));
        wnm.go('nodes', { filter: '' });
        return;
      }
      const place = strip.plan.places[placeOf(event)];
      if (place) wnm.openLife(place.node.id);
    });
    strip.addEventListener('keydown', event => {
      const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: strip.plan.perLine, ArrowUp: -strip.plan.perLine }[event.key];
      if (step) {
        event.preventDefault();
        at = Math.max(0, Math.min(strip.plan.places.length - 1, at + step));
        draw();
        const place = strip.plan.places[at];
        if (place) strip.setAttribute('aria-label', words(place.node));
      } else if (event.key === 'Enter' && strip.plan.places[at]) {
        event.preventDefault();
        wnm.openLife(strip.plan.places[at].node.id);
      }
    });
    return strip;
  };

  const bar = resource => {
    const [room, pressure] = wnm.limits(resource).map(limit => limit.value);
    const percent = /cpu|memory|disk$/i.test(resource.name) && !/read|writ/i.test(resource.name);
    const limited = room !== null && room !== undefined || pressure !== null && pressure !== undefined;
    const most = percent ? 100 : Math.max(resource.used || 0, pressure || 0, room || 0, 1) * 1.1;
    const show = value => percent ? wnm.digits(value) + ' %' : /load/i.test(resource.name) ? wnm.digits(value) : wnm.bytes(value) + '/s';
    const at = value => Math.min(100, value / most * 100) + '%';
    const known = wnm.known(resource.used);
    const value = wnm.el('span', { class: 'value ' + (resource.state === 'pressure' ? 'bad' : resource.state === 'room' ? '' : resource.state === 'unknown' ? 'unknown' : 'busy') },
      known ? show(resource.used) : 'unknown', wnm.known(resource.room_for_nodes) ? ', room for ' + wnm.plural(resource.room_for_nodes, 'node') : '');
    // Without a threshold there is nothing to measure it by, and a bar would only look as if there were.
    if (!limited && !percent) return [wnm.el('span', {}, resource.name), wnm.el('span', { class: 'faint' }, 'no threshold is set'), value];
    return [wnm.el('span', {}, resource.name),
      wnm.el('div', { class: 'bar' + (known ? '' : ' unknown'), role: 'meter', 'aria-label': resource.name, 'aria-valuemin': 0, 'aria-valuemax': Math.round(most),
        'aria-valuenow': known ? resource.used : null, 'aria-valuetext': known ? show(resource.used) : 'unknown' },
      known ? wnm.el('div', { class: 'fill ' + resource.state, style: { width: at(resource.used) } }) : null,
      !wnm.known(room) ? null : wnm.el('div', { class: 'mark room', title: 'room below ' + show(room), style: { left: at(room) } }),
      !wnm.known(pressure) ? null : wnm.el('div', { class: 'mark pressure', title: 'pressure above ' + show(pressure), style: { left: at(pressure) } })),
      value];
  };

  const planned = ({ type, target, count }) => type.toLowerCase() + (target === 'FLEET' ? '' : ' ' + wnm.plural(count, (target === 'DEAD_NODE' ? 'dead ' : target === 'STOPPED_NODE' && type === 'REMOVE' ? 'stopped ' : '') + 'node'));

  const next = status => {
    const interval = status.watch.interval_seconds;
    const due = status.watch.last_end === null ? null : status.watch.last_end + interval;
    return wnm.card('Next', wnm.el('p', { id: 'countdown', class: 'faint', 'data-due': due === null ? '' : due }),
      wnm.el('ul', { class: 'plain' }, (status.next || []).map(action => wnm.el('li', {}, wnm.el('strong', {}, planned(action)), ' – ' + action.reason))),
      status.why_not_more.length ? wnm.el('p', {}, wnm.el('strong', {}, 'Why not more: '), status.why_not_more.join('; ')) : null,
      status.growth ? wnm.el('p', { class: 'faint' }, status.growth.sentence) : null);
  };

  const inTrouble = () => wnm.data.nodes.filter(node => node.status === 'DEAD' || node.status === 'UNKNOWN' || node.last_error);
  const isTrouble = status => status.problems.length > 0 || inTrouble().length > 0;
  const MOST_PROBLEMS = 8;
  const problems = status => {
    const all = inTrouble();
    const lost = all.slice(0, MOST_PROBLEMS);
    return wnm.card('Problems', status.problems.length || lost.length ? wnm.el('ul', { class: 'plain' }, status.problems.map(problem => wnm.el('li', {}, wnm.el('span', { class: 'bad' }, problem.what), problem.mend ? ' → ' + problem.mend : '')),
      lost.map(node => wnm.el('li', {}, wnm.el('a', { href: wnm.address('now', { life: node.id }) }, node.service), ' ', wnm.state(node.status), ' ', node.last_error || '',
        node.last_incident ? wnm.el('span', { class: 'faint' }, ' ' + wnm.words(node.last_incident)) : null)),
      all.length > lost.length ? wnm.el('li', {}, wnm.el('a', { href: wnm.address('nodes', { filter: "status=DEAD or status=unknown or last_error!=''" }) }, (all.length - lost.length) + ' more')) : null)
      : wnm.el('p', { class: 'faint' }, 'None is known.'));
  };

  const legend = () => {
    const counts = {};
    wnm.data.nodes.forEach(node => { counts[node.status] = (counts[node.status] || 0) + 1; });
    return wnm.el('div', { class: 'legend' }, Object.keys(wnm.states).filter(state => counts[state]).map(state =>
      wnm.el('button', { type: 'button', onclick: () => wnm.go('nodes', { filter: state === 'UNKNOWN' ? 'status=unknown' : 'status=' + state }) },
        wnm.state(state), ' ' + counts[state])));
  };

  wnm.views.push({
    name: 'now', title: 'Now', key: 'n',
    show: main => {
      const status = wnm.data.status;
      if (!status) return main.append(wnm.card('Now', wnm.data.trouble || 'Asking …'));
      main.append(wnm.card('Nodes', legend(), wnm.el('div', {}, makeStrip()), wnm.el('p', { class: 'faint' }, 'Of at most ' + status.node_cap + '. Click opens a node, a drawn frame selects.')),
        wnm.el('div', { class: 'split' }, wnm.card('Resources', wnm.el('div', { class: 'bars' }, status.resources.map(bar).flat()),
          wnm.el('div', { class: 'legend faint' }, wnm.swatch('line', 'text', 'nodes are started and added below'), wnm.swatch('line', 'bad', 'nodes are stopped above'))),
        wnm.el('div', {}, isTrouble(status) ? [problems(status), next(status)] : [next(status), problems(status)])));
      draw();
      countdown();
    },
    draw,
  });

  const countdown = () => {
    const element = document.getElementById('countdown');
    if (!element) return;
    const due = Number(element.dataset.due);
    const left = due - wnm.now();
    element.textContent = wnm.isFile || !due ? '' : left > 0 ? 'The next cycle begins in ' + wnm.span(left) + ' and would:' : 'A cycle is due now, or under way; it would:';
  };
  setInterval(countdown, 1000);
  addEventListener('pointerup', () => { dragFrom = null; }); // also of a frame that ends beside the cells
  addEventListener('resize', () => requestAnimationFrame(draw));
})();
