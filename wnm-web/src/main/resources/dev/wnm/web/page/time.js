// View 2: nodes by state and the machine over time, on one cursor and one range, with every decision and operation as a mark.
'use strict';
(() => {
  const RANGES = [['1 h', 3600], ['1 d', 86400], ['7 d', 604800], ['30 d', 2592000]];
  const MEASURES = [['used_cpu_percent', 'CPU', '%', /^cpu/i], ['used_mem_percent', 'Memory', '%', /^memory/i], ['used_hd_percent', 'Disk', '%', /^disk/i],
    ['load_average_5', 'Load over 5 minutes', '', /load.*5 min/i], ['hdio_write_bytes', 'Disk writing', 'B/s', /writ/i], ['netio_read_bytes', 'Network in', 'B/s', /network.*in|receiv/i]];
  const ORDER = ['RUNNING', 'RESTARTING', 'UPGRADING', 'MIGRATING', 'STOPPED', 'REMOVING', 'DISABLED', 'DEAD'];
  let charts = [];
  let shown = {};

  const range = parameters => {
    const until = Number(parameters.until) || Math.floor(wnm.now());
    return { from: Number(parameters.from) || until - 86400, until };
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

  const axis = unit => ({ size: 62, stroke: () => wnm.colour('faint'), grid: { stroke: () => wnm.colour('line') },
    values: (chart, values) => values.map(value => unit === '%' ? value + ' %' : unit === 'B/s' ? wnm.bytes(value) : wnm.count(value)) });

  // Marks at the lower edge: a bar for each decision that was acted on, a dot for each operation.
  const marks = chart => {
    const canvas = chart.ctx;
    const { left, top, width, height } = chart.bbox;
    canvas.save();
    canvas.beginPath();
    canvas.rect(left, top, width, height);
    canvas.clip();
    shown.events.forEach(event => {
      const x = chart.valToPos(event.time, 'x', true);
      canvas.fillStyle = wnm.colour(event.failed ? 'bad' : event.isDecision ? 'accent' : 'busy');
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

  const near = (chart, tolerance) => {
    const time = chart.posToVal(chart.cursor.left, 'x');
    const width = (chart.scales.x.max - chart.scales.x.min) * tolerance;
    return shown.events.filter(event => Math.abs(event.time - time) < width).slice(0, 8);
  };

  const make = (box, title, series, data, unit, limits) => {
    const holder = wnm.el('div', {});
    box.append(wnm.el('h3', {}, title), holder);
    const chart = new uPlot({
      width: Math.max(280, box.clientWidth || 800), height: 130, series: [{}, ...series], legend: { show: false },
      axes: [wnm.timeAxis(), axis(unit)],
      scales: { x: { time: true, range: [shown.from, shown.until] }, y: { range: (me, low, high) => [0, Math.max(unit === '%' ? 100 : 1, (high || 0) * 1.08, ...limits.map(limit => limit.value))] } },
      cursor: { sync: { key: 'wnm-time' }, drag: { x: true, y: false, setScale: false } },
      hooks: {
        draw: [marks],
        setSelect: [me => {
          if (me.select.width > 8) wnm.go('time', { from: Math.floor(me.posToVal(me.select.left, 'x')), until: Math.ceil(me.posToVal(me.select.left + me.select.width, 'x')) });
        }],
      },
    }, data, holder);
    chart.limits = limits;
    chart.redraw();
    chart.over.addEventListener('mousemove', event => {
      const found = chart.cursor.left >= 0 ? near(chart, .006) : [];
      wnm.tip(found.map(each => wnm.clock(each.time) + '  ' + each.text).join('\n'), event);
    });
    chart.over.addEventListener('mouseleave', () => wnm.tip(''));
    chart.over.addEventListener('click', () => {
      const found = near(chart, .01);
      if (found.length) list(found);
    });
    charts.push(chart);
  };

  let log;
  const list = events => {
    log.replaceChildren(wnm.el('tbody', {}, events.slice(0, 300).map(event => wnm.el('tr', { class: event.failed ? 'bad' : '' },
      wnm.el('td', {}, wnm.clock(event.time)), wnm.el('td', {}, event.isDecision ? 'decision' : event.kind), wnm.el('td', {}, event.text)))));
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
      shown = { ...span, events: [] };
      const buttons = wnm.el('div', { class: 'row' }, RANGES.map(([title, seconds]) => wnm.el('button', { type: 'button', onclick: () => {
        const until = Math.floor(wnm.now());
        wnm.go('time', { from: until - seconds, until });
      } }, title)), wnm.el('span', { class: 'faint' }, wnm.clock(span.from) + ' to ' + wnm.clock(span.until) + '. Drag in a chart for a closer look.'));
      const box = wnm.el('div', { class: 'charts', id: 'charts' });
      log = wnm.el('table', {});
      main.append(wnm.card('Time line', buttons, box), wnm.card('What was decided and done', wnm.el('div', { class: 'scroll' }, log)));
      try {
        const [states, machine, decisions, operations, incidents] = await Promise.all([wnm.ask(wnm.isFile ? 'states' : path('states', span, '&points=600')),
          wnm.ask(wnm.isFile ? 'machine' : path('machine', span, '&points=600')), wnm.ask(wnm.isFile ? 'decisions' : path('decisions', span, '&acted=yes&limit=1000')),
          wnm.ask(wnm.isFile ? 'operations' : path('operations', span, '&limit=1000')), wnm.ask(wnm.isFile ? 'incidents' : path('incidents', span, '&limit=500'))]);
        if (!box.isConnected) return;
        shown.events = eventsOf(decisions, operations, incidents);
        const lines = stacked(states);
        make(box, 'Nodes by state', lines.map(({ state }) => ({ label: state, fill: wnm.colour(wnm.stateOf(state).tone), stroke: wnm.colour('card'), width: 1, points: { show: false } })),
          [states.time, ...lines.map(line => line.sums)], '', [{ value: wnm.data.status ? wnm.data.status.node_cap : 0, tone: 'faint' }]);
        box.append(wnm.el('div', { class: 'legend' }, [...lines].reverse().map(({ state }) => wnm.state(state))));
        for (const [key, title, unit, pattern] of MEASURES) {
          const resource = wnm.data.status && wnm.data.status.resources.find(each => pattern.test(each.name) && (key !== 'used_hd_percent' || !/read|writ/i.test(each.name)));
          const limits = resource ? wnm.limits(resource).map(({ value }, i) => ({ value, tone: i === 0 ? 'text' : 'bad' })).filter(limit => limit.value !== null) : [];
          make(box, title, [{ label: title, stroke: wnm.colour('accent'), width: 1.5, points: { show: false } },
            { label: 'highest', stroke: wnm.colour('faint'), width: 1, dash: [2, 3], points: { show: false } }], [machine.time, machine[key].mean, machine[key].highest], unit, limits);
        }
        list(shown.events);
      } catch (wrong) {
        box.append(wnm.el('p', { class: 'bad' }, wrong.message));
      }
    },
    keeps: true,
  });
})();
