// Which view is shown, keys, and what is always on top.
'use strict';
(() => {
  wnm.at = { view: 'now', parameters: {} };
  let shown = '';
  const main = document.getElementById('main');
  const search = document.getElementById('search');

  wnm.address = (view, parameters) => {
    const text = new URLSearchParams(Object.entries(parameters || {}).filter(([, value]) => value !== '' && value !== undefined)).toString();
    return '#' + view + (text ? '?' + text : '');
  };
  wnm.go = (view, parameters) => {
    const { life } = wnm.at.parameters;
    if (view === 'nodes' && parameters && 'filter' in parameters) search.value = parameters.filter;
    const all = { ...(life ? { life } : {}), ...parameters };
    if (location.hash === wnm.address(view, all)) wnm.refresh();
    else wnm.move(view, all);
  };
  // At once: what is typed next is for the view that the address names, and the browser's own event comes later.
  wnm.move = (view, parameters) => {
    location.hash = wnm.address(view, parameters);
    navigate();
  };
  const read = () => {
    const [path, query] = location.hash.slice(1).split('?');
    const [view, id] = path.split('/');
    const parameters = Object.fromEntries(new URLSearchParams(query || ''));
    if (view === 'life' && id) return { view: wnm.at.view, parameters: { ...wnm.at.parameters, life: id } };
    return { view: wnm.views.some(each => each.name === view) ? view : 'now', parameters };
  };
  const current = () => wnm.views.find(view => view.name === wnm.at.view);

  const FOCUSABLE = 'a[href], button, input, select, textarea, summary, [tabindex]';
  // Shows the view anew. Who is there with the keyboard, or has scrolled, stays where they are.
  wnm.refresh = () => {
    const place = [...main.querySelectorAll(FOCUSABLE)].indexOf(document.activeElement);
    const same = wnm.at.view === shown;
    const scrolled = scrollY;
    shown = wnm.at.view;
    wnm.isRenewed = same;
    main.replaceChildren();
    wnm.isRenewed = false;
    current().show(main, wnm.at.parameters);
    document.querySelectorAll('#views a').forEach(link => {
      if (link.dataset.view === wnm.at.view) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    });
    document.querySelector('#views [aria-current]').scrollIntoView({ block: 'nearest', inline: 'nearest' });
    if (place >= 0 && same) main.querySelectorAll(FOCUSABLE)[place]?.focus({ preventScroll: true });
    scrollTo(0, same ? scrolled : 0);
  };
  const navigate = () => {
    const before = JSON.stringify({ ...wnm.at, parameters: { ...wnm.at.parameters, life: '' } });
    wnm.at = read();
    if (JSON.stringify({ ...wnm.at, parameters: { ...wnm.at.parameters, life: '' } }) !== before || !main.children.length) wnm.refresh();
    wnm.showLife(wnm.at.parameters.life);
  };

  const top = () => {
    const status = wnm.data.status;
    const verdict = document.getElementById('verdict');
    const age = document.getElementById('age');
    if (status) {
      verdict.textContent = status.sentence;
      verdict.className = { well: 'good', trouble: 'bad', unknown: 'unknown' }[status.verdict] || '';
      document.getElementById('host').textContent = status.watch.host;
      document.title = (status.verdict === 'trouble' ? '! ' : '') + 'wnm ' + status.watch.host;
      const old = wnm.now() - status.time;
      age.textContent = wnm.isFile ? 'as of ' + wnm.clock(status.time) : 'looked at ' + wnm.ago(status.time);
      age.className = 'age' + (!wnm.isFile && old > 2 * status.watch.interval_seconds + 20 ? ' old' : '');
    }
    if (wnm.data.trouble) {
      age.textContent = wnm.data.trouble + (status ? '; what is shown is of ' + wnm.clock(status.time) : '');
      age.className = 'age old';
    }
  };
  setInterval(top, 1000);

  wnm.onChange(what => {
    top();
    if (what === 'data') {
      const view = current();
      const typing = document.activeElement && main.contains(document.activeElement) && /INPUT|SELECT|TEXTAREA/.test(document.activeElement.tagName);
      if (wnm.at.view === 'now' && main.children.length && !typing) wnm.refresh();
      else if (view.draw) view.draw();
    }
  });

  search.addEventListener('input', () => {
    if (wnm.at.view !== 'nodes') return wnm.go('nodes', { filter: search.value });
    wnm.at.parameters = { ...wnm.at.parameters, filter: search.value };
    history.replaceState(null, '', wnm.address('nodes', wnm.at.parameters));
    current().draw();
  });
  search.addEventListener('keydown', event => {
    if (event.key === 'Escape') {
      search.value = '';
      search.dispatchEvent(new Event('input'));
      search.blur();
    }
    if (event.key === 'Enter') {
      document.getElementById('grid')?.focus();
      current().keys?.j?.();
    }
  });
  document.getElementById('token').addEventListener('click', () => wnm.askToken());
  document.getElementById('help').addEventListener('click', wnm.showKeys);
  document.getElementById('theme').addEventListener('click', () => {
    const dark = document.documentElement.dataset.theme ? document.documentElement.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    document.documentElement.dataset.theme = dark ? 'light' : 'dark';
    try { localStorage.setItem('wnm-theme', dark ? 'light' : 'dark'); } catch (blocked) { /* for this page only then */ }
    wnm.refresh();
  });
  try {
    const theme = localStorage.getItem('wnm-theme');
    if (theme) document.documentElement.dataset.theme = theme;
  } catch (blocked) { /* as the system says */ }

  let goes = false;
  addEventListener('keydown', event => {
    if (wnm.at.parameters.life && event.key === '.' && !/INPUT|SELECT|TEXTAREA/.test(event.target.tagName)) {
      event.preventDefault();
      return document.querySelector('#life-actions button')?.focus();
    }
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
    if (event.key === 'Escape' && !document.getElementById('life').hidden) return wnm.closeLife();
    if (/INPUT|SELECT|TEXTAREA/.test(event.target.tagName) && event.target.type !== 'checkbox') return;
    if (goes) {
      goes = false;
      const view = wnm.views.find(each => each.key === event.key);
      if (view) {
        event.preventDefault();
        wnm.go(view.name, {});
      }
      return;
    }
    if (event.key === '/') {
      event.preventDefault();
      search.focus();
    } else if (event.key === 'g') {
      goes = true;
      setTimeout(() => { goes = false; }, 1500);
    } else if (event.key === '?') {
      wnm.showKeys();
    } else if (current().keys && current().keys[event.key] && event.target.tagName !== 'BUTTON' && event.target.tagName !== 'A') {
      event.preventDefault();
      current().keys[event.key]();
    }
  });

  document.getElementById('views').append(...wnm.views.map(view => wnm.el('a', { href: '#' + view.name, 'data-view': view.name }, view.title)));
  addEventListener('hashchange', navigate);
  wnm.start().then(navigate);
})();
