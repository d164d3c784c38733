// The language of --filter (docs/reports.md), for rows that are here already: the same as dev.wnm.core.query, which filters.json of the tests
// holds both to. A comparison with what is not known is neither true nor false: it is null here.
'use strict';
(() => {
  const LONGEST = 4000;
  const DEEPEST = 50;
  const LONGEST_VALUE = 60; // no value of several words is longer
  const ORDERS = ['<', '<=', '>', '>='];

  // Amounts are whole numbers without bounds, so that no digit is lost: of numbers with a fraction in units of 10^-18.
  const ONE = 10n ** 18n;
  const NANOS = 10n ** 9n;
  const STEPS = { '': 1n, k: 10n ** 3n, m: 10n ** 6n, g: 10n ** 9n, t: 10n ** 12n };
  const BINARY_STEPS = { k: 2n ** 10n, m: 2n ** 20n, g: 2n ** 30n, t: 2n ** 40n };
  const MILLIS = { ms: 1n, s: 1000n, m: 60000n, min: 60000n, h: 3600000n, d: 86400000n, w: 604800000n, y: 31536000000n };
  const decimal = digits => {
    const [whole, fraction = ''] = digits.replace(/^[+-]/, '').split('.');
    return BigInt(whole + fraction.padEnd(18, '0')) * (digits.startsWith('-') ? -1n : 1n);
  };
  const in64Bits = number => BigInt.asIntN(64, number) === number ? number : null;
  const exact = amount => amount !== null && amount % ONE === 0n ? in64Bits(amount / ONE) : null;
  const scaled = text => {
    const match = text.length <= LONGEST_VALUE && /^([+-]?[0-9]{1,18}(?:\.[0-9]{1,9})?)([kKMGT]?)$/.exec(text);
    return match ? decimal(match[1]) * STEPS[match[2].toLowerCase()] : null;
  };
  const bytes = text => {
    const match = text.length <= LONGEST_VALUE && /^([0-9]{1,18}(?:\.[0-9]{1,9})?)([A-Za-z]{0,3})$/.exec(text);
    if (!match) return null;
    const unit = match[2].toLowerCase();
    const step = unit.endsWith('ib') ? BINARY_STEPS[unit.slice(0, -2)] : STEPS[unit.replace(/b$/, '')];
    return step ? exact(decimal(match[1]) * step) : null;
  };
  const millis = text => {
    const part = /([0-9]{1,9}(?:\.[0-9]{1,3})?)([a-z]{1,3})/y;
    let sum = 0n;
    if (!text || text.length > LONGEST_VALUE) return null;
    while (part.lastIndex < text.length) {
      const match = part.exec(text);
      if (!match || !MILLIS[match[2]]) return null;
      sum += decimal(match[1]) * MILLIS[match[2]];
    }
    return in64Bits(sum / ONE);
  };
  const nowInMillis = () => BigInt(Math.floor(wnm.now() * 1000));
  const DATE = /^(\d{4})-(\d\d)-(\d\d)(?:[Tt](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{0,9}))?)?(?:(Z)|([+-])(\d\d):(\d\d))?)?$/;
  const instant = text => {
    const ago = /^(.+?) ?ago$/.exec(text);
    if (text.length > LONGEST_VALUE) return null;
    if (ago) {
      const length = millis(ago[1].replaceAll(' ', ''));
      return length === null ? null : (nowInMillis() - length) * 1000000n;
    }
    const match = DATE.exec(text);
    if (!match) return null;
    const [year, month, day, hour, minute, second, awayHours, awayMinutes] = [1, 2, 3, 4, 5, 6, 10, 11].map(i => Number(match[i] || 0));
    const date = new Date(0);
    date.setUTCFullYear(year, month - 1, day);
    const away = (awayHours * 60 + awayMinutes) * (match[9] === '-' ? -1 : 1);
    if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59 || awayMinutes > 59 || Math.abs(away) > 18 * 60) return null;
    return BigInt(date.getTime() / 1000 + hour * 3600 + (minute - away) * 60 + second) * NANOS + BigInt((match[7] || '').padEnd(9, '0'));
  };

  // As semantic versions are ordered: numbers part by part, then a pre-release comes before its release.
  const version = text => {
    const bare = text.trim().replace(/^v/, '');
    const match = bare.length <= 200 && bare !== '0' && /^(\d{1,9}(?:\.\d{1,9})*)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/.exec(bare);
    return match ? { numbers: match[1].split('.').map(Number), early: match[2] ? match[2].split('.') : [] } : null;
  };
  const plainly = (a, b) => a < b ? -1 : a > b ? 1 : 0;
  const byPart = (a, b) => {
    const [one, other] = [a, b].map(part => /^\d+$/.test(part));
    return one && other ? plainly(BigInt(a), BigInt(b)) : one !== other ? (one ? -1 : 1) : plainly(a, b);
  };
  const first = (count, order) => Array.from({ length: count }, (_, i) => order(i)).find(each => each !== 0) || 0;
  const byVersion = (a, b) => first(Math.max(a.numbers.length, b.numbers.length), i => (a.numbers[i] || 0) - (b.numbers[i] || 0))
    || (a.early.length && b.early.length ? first(Math.min(a.early.length, b.early.length), i => byPart(a.early[i], b.early[i])) || a.early.length - b.early.length
      : plainly(!a.early.length, !b.early.length));

  // How each kind of value is written, null where it is none; what a row's value is beside it; and how it may be compared.
  const tight = read => text => read(text.replaceAll(' ', ''));
  const number = (read, of) => ({ read: tight(read), of, order: plainly, ordered: true, several: true });
  const KINDS = {
    text: { read: text => text, of: value => value, order: plainly, worded: true },
    words: { read: (text, field) => field.words.find(word => word.toLowerCase() === text.toLowerCase()) ?? null, of: value => value, order: plainly, worded: true },
    whole: number(text => exact(scaled(text)), BigInt),
    number: number(text => scaled(text.replace(/%$/, '')), value => decimal(String(value))),
    size: number(bytes, BigInt),
    duration: number(millis, value => BigInt(value) * 1000n),
    time: { read: instant, of: value => value > 0 ? BigInt(value) * NANOS : null, order: plainly, ordered: true, several: true },
    version: { read: version, of: version, order: byVersion, ordered: true, worded: true },
  };
  // What rows have in another way than that: the Python wnm's units, and words for what is not known or not there.
  const OWN = {
    memory: hundredths => BigInt(hundredths) * 10000n,
    cpu: hundredths => BigInt(hundredths) * ONE / 100n,
    rewards: BigInt,
    age: made => made > 0 && nowInMillis() >= BigInt(made) * 1000n ? nowInMillis() - BigInt(made) * 1000n : null,
    status: word => word === 'UNKNOWN' ? null : word,
    down_cause: word => word === 'UNKNOWN' ? null : word,
    peer_id: text => text || null,
    last_incident: incident => wnm.words(incident),
  };
  const EMPTY = new Set(['group', 'last_incident']); // null says that there is none, which is known
  const KEYS = { created: 'age' };

  wnm.words = incident => typeof incident === 'string' ? incident : incident.words;

  const fields = new Map();
  const keys = new Set();
  // @param columns what can be asked of nodes, as the API tells
  wnm.learn = columns => {
    columns.forEach(column => {
      const field = { ...column, key: KEYS[column.name] || column.key };
      [column.name, ...column.aliases].forEach(name => fields.set(name, field));
      if (column.usual) keys.add(column.key);
    });
  };

  const raw = (row, field) => {
    const value = row[field.key];
    return value === null || value === undefined ? EMPTY.has(field.name) ? '' : null : value;
  };
  const valueOf = (row, field) => {
    const value = raw(row, field);
    return value === null || value === '' && EMPTY.has(field.name) ? value : (OWN[field.name] || KINDS[field.kind].of)(value);
  };
  const textOf = (row, field) => field.kind === 'version' ? raw(row, field) : valueOf(row, field);

  const and = (one, other) => one === false || other === false ? false : one === null || other === null ? null : true;
  const or = (one, other) => one === true || other === true ? true : one === null || other === null ? null : false;
  const not = part => row => {
    const truth = part(row);
    return truth === null ? null : !truth;
  };
  const joined = (parts, how) => parts.length === 1 ? parts[0] : row => parts.map(part => part(row)).reduce(how);
  const HOLDS = { '=': order => order === 0, '!=': order => order !== 0, '<': order => order < 0, '<=': order => order <= 0, '>': order => order > 0, '>=': order => order >= 0 };
  const compared = (field, sign, wanted) => row => {
    const known = valueOf(row, field);
    return known === null ? null : HOLDS[sign](KINDS[field.kind].order(known, wanted));
  };
  const contains = (field, part) => row => {
    const known = textOf(row, field);
    return known === null ? null : known.toLowerCase().includes(part.toLowerCase());
  };
  const isUnknown = field => row => valueOf(row, field) === null;

  class Reader {
    constructor(text, isForCommand) {
      this.isForCommand = isForCommand;
      if (text.length > LONGEST) throw new Error('it has ' + text.length + ' characters, and may have ' + LONGEST);
      this.text = text;
      this.tokens = [];
      this.next = 0;
      this.depth = 0;
      const pattern = /\s*(?:'([^']*)'|"([^"]*)"|([(),])|([=!<>~]+)|([^\s=!<>~(),'"]+)|$)/gy;
      while (pattern.lastIndex < text.length) {
        const from = pattern.lastIndex;
        const match = pattern.exec(text);
        if (!match) throw this.wrongAt(from + text.slice(from).search(/\S/), 'a quote begins here, and does not end');
        const kind = ['quoted', 'quoted', 'bracket', 'sign', 'word'].find((_, i) => match[i + 1] !== undefined);
        if (kind) this.tokens.push({ kind, text: match.slice(1).find(each => each !== undefined), place: from + match[0].search(/\S/) });
      }
      this.tokens.push({ kind: 'end', text: '', place: text.length });
    }

    wrongAt(place, rule) {
      const rest = this.text.slice(place);
      return new Error((rest ? 'at character ' + (place + 1) + ", '" + (rest.length > 20 ? rest.slice(0, 20) + '…' : rest) + "'" : 'at its end') + ': ' + rule);
    }

    wrong(rule) {
      return this.wrongAt(this.peek().place, rule);
    }

    peek() {
      return this.tokens[this.next];
    }

    is(kind, text, token = this.peek()) {
      return token.kind === kind && token.text.toLowerCase() === text;
    }

    skip(kind, text) {
      const isNext = this.is(kind, text);
      if (isNext) this.next++;
      return isNext;
    }

    whole() {
      const condition = this.query();
      if (this.peek().kind !== 'end') throw this.wrong('and, or or the end is expected here');
      return condition;
    }

    query() {
      const parts = [this.part()];
      while (this.skip('word', 'or')) parts.push(this.part());
      return joined(parts, or);
    }

    part() {
      const pieces = [this.piece()];
      while (this.skip('word', 'and')) pieces.push(this.piece());
      return joined(pieces, and);
    }

    piece() {
      if (++this.depth > DEEPEST) throw this.wrong('there may be ' + DEEPEST + ' brackets and nots in one another, and here is one more');
      const piece = this.skip('word', 'not') ? not(this.piece()) : this.skip('bracket', '(') ? this.inBrackets() : this.comparison();
      this.depth--;
      return piece;
    }

    inBrackets() {
      const inside = this.query();
      if (!this.skip('bracket', ')')) throw this.wrong('and, or or ) is expected here');
      return inside;
    }

    comparison() {
      const name = this.peek();
      if (name.kind !== 'word' || ['and', 'or', 'in'].some(word => this.is('word', word))) throw this.wrong('a field, not or ( is expected here, as in id=1');
      const field = fields.get(name.text.toLowerCase().replaceAll('-', '_'));
      if (!field) throw this.wrong("there is no '" + name.text.slice(0, LONGEST_VALUE) + "'");
      if (!this.isForCommand && !keys.has(field.key)) throw this.wrong("the page does not have '" + field.name + "' of all nodes; wnm --report node-status --filter can ask for it");
      this.next++;
      return this.comparisonOf(field);
    }

    comparisonOf(field) {
      const kind = KINDS[field.kind];
      if (this.skip('word', 'in')) return this.among(field);
      if (this.is('word', 'not') && this.is('word', 'in', this.tokens[this.next + 1])) {
        this.next += 2;
        return not(this.among(field));
      }
      const signs = ['=', '!=', ...(kind.ordered ? ORDERS : []), ...(kind.worded ? ['~'] : [])];
      const sign = this.peek();
      if (sign.kind !== 'sign' || !signs.includes(sign.text)) throw this.wrong(field.name + ' is compared with ' + signs.join(' ') + ' in');
      this.next++;
      if (sign.text === '~') return contains(field, this.wordOrText(field));
      if (this.is('word', 'unknown')) {
        if (ORDERS.includes(sign.text)) throw this.wrong('unknown is compared with = or != only');
        this.next++;
        return sign.text === '=' ? isUnknown(field) : not(isUnknown(field));
      }
      return compared(field, sign.text, this.value(field));
    }

    among(field) {
      if (!this.skip('bracket', '(')) throw this.wrong('( is expected behind in, as in ' + field.name + ' in (a, b)');
      const values = [];
      do values.push(this.skip('word', 'unknown') ? isUnknown(field) : compared(field, '=', this.value(field))); while (this.skip('bracket', ','));
      if (!this.skip('bracket', ')')) throw this.wrong(', or ) is expected here');
      return joined(values, or);
    }

    // As many words as there are in it, where its kind is written in several.
    value(field) {
      const kind = KINDS[field.kind];
      const begin = this.next;
      const isQuoted = this.peek().kind === 'quoted';
      let words = this.wordOrText(field);
      let found = kind.read(words, field);
      let end = this.next;
      while (!isQuoted && kind.several && this.peek().kind === 'word' && !this.is('word', 'and') && !this.is('word', 'or') && words.length < LONGEST_VALUE) {
        words += ' ' + this.peek().text;
        this.next++;
        const longer = kind.read(words, field);
        if (longer !== null) {
          found = longer;
          end = this.next;
        }
      }
      this.next = found === null ? begin : end;
      if (found === null) throw this.wrong(field.name + ' must be ' + field.allowed + ', or unknown');
      return found;
    }

    wordOrText(field) {
      const token = this.peek();
      if (token.kind !== 'word' && token.kind !== 'quoted') throw this.wrong(field.name + ' must be ' + field.allowed + ', or unknown');
      this.next++;
      return token.text;
    }
  }

  const SEARCHED = ['service', 'group', 'status', 'version', 'last_error', 'peer_id', 'wallet', 'last_incident'];

  // What is written in the search box as a condition of --filter: any text without a sign stands for what one of the usual fields contains.
  wnm.condition = text => {
    const plain = text.trim();
    if (!plain || wnm.isCondition(plain)) return plain;
    const quote = plain.includes("'") ? '"' : "'";
    if (plain.includes(quote)) throw new Error("a text that is looked for may have ' or \" in it, not both");
    return SEARCHED.map(field => field + '~' + quote + plain + quote).join(' or ') + ('unknown'.includes(plain.toLowerCase()) ? ' or status=unknown' : '');
  };

  // @return a function from a row to whether it is meant; throws an Error with a sentence
  wnm.filter = text => {
    const condition = wnm.condition(text);
    if (!condition || !fields.size) return () => true; // wnm has not answered yet: there are no rows, either
    const test = new Reader(condition).whole();
    return row => test(row) === true;
  };
  // Throws an Error with a sentence where the command line would refuse a condition.
  wnm.check = condition => {
    if (condition && fields.size) new Reader(condition, true).whole();
  };
})();
