// What is known of the colony, where it comes from, and who is told when it changes.
'use strict';
(() => {
  const listeners = new Set();
  const BASE = 'api/v1/';
  wnm.data = { status: null, nodes: [], snapshot: 0, orders: [] };
  wnm.isFile = Boolean(window.WNM_DATA);

  wnm.onChange = listener => listeners.add(listener);
  const tell = what => listeners.forEach(listener => listener(what));

  let unstored = '';
  wnm.token = {
    get: () => {
      try { return sessionStorage.getItem('wnm-token') || unstored; } catch (blocked) { return unstored; }
    },
    set: text => {
      unstored = '';
      try { sessionStorage.setItem('wnm-token', text); } catch (blocked) { unstored = text; /* it lasts as long as the page then */ }
      tell('token');
    },
  };
  const headers = () => wnm.token.get() ? { Authorization: 'Bearer ' + wnm.token.get() } : {};
  const reason = async response => {
    try { return (await response.json()).detail || response.statusText; } catch (none) { return response.status + ' ' + response.statusText; }
  };

  // @param path below the API's base. @return what is answered; throws an Error with a sentence
  wnm.ask = async path => {
    if (wnm.isFile) {
      if (path in window.WNM_DATA.answers) return window.WNM_DATA.answers[path];
      throw new Error('This is a report in one file, which does not hold this.');
    }
    const response = await fetch(BASE + path, { headers: headers() });
    if (!response.ok) throw new Error(await reason(response));
    const date = Date.parse(response.headers.get('date') || '');
    wnm.clockAhead = date ? (Date.now() - date) / 1000 : 0;
    return response.json();
  };

  wnm.order = async (path, body) => {
    const response = await fetch(BASE + path, { method: 'POST', headers: { ...headers(), 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(await reason(response));
    return response.json();
  };

  let hasLearned = false; // what can be asked of nodes
  const load = async () => {
    try {
      const [status, table] = await Promise.all([wnm.ask('status'), wnm.ask('nodes'), hasLearned ? null : wnm.ask('columns').then(columns => {
        wnm.learn(columns);
        hasLearned = true;
      })]);
      wnm.data.status = status;
      wnm.data.nodes = table.rows;
      wnm.data.snapshot = table.snapshot;
      wnm.data.trouble = status.trouble_of_the_page || '';
      wnm.data.loadedAt = Date.now();
      if (wnm.isFile) wnm.clockAhead = Date.now() / 1000 - status.time; // ages as they were then
      tell('data');
    } catch (wrong) {
      wnm.data.trouble = wrong.message === 'Failed to fetch' || wrong instanceof TypeError ? 'wnm does not answer' : wrong.message;
      tell('trouble');
    }
  };

  // Server-sent events by fetch, since a token travels in a header. Where they fail, the page polls. A browser has six connections to a server
  // for all its tabs and for pages one may go back to: who is not looked at gives up the one of its events.
  let wait = 1000;
  let listening = null;
  const listen = async () => {
    if (document.hidden || listening) return;
    const mine = listening = new AbortController();
    try {
      const response = await fetch(BASE + 'events', { headers: headers(), signal: mine.signal });
      if (!response.ok) throw new Error(await reason(response));
      wait = 1000;
      tell('listening');
      const reader = response.body.getReader();
      const decoder = new TextDecoder();
      let rest = '';
      for (;;) {
        const { value, done } = await reader.read();
        if (done) break;
        rest += decoder.decode(value, { stream: true });
        const events = rest.split('\n\n');
        rest = events.pop();
        events.forEach(take);
      }
    } catch (gone) { /* it is tried again */ }
    if (mine.signal.aborted) return;
    listening = null;
    await load();
    setTimeout(listen, wait);
    wait = Math.min(wait * 2, 30000);
  };
  const pause = () => {
    if (listening) listening.abort();
    listening = null;
  };
  const wake = () => {
    if (document.hidden || listening) return;
    load();
    listen();
  };
  const take = text => {
    const lines = text.split('\n');
    const part = name => (lines.find(line => line.startsWith(name + ': ')) || '').slice(name.length + 2);
    if (part('event') === 'snapshot') {
      load();
    } else if (part('event') === 'order') {
      const order = JSON.parse(part('data'));
      wnm.data.orders = [order, ...wnm.data.orders.filter(other => other.id !== order.id)].slice(0, 50);
      tell('order');
    }
  };

  wnm.start = async () => {
    await load();
    if (!wnm.isFile) {
      listen();
      document.addEventListener('visibilitychange', () => document.hidden ? pause() : wake());
      addEventListener('pagehide', pause);
      addEventListener('pageshow', event => event.persisted && wake());
      setInterval(() => Date.now() - (wnm.data.loadedAt || 0) > 60000 && load(), 20000);
    }
  };
  wnm.load = load;
})();
