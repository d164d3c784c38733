// View 4: what each cycle decided and from which numbers; why not more; what if the settings were others.
'use strict';
(() => {
  const ACTIONS = ['add', 'start', 'upgrade'];
  const ORDER = ['unmet', 'unknown', 'met'];
  const SLIDERS = [['node_cap', 1, 2000], ['cpu_less_than', 1, 100], ['cpu_remove', 1, 100], ['mem_less_than', 1, 100], ['mem_remove', 1, 100], ['hd_less_than', 1, 100],
    ['hd_remove', 1, 100], ['desired_load_average', 0, 64], ['max_load_average_allowed', 0, 64], ['max_concurrent_starts', 1, 100], ['delay_start', 1, 600]];

  const decision = each => wnm.el('details', {}, wnm.el('summary', { class: each.actions.length ? '' : 'faint' }, wnm.el('time', { title: wnm.clock(each.last) }, wnm.ago(each.last)), ' – ',
    each.actions.length ? each.actions.map(action => (action.words || action.type) + ' (' + action.reason + ')').join('; ') : 'nothing to do',
    each.times > 1 ? wnm.el('span', { class: 'faint' }, ' ' + each.times + ' times since ' + wnm.clock(each.first)) : null),
  wnm.el('p', {}, each.features.length ? 'What held: ' + each.features.join(', ') : 'Nothing held.'),
  each.not_more.length ? wnm.el('p', {}, 'Why not more: ' + each.not_more.join('; ')) : null,
  wnm.el('p', { class: 'faint' }, Object.entries(each.numbers).map(([name, value]) => name + ' ' + wnm.digits(value)).join(', ')
    + (each.took_seconds === null ? '' : '; it took ' + wnm.digits(each.took_seconds) + ' s')));

  const whyNot = async (box, action) => {
    try {
      const answer = await wnm.ask('why-not/' + action);
      box.replaceChildren(wnm.el('p', {}, answer.sentence || ''), wnm.el('table', { class: 'why stacks' }, wnm.el('tbody', {}, [...answer.conditions].sort((one, two) => ORDER.indexOf(one.state) - ORDER.indexOf(two.state)).map(condition =>
        wnm.el('tr', {}, wnm.el('td', { class: { met: 'good', unmet: 'bad' }[condition.state] || 'unknown' }, { met: '✓ yes', unmet: '✗ no' }[condition.state] || '? unknown'),
          wnm.el('td', {}, condition.what), wnm.el('td', {}, condition.present), wnm.el('td', { class: 'faint' }, condition.needed + (condition.option ? ' (' + condition.option + ')' : '')
            + (condition.gap ? ': ' + condition.gap : '')))))));
    } catch (wrong) {
      box.replaceChildren(wnm.el('p', { class: 'bad' }, wrong.message));
    }
  };

  const whatIf = box => {
    if (wnm.isFile) return box.append(wnm.el('p', {}, 'A report in one file replays nothing. On the machine itself:'), wnm.el('span', { class: 'command' }, 'wnm --what_if history --since 7d'));
    const settings = {};
    const result = wnm.el('div', { id: 'whatif' });
    const since = wnm.el('select', { 'aria-label': 'How far back' }, [['1d', '1 day'], ['7d', '7 days'], ['30d', '30 days']].map(([value, title]) => wnm.el('option', { value, selected: value === '7d' }, title)));
    let timer = 0;
    let chart;
    const run = async () => {
      result.replaceChildren(wnm.el('p', { class: 'faint' }, 'Replaying …'));
      try {
        const set = Object.entries(settings).map(([name, value]) => name + '=' + value).join(',');
        const replay = await wnm.ask('what-if?since=' + since.value + (set ? '&set=' + encodeURIComponent(set) : ''));
        const holder = wnm.el('div', {});
        const rows = [['Nodes in the end', 'nodes'], ['Running on the average', 'mean_running'], ['Added', 'added'], ['Started', 'started'], ['Stopped for pressure', 'stopped'], ['Removed', 'removed'], ['Under pressure', 'seconds_under_pressure']];
        result.replaceChildren(wnm.el('div', { class: 'legend' }, wnm.swatch('line', 'faint', 'running, really'), wnm.swatch('line', 'accent', 'running, replayed')), holder, wnm.el('table', {}, wnm.el('thead', {}, wnm.el('tr', {}, ['', 'Really', 'Replayed'].map(title => wnm.el('th', {}, title)))),
          wnm.el('tbody', {}, rows.map(([title, key]) => wnm.el('tr', {}, wnm.el('td', {}, title), ...['really', 'replayed'].map(side =>
            wnm.el('td', {}, key === 'seconds_under_pressure' ? wnm.span(replay[side][key]) : wnm.digits(Number(replay[side][key])))))))),
        wnm.el('p', { class: 'faint' }, 'With the settings of that time the replay differs from what was recorded by ' + wnm.digits(replay.deviation_nodes) + ' running nodes on the average. '
          + replay.assumptions.join(' ')),
        wnm.el('p', {}, 'The same as a command:'), wnm.el('span', { class: 'command' }, 'wnm --what_if history --since ' + since.value + (set ? ' --set ' + set : '')),
        !set ? null : wnm.el('p', {}, wnm.el('button', { type: 'button', onclick: () => wnm.saveSettings(settings) }, 'Store these settings')));
        if (chart) chart.destroy();
        chart = new uPlot({ width: Math.max(280, box.clientWidth - 30), height: 180, padding: [8, 10, 0, 0], legend: { show: false }, scales: { x: { time: true } },
          axes: [wnm.timeAxis(), { size: 52, stroke: () => wnm.colour('faint'), grid: { stroke: () => wnm.colour('line') } }],
          series: [{}, { label: 'running really', stroke: wnm.colour('faint'), width: 1.5, points: { show: false } }, { label: 'replayed', stroke: wnm.colour('accent'), width: 2, points: { show: false } }] },
        [replay.course.map(point => point.time), replay.course.map(point => point.running), replay.course.map(point => point.replayed_running)], holder);
      } catch (wrong) {
        result.replaceChildren(wnm.el('p', { class: 'bad' }, wrong.message));
      }
    };
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(run, 350);
    };
    wnm.ask('settings').then(list => {
      const now = Object.fromEntries(list.map(setting => [setting.name, setting]));
      box.append(wnm.el('div', { class: 'bars' }, SLIDERS.filter(([name]) => now[name]).map(([name, least, most]) => {
        const value = Number(now[name].value);
        const shown = wnm.el('output', {}, String(value));
        const slider = wnm.el('input', { type: 'range', min: least, max: Math.max(most, value), value, step: 1, 'aria-label': name, title: now[name].help });
        slider.addEventListener('input', () => {
          shown.textContent = slider.value;
          if (Number(slider.value) === value) delete settings[name];
          else settings[name] = slider.value;
          soon();
        });
        return [wnm.el('span', {}, name), slider, shown];
      }).flat()), result);
    }).catch(wrong => box.append(wnm.el('p', { class: 'bad' }, wrong.message)));
    since.addEventListener('change', run);
    setTimeout(run);
    box.append(wnm.el('p', {}, 'Move a threshold: what was recorded is decided anew with it. ', since));
  };

  wnm.views.push({
    name: 'decisions', title: 'Decisions', key: 'd',
    show: (main, parameters) => {
      const log = wnm.el('div', { class: 'scroll' }, 'Asking …');
      const reasons = wnm.el('div', {});
      const chosen = ACTIONS.includes(parameters.why) ? parameters.why : 'add';
      const buttons = wnm.el('div', { class: 'row', role: 'group', 'aria-label': 'Why not' }, ACTIONS.map(action =>
        wnm.el('button', { type: 'button', class: action === chosen ? 'main' : '', 'aria-pressed': action === chosen, onclick: () => wnm.go('decisions', { why: action }) }, 'Why not ' + action + '?')));
      const tuning = wnm.card('What if');
      main.append(wnm.el('div', { class: 'split' }, wnm.card('Why not?', buttons, reasons), tuning), wnm.card('By cycle', log));
      whyNot(reasons, chosen);
      whatIf(tuning);
      wnm.ask(wnm.isFile ? 'all-decisions' : 'decisions?since=7d&limit=300').then(list => log.replaceChildren(...(list.length ? list.map(decision) : ['None is recorded.'])))
        .catch(wrong => { log.textContent = wrong.message; });
    },
  });
})();
