// View 2: nodes by state and the machine over time, on one cursor and one range, with every decision and operation as a mark.
'use strict';
(() => {
  const RANGES = [['1 h', 3600], ['1 d', 86400], ['7 d', 604800], ['30 d', 2592000]];
  // What is drawn, with the name of the lower of its thresholds; some only where a threshold is set.
  const IF_SET = true;
  const MEASURES = [['used_cpu_percent', 'CPU', '%', 'cpu_less_than'], ['used_mem_percent', 'Memory', '%', 'mem_less_than'], ['used_hd_percent', 'Disk', '%', 'hd_less_than'],
    ['load_average_1', 'Load over 1 minute', '', 'desired_load_average', IF_SET], ['load_average_5', 'Load over 5 minutes', '', 'desired_load_average'],
    ['load_average_15', 'Load over 15 minutes', '', 'desired_load_average', IF_SET], ['hdio_read_bytes', 'Disk reading', 'B/s', 'hdio_read_less_than', IF_SET],
    ['hdio_write_bytes', 'Disk writing', 'B/s', 'hdio_write_less_than'], ['netio_read_bytes', 'Network in', 'B/s', 'netio_read_less_than'],
    ['netio_write_bytes', 'Network out', 'B/s', 'netio_write_less_than', IF_SET]];
  const ORDER = ['RUNNING', 'RESTARTING', 'UPGRADING', 'MIGRATING', 'STOPPED', 'REMOVING', 'DISABLED', 'DEAD'];
  let charts = [];
  let shown = {};

  const DAY = 86400;
  const MOST_ROWS = 5000; // of each kind, as the API has it
  // A range that ends now goes on with the time; one with both ends stays.
  const range = parameters => {
    const now = Math.floor(wnm.now());
    const until = Number(parameters.until) || now;
    return { from: Number(parameters.from) || until - (Number(parameters.last) || (wnm.isFile ? 7 * DAY : DAY)), until };
  };
  const path = (name, { from, until }, more) => name + '?from=' + Math.floor(from) + '&until=' + Math.ceil(until) + (more || '');

  // In 24 hours, with the day where more than two are shown.
  wnm.timeAxis = () => ({ stroke: () => wnm.colour('faint'), grid: { stroke: () => wnm.colour('line') }, size: 30,
    values: (chart, times) => times.map(time => chart.scales.x.max - chart.scales.x.min > 172800 ? wnm.clock(time).slice(5, 10) : wnm.clock(time).slice(11, 16)) });

  const stacked = course => {
    const states = ORDER.filter(state => course[state] && course[state].some(count => count > 0));
    let sums = course.time.map(() => 0);
    const lines = states.map(state => {
      sums = course[state].map((count, i) => count === null ? null : (sums[i] || 0) + count);
      return { state, sums };
    });
    return lines.reverse();
  };

  // Of what is counted there are no halves.
  const WHOLE = Array.from({ length: 40 }, (_, i) => [1, 2, 5][i % 3] * 10 ** Math.floor(i / 3));
  const axis = unit => ({ size: 62, ...(unit === 'nodes' || unit === 'B/s' ? { incrs: WHOLE } : {}), stroke: () => wnm.colour('faint'), grid: { stroke: () => wnm.colour('line') },
    values: (chart, values) => values.map(value => unit === '%' ? value + ' %' : unit === 'B/s' ? wnm.bytes(value) : unit === 'nodes' ? wnm.count(value) : wnm.digits(value)) });

  // Marks at the lower edge: a bar for each decision that was acted on, a dot for each operation.
  const marks = chart => {
    const canvas = chart.ctx;
    const { left, top, width, height } = chart.bbox;
    canvas.save();
    canvas.beginPath();
    canvas.rect(left, top, width, height);
    canvas.clip();
    const [bad, text, busy] = ['bad', 'text', 'busy'].map(wnm.colour);
    shown.events.forEach(event => {
      const x = chart.valToPos(event.time, 'x', true);
      canvas.fillStyle = event.failed ? bad : event.isDecision ? text : busy;
      canvas.fillRect(x, top + height - (event.isDecision ? 14 : 7), 2, event.isDecision ? 14 : 7);
    });
    (chart.limits || []).forEach(({ value, tone }) => {
      const y = chart.valToPos(value, 'y', true);
      canvas.strokeStyle = wnm.colour(tone);
      canvas.setLineDash([6, 4]);
      canvas.beginPath();
      canvas.moveTo(left, y);
      canvas.lineTo(left + width, y);
      canvas.stroke();
    });
    canvas.restore();
  };

  const told = events => events.map(event => wnm.clock(event.time) + '  ' + event.text).join('\n');

  const height = title => title === 'Nodes by state' ? 170 : 110;

  const near = (chart, tolerance) => {
    const time = chart.posToVal(chart.cursor.left, 'x');
    const width = (chart.scales.x.max - chart.scales.x.min) * tolerance / chart.over.clientWidth;
    return shown.events.filter(event => Math.abs(event.time - time) < width).slice(0, 8);
  };

  const LEAST_SPAN = 60;
  let whole = null; // what was shown before the first closer look
  const zoom = (from, until) => {
    const { from: before, until: end, last } = wnm.at.parameters;
    whole = whole || { from: before, until: end, last };
    wnm.go('time', { from: Math.floor(from), until: Math.ceil(until) });
  };
  // Around the mark that was chosen, else around the middle; no further than now.
  const zoomBy = factor => {
    const span = Math.min(Math.max(LEAST_SPAN, (shown.until - shown.from) * factor), (wnm.isFile ? 7 : 30) * DAY);
    const middle = at >= shown.from && at <= shown.until ? at : (shown.from + shown.until) / 2;
    const until = Math.min(middle + span / 2, Math.max(shown.until, wnm.now()));
    zoom(until - span, until);
  };
  const unzoom = () => {
    if (!wnm.at.parameters.from) return;
    const { from, until, last } = whole || {};
    whole = null;
    wnm.go('time', { from, until, last });
  };

  // What the keys go through: the moments at which something is marked, the oldest first.
  const MOST_TOLD = 8;
  let at = 0; // the moment that was chosen, if any
  let said;
  const moments = () => [...new Set(shown.events.map(event => event.time))].filter(time => time >= shown.from && time <= shown.until).sort((one, two) => one - two);
  const ofMoment = () => shown.events.filter(event => event.time === at);
  const point = () => {
    const all = moments();
    const isThere = all.includes(at);
    charts.forEach(chart => chart.setCursor(isThere ? { left: chart.valToPos(at, 'x'), top: 10 } : { left: -10, top: -10 }, false, false));
    const text = isThere ? told(ofMoment().slice(0, MOST_TOLD)) : '';
    said.textContent = isThere ? 'mark ' + (all.indexOf(at) + 1) + ' of ' + all.length + ': ' + text : all.length ? '' : 'Nothing is marked in this time.';
    const over = charts[0]?.over.getBoundingClientRect();
    wnm.tip(text, over && { clientX: over.left + charts[0].valToPos(at, 'x'), clientY: over.top + 10 });
  };
  const step = by => {
    const all = moments();
    const place = all.indexOf(at);
    const next = place < 0 ? (by > 0 ? 0 : all.length - 1) : Math.max(0, Math.min(all.length - 1, place + by));
    at = all.length ? all[next] : 0;
    point();
  };
  const KEYS = {
    ArrowRight: () => step(1), ArrowLeft: () => step(-1), '+': () => zoomBy(0.5), '=': () => zoomBy(0.5), '-': () => zoomBy(2), Escape: unzoom,
    Enter: () => {
      if (!ofMoment().length) return;
      list(ofMoment());
      count.scrollIntoView({ block: 'nearest' });
    },
  };
  const press = event => {
    if (!KEYS[event.key] || event.ctrlKey || event.metaKey || event.altKey || event.key === 'Escape' && !document.getElementById('life').hidden) return;
    event.preventDefault();
    event.stopPropagation();
    KEYS[event.key]();
  };
  const leave = () => {
    charts.forEach(chart => chart.setCursor({ left: -10, top: -10 }, false, false));
    wnm.tip('');
  };

  const make = (box, title, series, data, unit, limits) => {
    const holder = wnm.el('div', {});
    box.append(wnm.el('div', { class: 'chart' + (title === 'Nodes by state' ? ' whole' : '') }, wnm.el('h3', {}, title), holder));
    const chart = new uPlot({
      width: Math.max(240, holder.clientWidth), height: height(title), padding: [8, 18, 0, 0], series: [{}, ...series], legend: { show: false },
      axes: [wnm.timeAxis(), axis(unit)],
      scales: { x: { time: true, range: [shown.from, shown.until] }, y: { range: (me, low, high) => [0, Math.max(unit === '%' ? 100 : 1, (high || 0) * 1.08, ...limits.map(limit => limit.value))] } },
      cursor: { sync: { key: 'wnm-time' }, drag: { x: true, y: false, setScale: false } },
      hooks: {
        draw: [marks],
        setSelect: [me => {
          if (me.select.width > 8) zoom(me.posToVal(me.select.left, 'x'), me.posToVal(me.select.left + me.select.width, 'x'));
        }],
      },
    }, data, holder);
    chart.limits = limits;
    chart.redraw();
    chart.over.addEventListener('mousemove', event => {
      const found = chart.cursor.left >= 0 ? near(chart, 5) : [];
      wnm.tip(told(found), event);
    });
    chart.over.addEventListener('mouseleave', () => wnm.tip(''));
    chart.over.addEventListener('click', () => list(near(chart, 8)));
    charts.push(chart);
  };

  let log;
  let count;
  const MOST_LINES = 300;
  // @param chosen those of one moment; all where there are none
  const list = chosen => {
    const some = chosen.length > 0 && chosen.length < shown.events.length;
    const events = some ? chosen : shown.events;
    count.replaceChildren(!events.length ? 'Nothing was decided or done in this time.' : some ? chosen.length + ' of ' + shown.events.length + (shown.cut ? ' that are shown' : '') + ', around ' + wnm.clock(chosen[0].time) + ' '
      : shown.cut + (events.length > MOST_LINES ? 'The newest ' + MOST_LINES + (shown.cut ? '' : ' of ' + events.length) + ' are listed.' : events.length + ' in all'),
    some ? wnm.el('button', { type: 'button', onclick: () => list([]) }, 'Show all') : '');
    log.replaceChildren(wnm.el('tbody', {}, events.slice(0, MOST_LINES).map(event => wnm.el('tr', { class: event.failed ? 'bad' : '' },
      wnm.el('td', {}, wnm.el('time', {}, wnm.clock(event.time))), wnm.el('td', {}, event.isDecision ? 'decision' : event.kind), wnm.el('td', {}, event.text)))));
  };

  const eventsOf = (decisions, operations, incidents) => [
    ...decisions.filter(decision => decision.actions.length).map(decision => ({ time: decision.first, isDecision: true,
      text: decision.actions.map(action => (action.words || action.type) + ' (' + action.reason + ')').join('; ') })),
    ...operations.map(operation => ({ time: operation.begun, kind: operation.kind, failed: operation.ending === 'failed',
      text: operation.service + ': ' + operation.ending + (operation.reason ? ', ' + operation.reason : '') + (operation.detail ? ' – ' + operation.detail : '') + (operation.asked_by ? ' (asked by ' + operation.asked_by + ')' : '') })),
    ...incidents.map(incident => ({ time: incident.time, kind: 'incident', failed: true, text: incident.service + ' ' + incident.words })),
  ].sort((one, two) => two.time - one.time);

  wnm.views.push({
    name: 'time', title: 'Time line', key: 't',
    show: async (main, parameters) => {
      charts.forEach(chart => chart.destroy());
      charts = [];
      const span = range(parameters);
      const last = parameters.from ? 0 : span.until - span.from;
      shown = { ...span, events: [], cut: '' };
      const buttons = wnm.el('div', { class: 'row' }, RANGES.map(([title, seconds]) => wnm.el('button', { type: 'button', 'aria-pressed': seconds === last, disabled: wnm.isFile && seconds > 7 * DAY, onclick: () => wnm.go('time', { last: seconds }) }, title)),
      wnm.el('span', { class: 'faint' }, wnm.clock(span.from) + ' to ' + wnm.clock(span.until) + '. Drag in a chart for a closer look, or use its keys (?).'));
      const marked = wnm.el('div', { class: 'legend faint' }, wnm.swatch('tall', 'text', 'decision that was acted on'), wnm.swatch('short', 'busy', 'operation'), wnm.swatch('short', 'bad', 'failure or incident'),
        wnm.swatch('line', 'text', 'nodes are started and added below'), wnm.swatch('line', 'bad', 'nodes are stopped above'), wnm.swatch('dots', 'faint', 'highest of its time'));
      if (!parameters.from) whole = null;
      const box = wnm.el('div', { class: 'charts', id: 'charts', tabindex: '0', role: 'application', onkeydown: press, onblur: leave,
        'aria-label': 'Time line: arrow keys go from mark to mark, Enter lists its reasons, plus and minus zoom, Escape shows the whole range again' });
      said = wnm.el('p', { class: 'hidden', role: 'status', id: 'said' });
      log = wnm.el('table', { class: 'stacks' });
      count = wnm.el('p', { class: 'faint', role: 'status' });
      main.append(wnm.card('Time line', buttons, marked, box, said), wnm.card('What was decided and done', count, wnm.el('div', { class: 'scroll' }, log)));
      try {
        const [states, machine, decisions, operations, incidents] = await Promise.all([wnm.ask(wnm.isFile ? 'states' : path('states', span, '&points=600')),
          wnm.ask(wnm.isFile ? 'machine' : path('machine', span, '&points=600')), wnm.ask(wnm.isFile ? 'decisions' : path('decisions', span, '&acted=yes&limit=' + MOST_ROWS)),
          wnm.ask(wnm.isFile ? 'operations' : path('operations', span, '&limit=' + MOST_ROWS)), wnm.ask(wnm.isFile ? 'incidents' : path('incidents', span, '&limit=' + MOST_ROWS))]);
        if (!box.isConnected) return;
        shown.events = eventsOf(decisions, operations, incidents);
        shown.cut = [['decisions', decisions, 'first'], ['operations', operations, 'begun'], ['incidents', incidents, 'time']].filter(([, rows]) => rows.length >= MOST_ROWS)
          .map(([kind, rows, time]) => 'Of ' + kind + ' only the newest ' + MOST_ROWS + ' are shown, back to ' + wnm.clock(rows.reduce((least, row) => Math.min(least, row[time]), Infinity)) + '. ').join('');
        const lines = stacked(states);
        make(box, 'Nodes by state', lines.map(({ state }) => ({ label: state, fill: wnm.colour(wnm.stateOf(state).tone), stroke: wnm.colour('card'), width: 1, points: { show: false } })),
          [states.time, ...lines.map(line => line.sums)], 'nodes', [{ value: wnm.data.status ? wnm.data.status.node_cap : 0, tone: 'faint' }]);
        box.append(wnm.el('div', { class: 'legend whole' }, [...lines].reverse().map(({ state }) => wnm.state(state))));
        for (const [key, title, unit, threshold, ifSet] of MEASURES) {
          const resource = wnm.data.status && wnm.data.status.resources.find(each => threshold in each);
          const limits = resource ? wnm.limits(resource).map(({ value }, i) => ({ value, tone: i === 0 ? 'text' : 'bad' })).filter(limit => limit.value !== null) : [];
          if (ifSet && !limits.length) continue;
          make(box, title, [{ label: title, stroke: wnm.colour('accent'), width: 1.5, points: { show: false } },
            { label: 'highest', stroke: wnm.colour('faint'), width: 1, dash: [2, 3], points: { show: false } }], [machine.time, machine[key].mean, machine[key].highest], unit, limits);
        }
        list([]);
        if (document.activeElement === box) point();
      } catch (wrong) {
        box.append(wnm.el('p', { class: 'bad' }, wrong.message));
      }
    },
    draw: () => {
      // Nobody is disturbed who looks closely or reads further down.
      if (wnm.at.parameters.from || wnm.isFile || scrollY > 0 || charts.some(chart => chart.cursor.left >= 0)) return;
      if (wnm.now() - shown.until > 55) wnm.refresh();
    },
  });
  let resized = 0;
  addEventListener('resize', () => {
    clearTimeout(resized);
    resized = setTimeout(() => charts.forEach(chart => chart.root.isConnected && chart.setSize({ width: Math.max(240, chart.root.parentElement.clientWidth), height: chart.height })), 120);
  });
})();
