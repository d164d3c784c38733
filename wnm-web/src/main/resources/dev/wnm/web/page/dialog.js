// Orders: what is meant, how many, what it is as a command line, and what became of it.
'use strict';
(() => {
  const show = (...children) => {
    const dialog = wnm.el('dialog', {}, ...children);
    dialog.addEventListener('close', () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    return dialog;
  };

  wnm.say = (text, failed) => {
    const item = wnm.el('div', { class: 'item' + (failed ? ' failed' : '') }, text);
    document.getElementById('news').prepend(item);
    setTimeout(() => item.remove(), failed ? 30000 : 12000);
  };

  wnm.askToken = () => {
    const input = wnm.el('input', { type: 'password', size: 48, autocomplete: 'off', 'aria-label': 'Token' });
    const dialog = show(wnm.el('h2', {}, 'Token'),
      wnm.el('p', {}, 'Orders need a token from the token file of wnm (wnm-tokens beside the database). It is kept until this tab is closed.'),
      wnm.el('form', { method: 'dialog', onsubmit: () => { wnm.token.set(input.value.trim()); wnm.load(); } }, input, ' ',
        wnm.el('button', { class: 'main' }, 'Use it'), ' ',
        wnm.el('button', { type: 'button', onclick: () => { wnm.token.set(''); dialog.close(); } }, 'Forget it')));
    input.focus();
  };

  const SAFE = {
    start: 'Nothing is lost. Limits still hold: wnm starts no more at a time than max_concurrent_starts.',
    stop: 'Keys and data stay. Stopped nodes earn nothing, and wnm may start them again when there is room; disable keeps them down.',
    upgrade: 'Keys and data stay. Each node is down for a moment.',
    remove: 'Keys and data of these nodes are deleted for good.',
    disable: 'They are stopped and left alone until they are enabled. Keys and data stay.',
    enable: 'wnm looks after them again.',
    add: 'New nodes with new keys. Limits still hold.',
    survey: 'Only looks.',
  };

  // @param nodes rows; empty for what wnm chooses itself
  wnm.act = (action, nodes, count) => {
    if (wnm.isFile) return wnm.say('This is a report in one file: nothing can be ordered from here.', true);
    if (!wnm.token.get()) return wnm.askToken();
    const many = nodes.length || count || 1;
    const command = 'wnm --force_action ' + action + (nodes.length ? ' --service_name ' + nodes.map(node => node.service).join(',') : count ? ' --count ' + count : '');
    const mustType = action === 'remove' || many > 10;
    const typed = wnm.el('input', { inputmode: 'numeric', size: 6, 'aria-label': 'Number of nodes' });
    const go = wnm.el('button', { class: 'main', disabled: mustType }, action[0].toUpperCase() + action.slice(1) + ' ' + wnm.plural(many, 'node'));
    typed.addEventListener('input', () => { go.disabled = Number(typed.value) !== many; });
    const order = async () => {
      try {
        const body = { action, confirm: many };
        if (nodes.length) body.nodes = nodes.map(node => String(node.id));
        else if (action !== 'survey') body.count = many;
        if (action === 'survey') delete body.confirm;
        await wnm.order('orders', body);
        wnm.say('Ordered: ' + command);
      } catch (wrong) {
        wnm.say(wrong.message, true);
      }
    };
    const dialog = show(wnm.el('h2', {}, action + ' ' + wnm.plural(many, 'node')), wnm.el('p', {}, SAFE[action] || ''),
      nodes.length ? wnm.el('div', { class: 'names' }, nodes.map(node => node.service).join(', ')) : null,
      wnm.el('p', { class: 'faint' }, 'The same as a command:'), wnm.el('code', {}, command),
      mustType ? wnm.el('p', {}, wnm.el('label', {}, 'Type the number of nodes: ', typed)) : null,
      wnm.el('form', { method: 'dialog', onsubmit: order }, wnm.el('div', { class: 'row' }, go,
        wnm.el('button', { type: 'button', onclick: () => dialog.close() }, 'Cancel'))));
    (mustType ? typed : go).focus();
  };

  wnm.saveSettings = async settings => {
    if (!wnm.token.get()) return wnm.askToken();
    try {
      await wnm.order('settings', settings);
      wnm.say('Ordered: wnm ' + Object.entries(settings).map(([name, value]) => '--' + name + '=' + value).join(' '));
    } catch (wrong) {
      wnm.say(wrong.message, true);
    }
  };

  // Each order under way has a box that goes on with it. Where its end was missed, it is asked for.
  const boxes = new Map();
  const showOrder = order => {
    const { progress } = order;
    if (order.state === 'running') {
      if (!boxes.has(order.id)) {
        boxes.set(order.id, wnm.el('div', { class: 'item', 'aria-live': 'off' }));
        document.getElementById('news').prepend(boxes.get(order.id));
      }
      boxes.get(order.id).replaceChildren(order.command, ...!progress ? [] : ['\n' + progress.doing + ': ' + progress.done + ' of ' + progress.total
        + (progress.failed ? ', ' + progress.failed + ' failed' : '') + (progress.latest ? ', ' + progress.latest : '') + '\n',
      wnm.el('progress', { max: progress.total, value: progress.done + progress.failed, 'aria-label': progress.doing })]);
    } else if (order.state !== 'waiting') {
      boxes.get(order.id)?.remove();
      boxes.delete(order.id);
      wnm.say(order.command + '\n' + order.lines.slice(0, 8).join('\n') + (order.lines.length > 8 ? '\n… ' + (order.lines.length - 8) + ' more' : ''), order.state === 'failed');
    }
  };
  wnm.onChange(what => {
    if (what === 'order') showOrder(wnm.data.orders[0]);
    if (what === 'data') {
      boxes.forEach((box, id) => wnm.ask('orders/' + id).then(order => boxes.has(id) && showOrder(order), () => {
        box.remove();
        boxes.delete(id);
      }));
    }
  });

  wnm.showKeys = () => {
    const keys = [['/', 'search'], ['g n', 'now'], ['g t', 'time line'], ['g l', 'nodes'], ['g d', 'decisions'], ['g e', 'network and earnings'],
      ['j k', 'next and previous node'], ['enter', 'open it'], ['x', 'select it'], ['.', 'orders for the selected'], ['esc', 'close'], ['?', 'this']];
    const dialog = show(wnm.el('h2', {}, 'Keys'), wnm.el('table', {}, wnm.el('tbody', {}, keys.map(([key, what]) =>
      wnm.el('tr', {}, wnm.el('td', {}, wnm.el('kbd', {}, key)), wnm.el('td', {}, what))))),
      wnm.el('form', { method: 'dialog' }, wnm.el('button', {}, 'Close')));
    return dialog;
  };
})();
