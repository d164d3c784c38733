// How things are written and drawn; every text from outside becomes a text node, never HTML.
'use strict';
const wnm = { views: [] };

wnm.el = (tag, attributes, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (name === 'style') {
      Object.assign(element.style, value);
    } else if (name.startsWith('aria-') && typeof value === 'boolean') {
      element.setAttribute(name, value);
    } else if (value === true) {
      element.setAttribute(name, '');
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, String(value));
    }
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return element;
};

wnm.svg = (tag, attributes, ...children) => {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  element.append(...children);
  return element;
};

wnm.now = () => Date.now() / 1000 - (wnm.clockAhead || 0);

wnm.span = seconds => {
  const s = Math.max(0, Math.round(seconds));
  if (s < 120) return s + ' s';
  if (s < 7200) return Math.floor(s / 60) + ' min';
  if (s < 172800) return Math.floor(s / 3600) + ' h';
  return Math.floor(s / 86400) + ' d';
};
wnm.ago = time => time === null || time === undefined ? '-' : wnm.span(wnm.now() - time) + ' ago';
wnm.clock = time => {
  const at = new Date(time * 1000);
  const two = number => String(number).padStart(2, '0');
  return at.getFullYear() + '-' + two(at.getMonth() + 1) + '-' + two(at.getDate()) + ' ' + two(at.getHours()) + ':' + two(at.getMinutes()) + ':' + two(at.getSeconds());
};
wnm.digits = value => Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2).replace(/\.?0+$/, '');
wnm.scaled = (value, base, units) => {
  let rest = value;
  let unit = 0;
  while (Math.abs(rest) >= base && unit < units.length - 1) {
    rest /= base;
    unit++;
  }
  return (unit === 0 ? Math.round(rest) : wnm.digits(rest)) + (units[unit] ? ' ' + units[unit] : '');
};
wnm.bytes = value => wnm.scaled(value, 1000, ['B', 'kB', 'MB', 'GB', 'TB', 'PB']);
wnm.count = value => wnm.scaled(value, 1000, ['', 'k', 'M', 'G']);
wnm.plural = (count, one) => count + ' ' + one + (count === 1 ? '' : 's');
wnm.known = value => value !== null && value !== undefined && value !== '';

// A state is told by colour and by shape.
wnm.states = {
  RUNNING: { tone: 'good', shape: 'square' }, STOPPED: { tone: 'stopped', shape: 'hollow' }, RESTARTING: { tone: 'busy', shape: 'up' },
  UPGRADING: { tone: 'busy', shape: 'up' }, MIGRATING: { tone: 'busy', shape: 'up' }, REMOVING: { tone: 'leaving', shape: 'down' },
  DISABLED: { tone: 'unknown', shape: 'dash' }, DEAD: { tone: 'bad', shape: 'cross' }, UNREADABLE: { tone: 'unknown', shape: 'dot' },
  UNKNOWN: { tone: 'unknown', shape: 'dot' },
};
wnm.stateOf = word => wnm.states[word] || wnm.states.UNKNOWN;
wnm.colour = tone => getComputedStyle(document.documentElement).getPropertyValue('--' + tone).trim();

const SHAPES = {
  square: 'M1 1h9v9H1z', hollow: 'M1 1h9v9H1zM3 3v5h5V3z', up: 'M5.5 1L10.5 10H.5z', down: 'M.5 1h10L5.5 10z', dash: 'M1 4.5h9v2H1z',
  cross: 'M1 2.5L2.5 1l3 3 3-3L10 2.5l-3 3 3 3L8.5 10l-3-3-3 3L1 8.5l3-3z', dot: 'M5.5 3a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z',
};
wnm.shapePath = shape => new Path2D(SHAPES[shape]);
wnm.state = word => {
  const { tone, shape } = wnm.stateOf(word);
  const path = wnm.svg('path', { d: SHAPES[shape], 'fill-rule': 'evenodd' });
  path.style.fill = 'var(--' + tone + ')';
  return wnm.el('span', { class: 'state' }, wnm.svg('svg', { viewBox: '0 0 11 11', 'aria-hidden': 'true' }, path), word);
};

// The thresholds of a resource, which bear the names of their settings: below the first there is room, above the second it is too much.
const NO_LIMITS = new Set(['name', 'used', 'state', 'room_for_nodes']);
wnm.limits = resource => Object.entries(resource).filter(([name]) => !NO_LIMITS.has(name)).map(([setting, value]) => ({ setting, value }));

wnm.tip = (text, event) => {
  const tip = document.getElementById('tip');
  tip.hidden = !text;
  if (text) {
    tip.textContent = text;
    tip.style.left = Math.min(event.clientX + 12, innerWidth - tip.offsetWidth - 8) + 'px';
    tip.style.top = Math.min(event.clientY + 14, innerHeight - tip.offsetHeight - 8) + 'px';
  }
};

// Whether what is typed in a search box is a condition of --filter, not a text that is looked for.
wnm.isCondition = text => /[=!<>~]|\bin\s*\(/i.test(text);

// Text and a shape for it, so that nobody needs to see colours.
wnm.swatch = (kind, tone, text) => {
  const swatch = wnm.el('i', { class: 'swatch ' + kind });
  swatch.style.color = 'var(--' + tone + ')';
  return wnm.el('span', { class: 'state' }, swatch, text);
};

wnm.card = (title, ...children) => wnm.el('section', { class: 'card', 'aria-label': title }, wnm.el('h2', {}, title), ...children);
