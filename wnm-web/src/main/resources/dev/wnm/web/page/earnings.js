// View 5: what the nodes store and earn; by wallet, and as quantiles. Nothing is fetched from anywhere else.
'use strict';
(() => {
  const FIGURES = [['Records', node => node.records, wnm.count], ['Relevant records', node => node.rel_records, wnm.count], ['Peers', node => node.connected_peers, wnm.count],
    ['Network size', node => node.network_size, wnm.count], ['Memory', node => wnm.known(node.mem) ? node.mem * 10000 : null, wnm.bytes],
    ['Shunned', node => node.shunned, wnm.count], ['Payments', node => node.payment_count, wnm.count]];
  const ants = attos => wnm.digits(Number(attos) / 1e18) + ' ANT';

  const quantiles = ([title, read, show]) => {
    const values = wnm.data.nodes.filter(node => node.status === 'RUNNING').map(read).filter(wnm.known).map(Number).sort((one, two) => one - two);
    const at = share => values.length ? show(values[Math.min(values.length - 1, Math.floor(share * values.length))]) : '-';
    return wnm.el('tr', {}, wnm.el('td', {}, title), ...[0, .1, .5, .9, .9999].map(share => wnm.el('td', {}, at(share))), wnm.el('td', { class: 'faint' }, values.length));
  };

  wnm.views.push({
    name: 'earnings', title: 'Network and earnings', key: 'e',
    show: main => {
      const wallets = new Map();
      wnm.data.nodes.forEach(node => {
        const sum = wallets.get(node.wallet) || { nodes: 0, rewards: 0n, known: 0, records: 0 };
        sum.nodes++;
        sum.records += node.records || 0;
        if (wnm.known(node.rewards)) {
          sum.rewards += BigInt(node.rewards);
          sum.known++;
        }
        wallets.set(node.wallet, sum);
      });
      main.append(wnm.card('By wallet', wnm.el('div', { class: 'scroll' }, wnm.el('table', {}, wnm.el('thead', {}, wnm.el('tr', {}, ['Wallet', 'Nodes', 'Records', 'Rewards since their processes began', 'Told by'].map(title => wnm.el('th', {}, title)))),
        wnm.el('tbody', {}, [...wallets].map(([wallet, sum]) => wnm.el('tr', {}, wnm.el('td', {}, wallet || '-'), wnm.el('td', {}, sum.nodes), wnm.el('td', {}, wnm.count(sum.records)),
          wnm.el('td', {}, sum.known ? ants(sum.rewards) : '-'), wnm.el('td', { class: 'faint' }, wnm.plural(sum.known, 'node')))))))),
      wnm.card('Over the nodes that run', wnm.el('div', { class: 'scroll' }, wnm.el('table', {}, wnm.el('thead', {}, wnm.el('tr', {}, ['', 'Least', '10 %', 'Median', '90 %', 'Most', 'Nodes that tell'].map(title => wnm.el('th', {}, title)))),
        wnm.el('tbody', {}, FIGURES.map(quantiles))))));
    },
  });
})();
