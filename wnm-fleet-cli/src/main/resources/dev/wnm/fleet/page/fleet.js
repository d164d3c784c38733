// The fleet: hosts with how they stand, and the roll-out as a lane of waves. Nothing can be changed here.
'use strict';
(() => {
  const LOOKS = {
    'well': ['good', 'square'], 'trouble': ['bad', 'cross'], 'unknown': ['unknown', 'dot'], 'silent': ['unknown', 'dash'], 'never heard': ['unknown', 'dot'],
    'double': ['bad', 'cross'], 'odd': ['bad', 'cross'],
    'planned': ['unknown', 'hollow'], 'upgrading': ['busy', 'up'], 'soaking': ['stopped', 'square'], 'ok': ['good', 'square'], 'failed': ['bad', 'cross'],
  };
  // How text.js draws states, with the words of hosts.
  Object.entries(LOOKS).forEach(([word, [tone, shape]]) => { wnm.states[word] = { tone, shape }; });
  const STALE = 30;
  // Milliseconds without another key, after which a condition is taken for written.
  const TYPING_PAUSE = 250;
  // Whether what it said is believed to be so now.
  const isFresh = host => ['well', 'trouble', 'unknown'].includes(host.belief);
  const nodes = (host, status) => host.state ? (host.state.nodes.status[status] || 0) : null;
  const total = host => host.state ? Object.values(host.state.nodes.status).reduce((sum, count) => sum + count, 0) : null;
  const version = host => {
    const versions = host.state ? Object.entries(host.state.nodes.versions).filter(([, count]) => count > 0).sort((one, two) => two[1] - one[1]) : [];
    return versions.length ? versions[0][0] + (versions.length > 1 ? ' +' + (versions.length - 1) : '') : '';
  };
  const COLUMNS = [
    { title: 'Host', value: host => host.name },
    { title: 'State', value: host => host.belief, draw: host => wnm.state(host.belief) },
    { title: 'Heard', num: true, value: host => host.heard === null ? null : -host.heard, draw: host => wnm.ago(host.heard) },
    { title: 'Nodes', num: true, wide: true, value: total },
    { title: 'Running', num: true, value: host => nodes(host, 'RUNNING') },
    { title: 'Dead', num: true, value: host => nodes(host, 'DEAD') },
    { title: 'Room', num: true, value: host => host.room },
    { title: 'Version', wide: true, value: version },
    { title: 'Site', wide: true, value: host => host.site },
    { title: 'Last decision', wide: true, value: host => host.state ? host.state.outlook.last : '' },
  ];
  let fleet = null;
  let trouble = '';
  let sort = { column: COLUMNS[0], down: false };
  let chosen = '';
  // What the server answers to a condition: the names of its hosts, and of how many more it is not known. null where nothing is asked.
  let matching = null;
  const collator = new Intl.Collator(undefined, { numeric: true });
  const part = id => document.getElementById(id);

  const order = (one, two) => {
    const a = sort.column.value(one);
    const b = sort.column.value(two);
    if (!wnm.known(a) || !wnm.known(b)) return wnm.known(a) ? -1 : wnm.known(b) ? 1 : 0;
    const difference = typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(a, b);
    return sort.down ? -difference : difference;
  };
  const wanted = () => part('search').value.trim();
  // Conditions are the server's to judge, as --where is; any other text is looked for here.
  const condition = () => wnm.isCondition(wanted()) ? wanted() : '';
  const found = () => {
    const text = condition() ? '' : wanted().toLowerCase();
    const rows = fleet.hosts.filter(host => !matching || matching.names.has(host.name));
    return rows.filter(host => !text || [host.name, host.belief, host.site, version(host), ...host.remarks,
      ...(host.state ? Object.entries(host.state.labels).map(([name, value]) => name + '=' + value) : [])].some(value => value && value.toLowerCase().includes(text)))
      .sort(order);
  };

  const verdict = () => {
    const counts = {};
    fleet.hosts.forEach(host => { counts[host.belief] = (counts[host.belief] || 0) + 1; });
    const fresh = fleet.hosts.filter(isFresh);
    const running = fresh.reduce((sum, host) => sum + nodes(host, 'RUNNING'), 0);
    part('verdict').textContent = wnm.plural(fleet.hosts.length, 'host') + ': ' + (Object.entries(counts).map(([word, count]) => count + ' ' + word).join(', ') || 'none yet')
      + '; ' + running + ' of ' + fresh.reduce((sum, host) => sum + total(host), 0) + ' nodes run where that is known';
    part('verdict').className = counts.trouble || counts.double || counts.odd ? 'bad' : fleet.hosts.length && counts.well === fleet.hosts.length ? 'good' : 'unknown';
    const old = wnm.now() - fleet.time;
    const why = trouble || fleet.trouble;
    part('age').textContent = (why ? why + '; ' : '') + 'looked at ' + wnm.ago(fleet.time);
    part('age').className = 'age' + (old > STALE || why ? ' old' : '');
  };

  const table = () => {
    part('hosts').tHead.replaceChildren(wnm.el('tr', {}, COLUMNS.map(column => wnm.el('th', { scope: 'col', class: (column.num ? 'num ' : '') + (column.wide ? 'wide' : ''),
      'aria-sort': sort.column === column ? (sort.down ? 'descending' : 'ascending') : null }, wnm.el('button', { type: 'button', onclick: () => {
      sort = { column, down: sort.column === column && !sort.down };
      draw();
    } }, column.title + (sort.column === column ? (sort.down ? ' ↓' : ' ↑') : ''))))));
    const rows = found();
    part('found').textContent = rows.length === fleet.hosts.length ? '' : rows.length + ' of ' + wnm.plural(fleet.hosts.length, 'host')
      + (matching && matching.unknown ? '; of ' + matching.unknown + ' that is not known' : '');
    part('hosts').tBodies[0].replaceChildren(...rows.map(host => wnm.el('tr', { tabindex: '0', class: (host.name === chosen ? 'at ' : '') + (isFresh(host) ? '' : 'faint'), 'data-host': host.name,
      onclick: () => choose(host.name), onkeydown: event => { if (event.key === 'Enter') choose(host.name); } },
    COLUMNS.map(column => {
      const value = column.value(host);
      return wnm.el('td', { class: (column.num ? 'num ' : '') + (column.wide ? 'wide' : '') }, column.draw ? column.draw(host) : wnm.known(value) ? String(value) : '-');
    }))));
  };

  const one = () => {
    const host = fleet.hosts.find(each => each.name === chosen);
    part('one').hidden = !host;
    if (!host) return;
    const facts = [['State', wnm.state(host.belief)], ['Heard', wnm.ago(host.heard)], ...host.remarks.map(remark => ['Remark', remark])];
    if (host.state) {
      const { outlook, limits, labels, wish, groups } = host.state;
      facts.push(['Says', outlook.sentence], ...outlook.troubles.map(each => ['Trouble', each.what + (each.mend ? ' → ' + each.mend : '')]),
        ['Next', outlook.next.join('; ') || '-'], ['Why not more', outlook.why_not_more.join('; ') || '-'],
        ['Last decision', (outlook.last || '-') + (outlook.last_at ? ', ' + wnm.ago(outlook.last_at) : '')],
        ['Resources', host.state.resources.map(each => each.name + ' ' + (wnm.known(each.used) ? wnm.digits(each.used) : 'unknown')
          + (wnm.known(each.room) ? ' (room below ' + wnm.digits(each.room) + (wnm.known(each.pressure) ? ', pressure above ' + wnm.digits(each.pressure) : '') + ')' : '')).join('; ')],
        ['Settings', Object.entries(limits).map(([name, value]) => name + ' ' + value).join(', ')],
        ...(groups ? [['Groups', (groups.there.map(group => group.name + ' with ' + wnm.plural(group.nodes, 'node')).join(', ') || 'none yet') + '; at most ' + groups.size
          + ' in each; blocks: ' + groups.blocks]] : []), ['Labels', Object.entries(labels).map(([name, value]) => name + '=' + value).join(', ') || '-'],
        ['Latest wish', wish.outcome.toLowerCase() + (wish.reason ? ': ' + wish.reason : '')], ['wnm', host.state.wnm]);
    }
    part('one').replaceChildren(wnm.el('h2', {}, host.name), wnm.el('dl', { class: 'plain' }, facts.map(([name, value]) => [wnm.el('dt', {}, name), wnm.el('dd', {}, value)])),
      wnm.el('p', { class: 'faint' }, 'Its nodes: wnm fleet nodes ' + host.name));
  };
  const choose = name => {
    chosen = name;
    draw();
    part('one').scrollIntoView({ block: 'nearest' });
  };

  const lane = () => {
    const { rollout } = fleet;
    part('rollout').hidden = !rollout;
    if (!rollout) return;
    const old = part('rollout').querySelector('.lane');
    const scrolled = old && [old, ...old.querySelectorAll('ul')].map(each => [each.scrollLeft, each.scrollTop]);
    part('rollout').replaceChildren(wnm.el('h2', {}, 'Roll-out of ' + rollout.version), wnm.el('p', {}, wnm.el('strong', { class: rollout.state === 'paused' ? 'bad' : '' },
      rollout.state.replace('_', ' ')), ', driven by ' + rollout.owner + (rollout.words ? ': ' + rollout.words : '')),
    wnm.el('p', { class: 'faint' }, (rollout.words.includes(rollout.figures) ? '' : rollout.figures + '. ') + 'The gate: ' + rollout.gate),
    wnm.el('div', { class: 'lane' }, rollout.waves.map((wave, i) => wnm.el('div', {}, wnm.el('h3', {}, 'Wave ' + (i + 1) + ', ' + wnm.plural(wave.length, 'host')),
      wnm.el('ul', {}, wave.map(place => wnm.el('li', {}, wnm.state(place.phase), ' ' + place.host
        + (place.phase === 'planned' || place.phase === 'unknown' ? '' : ' ' + place.updated + '/' + place.running))))))));
    // Who has scrolled stays there; at first, the wave under way is shown.
    const present = part('rollout').querySelector('.lane');
    if (scrolled) return [present, ...present.querySelectorAll('ul')].forEach((each, i) => each.scrollTo(...(scrolled[i] || [0, 0])));
    const underWay = present.children[rollout.waves.findIndex(wave => wave.some(place => place.phase !== 'ok'))];
    if (underWay) present.scrollLeft = underWay.offsetLeft - present.offsetLeft;
  };

  const draw = () => {
    if (!fleet) return;
    const at = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.host : '';
    verdict();
    lane();
    table();
    one();
    if (at) [...part('hosts').tBodies[0].rows].find(row => row.dataset.host === at)?.focus({ preventScroll: true });
  };

  const ask = async where => {
    const response = await fetch('api/v1/fleet' + (where ? '?where=' + encodeURIComponent(where) : ''));
    const answer = await response.json();
    if (!response.ok) throw Object.assign(new Error(answer.detail || response.statusText), { isWronglyAsked: response.status === 400 });
    return answer;
  };
  const narrow = async () => {
    const where = condition();
    let answer = null;
    let wrong = '';
    try {
      if (where) answer = await ask(where);
    } catch (refused) {
      if (!refused.isWronglyAsked) throw refused;
      wrong = refused.message;
    }
    if (where !== condition()) return; // something else was typed meanwhile
    matching = answer && { names: new Set(answer.hosts.map(host => host.name)), unknown: answer.unknown };
    if (part('wrong').textContent !== wrong) part('wrong').textContent = wrong; // or it would be read out again with each look
    part('search').setAttribute('aria-invalid', Boolean(wrong));
  };
  const shown = async work => {
    try {
      await work();
    } catch (wrong) {
      trouble = wrong.message;
      if (!fleet) part('verdict').textContent = trouble;
    }
    draw();
  };
  const look = () => shown(async () => {
    fleet = await ask('');
    await narrow();
    trouble = '';
  });
  let soon = 0;
  part('search').addEventListener('input', () => {
    clearTimeout(soon);
    soon = setTimeout(() => shown(narrow), condition() ? TYPING_PAUSE : 0);
  });
  addEventListener('keydown', event => {
    if (event.key === '/' && event.target.tagName !== 'INPUT') {
      event.preventDefault();
      part('search').focus();
    }
    const rows = [...part('hosts').tBodies[0].rows];
    const step = { j: 1, k: -1 }[event.key];
    if (step && event.target.tagName !== 'INPUT' && rows.length) {
      const now = rows.indexOf(document.activeElement);
      rows[Math.max(0, Math.min(rows.length - 1, now + step))].focus();
    }
  });
  const events = new EventSource('api/v1/events');
  events.addEventListener('snapshot', look);
  events.onerror = look; // whether there is a server at all, that tells
  setInterval(() => { if (fleet) verdict(); }, 1000);
  setInterval(look, 15000);
  look();
})();
