// The language of --filter (docs/reports.md), for rows that are here already. A comparison with what is not known is neither true nor false.
'use strict';
(() => {
  const UNITS = { s: 1, m: 60, min: 60, h: 3600, d: 86400, w: 604800 };
  const SIZES = { b: 1, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12, kib: 1024, mib: 1048576, gib: 1073741824, tib: 1099511627776 };
  // What a row has under the name of a field, in base units.
  const SPECIAL = {
    peers: row => row.connected_peers, memory: row => row.mem === null ? null : row.mem * 10000, cpu: row => row.cpu === null ? null : row.cpu / 100,
    age: row => row.age ? wnm.now() - row.age : null, seen: row => row.timestamp, disk: row => row.disk_bytes, relevant_records: row => row.rel_records,
    payments: row => row.payment_count, last_incident: row => row.last_incident ? wnm.words(row.last_incident) : '',
    status: row => row.status === 'UNKNOWN' ? null : row.status, state: row => row.status === 'UNKNOWN' ? null : row.status,
    service_name: row => row.service, name: row => row.service, container: row => row.group || '', group: row => row.group || '',
    rewards: row => wnm.known(row.rewards) ? Number(row.rewards) / 1e18 : null, process_manager: row => row.manager_type,
  };
  const DURATIONS = new Set(['age', 'uptime', 'live_time']);
  const TIMES = new Set(['seen', 'created', 'retry_after', 'up_since']);

  wnm.words = incident => typeof incident === 'string' ? incident : incident.words || [incident.kind, incident.cause].filter(Boolean).join(': ');
  wnm.field = (row, name) => {
    const value = SPECIAL[name] ? SPECIAL[name](row) : row[name];
    return value === undefined ? null : value;
  };

  class Reader {
    constructor(text) {
      this.tokens = [];
      const pattern = /\s*(?:('(?:[^'])*'|"(?:[^"])*")|(<=|>=|!=|=|<|>|~|\(|\)|,)|([^\s<>=!~(),'"]+))/gy;
      while (pattern.lastIndex < text.trimEnd().length) {
        const match = pattern.exec(text);
        if (!match) throw new Error('it cannot be read here');
        this.tokens.push(match[1] !== undefined ? { quoted: match[1].slice(1, -1) } : match[2] ? { sign: match[2] } : { word: match[3] });
      }
      this.at = 0;
    }

    peek(kind, value) {
      const token = this.tokens[this.at];
      return token && token[kind] !== undefined && (value === undefined || String(token[kind]).toLowerCase() === value);
    }

    take(kind, value) {
      return this.peek(kind, value) ? this.tokens[this.at++] : null;
    }

    either() {
      const parts = [this.both()];
      while (this.take('word', 'or')) parts.push(this.both());
      return row => parts.reduce((truth, part) => {
        const other = part(row);
        return truth === true || other === true ? true : truth === null || other === null ? null : false;
      }, false);
    }

    both() {
      const parts = [this.piece()];
      while (this.take('word', 'and')) parts.push(this.piece());
      return row => parts.reduce((truth, part) => {
        const other = part(row);
        return truth === false || other === false ? false : truth === null || other === null ? null : true;
      }, true);
    }

    piece() {
      if (this.take('word', 'not')) {
        const inner = this.piece();
        return row => {
          const truth = inner(row);
          return truth === null ? null : !truth;
        };
      }
      if (this.take('sign', '(')) {
        const inner = this.either();
        if (!this.take('sign', ')')) throw new Error('a bracket is not closed');
        return inner;
      }
      return this.comparison();
    }

    comparison() {
      const name = this.take('word');
      if (!name) throw new Error('a field is expected');
      const field = name.word;
      if (!wnm.fieldNames.has(field)) throw new Error("there is no '" + field + "'");
      const negated = this.peek('word', 'not') && this.tokens[this.at + 1] && String(this.tokens[this.at + 1].word).toLowerCase() === 'in';
      if (negated) this.at++;
      if (this.take('word', 'in')) {
        const values = this.list();
        const test = row => {
          const truths = values.map(value => compare('=', wnm.field(row, field), field, value));
          return truths.includes(true) ? true : truths.includes(null) ? null : false;
        };
        return row => {
          const truth = test(row);
          return truth === null || !negated ? truth : !truth;
        };
      }
      const sign = this.take('sign');
      if (!sign || '(),'.includes(sign.sign)) throw new Error("after '" + field + "' a comparison is expected");
      const value = this.value();
      if (value === 'unknown') {
        return row => (wnm.field(row, field) === null) === (sign.sign === '=');
      }
      return row => compare(sign.sign, wnm.field(row, field), field, value);
    }

    list() {
      const values = [];
      if (!this.take('sign', '(')) throw new Error("after 'in' a bracket is expected");
      do values.push(this.value()); while (this.take('sign', ','));
      if (!this.take('sign', ')')) throw new Error('a bracket is not closed');
      return values;
    }

    value() {
      const token = this.tokens[this.at++];
      if (!token || token.sign) throw new Error('a value is expected');
      if (token.quoted !== undefined) return token.quoted;
      const agoFollows = this.peek('word', 'ago');
      if (agoFollows) this.at++;
      return token.word + (agoFollows ? ' ago' : '');
    }
  }

  const length = text => {
    let seconds = 0;
    const rest = text.replace(/(\d+(?:\.\d+)?)\s*(min|[smhdw])/g, (all, number, unit) => {
      seconds += Number(number) * UNITS[unit];
      return '';
    });
    return rest.trim() === '' ? seconds : NaN;
  };
  const number = (text, field) => {
    if (DURATIONS.has(field)) return length(text);
    if (TIMES.has(field)) return text.endsWith(' ago') ? wnm.now() - length(text.slice(0, -4)) : Date.parse(text.length <= 10 ? text : text + 'Z') / 1000;
    const match = /^(-?\d+(?:\.\d+)?)\s*([a-z%]*)$/i.exec(text);
    if (!match) return NaN;
    const unit = match[2].toLowerCase();
    return unit === '' || unit === '%' ? Number(match[1]) : unit === 'k' ? Number(match[1]) * 1e3 : unit === 'm' ? Number(match[1]) * 1e6
      : SIZES[unit] ? Number(match[1]) * SIZES[unit] : NaN;
  };
  const versions = (a, b) => {
    const one = String(a).split(/[.-]/);
    const two = String(b).split(/[.-]/);
    for (let i = 0; i < Math.max(one.length, two.length); i++) {
      const difference = (Number(one[i]) || 0) - (Number(two[i]) || 0);
      if (difference !== 0) return difference;
    }
    return 0;
  };
  const compare = (sign, have, field, want) => {
    if (have === null) return null;
    if (sign === '~') return String(have).toLowerCase().includes(want.toLowerCase());
    let order;
    if (field === 'version') {
      order = versions(have, want);
    } else if (typeof have === 'number') {
      const wanted = number(want, field);
      if (Number.isNaN(wanted)) throw new Error("'" + want + "' is no value of " + field);
      order = have - wanted;
    } else {
      const same = field === 'status' || field === 'state' ? String(have).toUpperCase() === want.toUpperCase() : String(have) === want;
      if (sign !== '=' && sign !== '!=') throw new Error(field + ' is a text: = != ~ in');
      return same === (sign === '=');
    }
    return { '=': order === 0, '!=': order !== 0, '<': order < 0, '<=': order <= 0, '>': order > 0, '>=': order >= 0 }[sign];
  };

  wnm.fieldNames = new Set(Object.keys(SPECIAL));

  // A condition, or any text that one of the usual fields contains. @return a function from a row to whether it is meant
  wnm.filter = text => {
    const plain = text.trim();
    if (!plain) return () => true;
    if (/[<>=~]|\bin\s*\(/.test(plain)) {
      const reader = new Reader(plain);
      const test = reader.either();
      if (reader.at < reader.tokens.length) throw new Error("'and' or 'or' is expected");
      return row => test(row) === true;
    }
    const wanted = plain.toLowerCase();
    return row => [row.service, row.group, row.status, row.version, row.last_error, row.peer_id, row.wallet,
      row.last_incident ? wnm.words(row.last_incident) : ''].some(value => value && String(value).toLowerCase().includes(wanted));
  };
})();
