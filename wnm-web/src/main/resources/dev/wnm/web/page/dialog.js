// Orders: what is meant, how many, what it is as a command line, and what became of it.
'use strict';
(() => {
  const show = (title, ...children) => {
    const dialog = wnm.el('dialog', { 'aria-labelledby': 'dialog-title' }, wnm.el('h2', { id: 'dialog-title' }, title), ...children);
    dialog.addEventListener('close', () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    return dialog;
  };
  const capital = text => text[0].toUpperCase() + text.slice(1);

  // What failed stays until somebody has seen it. @return how to say something else in the same place
  wnm.say = (text, failed) => {
    const words = wnm.el('span', {});
    const item = wnm.el('div', { class: 'item' }, words, wnm.el('button', { type: 'button', 'aria-label': 'Dismiss', onclick: () => item.remove() }, '×'));
    let timer = 0;
    const again = (now, bad, goesOn) => {
      words.textContent = now;
      item.classList.toggle('failed', Boolean(bad));
      clearTimeout(timer);
      if (!bad && !goesOn) timer = setTimeout(() => item.remove(), 20000);
    };
    document.getElementById('news').prepend(item);
    again(text, failed);
    return again;
  };

  // @param then what is done with it at once
  wnm.askToken = then => {
    const input = wnm.el('input', { type: 'password', size: 48, autocomplete: 'off', 'aria-label': 'Token' });
    const dialog = show('Token',
      wnm.el('p', {}, 'Orders need a token from the token file of wnm (wnm-tokens beside the database). It is kept until this tab is closed.'),
      wnm.el('form', { method: 'dialog', onsubmit: () => {
        wnm.token.set(input.value.trim());
        input.value = '';
        wnm.load();
        if (typeof then === 'function' && wnm.token.get()) then();
      } }, input, ' ',
        wnm.el('button', { class: 'main' }, 'Use it'), ' ',
        wnm.el('button', { type: 'button', onclick: () => { wnm.token.set(''); dialog.close(); } }, 'Forget it')));
    input.focus();
  };

  const SAFE = {
    start: 'Nothing is lost. They are started whatever node_cap and the thresholds say. While the machine is above a threshold, wnm stops or removes nodes again.',
    stop: 'Keys and data stay. Stopped nodes earn nothing, and wnm may start them again when there is room; disable keeps them down.',
    upgrade: 'Keys and data stay. Each node is down for a moment.',
    remove: 'Keys and data of these nodes are deleted for good.',
    disable: 'They are stopped and left alone until they are enabled. Keys and data stay.',
    enable: 'wnm looks after them again.',
    add: 'New nodes with new keys. They are added whatever node_cap and the thresholds say. While the machine is above a threshold, wnm stops or removes nodes again.',
    survey: 'Only looks.',
  };

  // @param nodes rows; empty for what wnm chooses itself
  wnm.act = (action, nodes, count) => {
    if (wnm.isFile) return wnm.say('This is a report in one file: nothing can be ordered from here.', true);
    if (!wnm.token.get()) return wnm.askToken(() => wnm.act(action, nodes, count));
    const isChosen = nodes.length > 0;
    const typed = wnm.el('input', { inputmode: 'numeric', size: 6, autocomplete: 'off', 'aria-label': 'Number of nodes' });
    const wished = wnm.el('input', { type: 'number', min: 1, max: 1000, value: count || 1, 'aria-label': 'How many' });
    const title = wnm.el('span', {});
    const same = wnm.el('code', {});
    const confirmation = wnm.el('p', {}, wnm.el('label', {}, 'Type the number of nodes to confirm: ', typed));
    const go = wnm.el('button', { class: 'main' });
    let many = 0;
    let command = '';
    const settle = () => {
      many = isChosen ? nodes.length : Math.max(0, Math.floor(Number(wished.value)) || 0);
      command = 'wnm --force_action ' + action + (isChosen ? ' --service_name ' + nodes.map(node => node.service).join(',') : many > 1 ? ' --count ' + many : '');
      const mustType = action === 'remove' || many > 10;
      title.textContent = capital(action) + ' ' + wnm.plural(many, 'node') + '?';
      go.textContent = capital(action) + ' ' + wnm.plural(many, 'node');
      same.textContent = command;
      confirmation.hidden = !mustType;
      go.disabled = many < 1 || mustType && typed.value.trim() !== String(many);
      return mustType;
    };
    typed.addEventListener('input', settle);
    wished.addEventListener('input', settle);
    const order = async () => {
      try {
        const body = { action, confirm: many };
        if (isChosen) body.nodes = nodes.map(node => String(node.id));
        else body.count = many;
        follow(await wnm.order('orders', body));
      } catch (wrong) {
        wnm.say(wrong.message, true);
      }
    };
    const mustType = settle();
    const dialog = show(title, wnm.el('form', { method: 'dialog', onsubmit: order }, wnm.el('p', { class: action === 'remove' ? 'bad' : '' }, SAFE[action] || ''),
      isChosen ? wnm.el('div', { class: 'names', tabindex: nodes.length > 20 ? 0 : null, 'aria-label': 'Nodes' }, nodes.map(node => node.service).join(', '))
        : wnm.el('p', {}, wnm.el('label', {}, 'How many: ', wished)),
      wnm.el('p', { class: 'faint' }, 'The same as a command:'), same, confirmation,
      wnm.el('div', { class: 'row end' }, wnm.el('button', { type: 'button', onclick: () => dialog.close() }, 'Cancel'), go)));
    (mustType ? typed : isChosen ? go : wished).focus();
  };

  wnm.saveSettings = async settings => {
    if (!wnm.token.get()) return wnm.askToken(() => wnm.saveSettings(settings));
    try {
      follow(await wnm.order('settings', settings));
    } catch (wrong) {
      wnm.say(wrong.message, true);
    }
  };

  // What is known of each order, in one place for each.
  const told = new Map();
  const RANKS = { waiting: 0, running: 1, done: 2, failed: 2 };
  const isOpen = state => RANKS[state] < 2;
  const STATES = { waiting: 'waits for its turn', running: 'is under way …', done: 'done', failed: 'failed' };
  const keyOf = order => order.id + ' of ' + order.time; // numbers begin anew with each start of wnm
  const soFar = ({ progress }) => progress ? '\n' + progress.doing + ': ' + progress.done + ' of ' + progress.total
    + (progress.failed ? ', ' + progress.failed + ' failed' : '') + (progress.latest ? ', ' + progress.latest : '') : '';
  const follow = order => {
    const key = keyOf(order);
    const before = told.get(key);
    if (before && RANKS[before.state] > RANKS[order.state]) return;
    const lines = order.lines || [];
    const words = order.command + ': ' + STATES[order.state] + (isOpen(order.state) ? soFar(order) : '') + lines.slice(0, 8).map(line => '\n' + line).join('') + (lines.length > 8 ? '\n… ' + (lines.length - 8) + ' more' : '');
    const say = before ? before.say : wnm.say('');
    say(words, order.state === 'failed', isOpen(order.state));
    told.set(key, { state: order.state, say });
  };
  wnm.onChange(async what => {
    if (what === 'order') follow(wnm.data.orders[0]);
    if (what === 'listening' && [...told.values()].some(order => isOpen(order.state))) {
      // What became of them may have been told while nobody listened.
      const orders = await wnm.ask('orders').catch(() => []);
      orders.filter(order => told.has(keyOf(order))).forEach(follow);
    }
  });

  wnm.showKeys = () => {
    const keys = [['/', 'search'], ['g n', 'now'], ['g t', 'time line'], ['g l', 'nodes'], ['g d', 'decisions'], ['g e', 'network and earnings'],
      ['j k', 'next and previous node'], ['enter', 'open it'], ['x', 'select it'], ['.', 'what can be ordered'], ['esc', 'close'], ['arrows', 'move in the cells of Now, from mark to mark in the time line'],
      ['+ -', 'zoom in the time line; esc shows the whole range again'], ['?', 'this']];
    const dialog = show('Keys', wnm.el('table', {}, wnm.el('tbody', {}, keys.map(([key, what]) =>
      wnm.el('tr', {}, wnm.el('td', {}, wnm.el('kbd', {}, key)), wnm.el('td', {}, what))))),
      wnm.el('form', { method: 'dialog' }, wnm.el('button', {}, 'Close')));
    return dialog;
  };
})();
