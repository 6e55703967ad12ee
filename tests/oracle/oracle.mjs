// SPDX-License-Identifier: GPL-3.0-or-later
// Answers every question of `telltale query` from plain records, by straight loops over all of them: slow, and written
// from the documentation alone.

const GAP = 30 * 60e3;
const ACTIVE = new Set(['event', 'screen', 'error', 'log', 'bound']);

// --- time zones ------------------------------------------------------------------------------------------------------
const formats = new Map();
export function offsetMinutes(zone, t) {
  if (zone === 'UTC') return 0;
  if (!formats.has(zone)) formats.set(zone, new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' }));
  const p = Object.fromEntries(formats.get(zone).formatToParts(new Date(t)).map((x) => [x.type, +x.value]));
  return Math.round((Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute, p.second) - Math.floor(t / 1000) * 1000) / 60000);
}
const local = (zone, t) => new Date(t + offsetMinutes(zone, t) * 60000); // read with getUTC*
const pad = (n) => String(n).padStart(2, '0');
export function localText(zone, t) {
  const o = offsetMinutes(zone, t);
  return new Date(t + o * 60000).toISOString().slice(0, 19) + (o < 0 ? '-' : '+') + pad(Math.floor(Math.abs(o) / 60)) + ':' + pad(Math.abs(o) % 60);
}
const localDate = (zone, t) => local(zone, t).toISOString().slice(0, 10);
/// The start of the bucket that holds t: the earliest minute that has the same local bucket name without a break.
export function bucketStart(zone, unit, t) {
  if (unit === 'minute') return Math.floor(t / 60e3) * 60e3;
  const name = (x) => {
    const l = local(zone, x);
    if (unit === 'hour') return l.toISOString().slice(0, 13) + offsetMinutes(zone, x); // the hour that comes twice is two hours
    if (unit === 'day') return l.toISOString().slice(0, 10);
    const monday = new Date(l.getTime() - ((l.getUTCDay() + 6) % 7) * 86400e3);
    return monday.toISOString().slice(0, 10);
  };
  let x = Math.floor(t / 60e3) * 60e3;
  const wanted = name(x);
  for (const step of [86400e3, 3600e3, 900e3, 60e3]) while (name(x - step) === wanted) x -= step;
  return x;
}
function nextBucket(zone, unit, start) {
  const rough = { minute: 60e3, hour: 3600e3, day: 86400e3, week: 7 * 86400e3 }[unit];
  for (let t = start + 60e3; ; t += unit === 'minute' ? 60e3 : 900e3) {
    const s = bucketStart(zone, unit, t);
    if (s > start) return s;
    if (t > start + rough * 2) throw new Error('no next bucket');
  }
}

export class Oracle {
  constructor(records, zone) {
    this.zone = zone;
    this.all = records;
    this.formSessions();
    this.knowDwell();
  }

  formSessions() {
    const byUser = new Map();
    for (const x of this.all) {
      x.key = x.session;
      if (!x.session && x.user && ACTIVE.has(x.kind)) {
        if (!byUser.has(x.user)) byUser.set(x.user, []);
        byUser.get(x.user).push(x);
      }
    }
    for (const list of byUser.values()) {
      list.sort((a, b) => a.time - b.time);
      let first = null;
      list.forEach((x, i) => {
        if (i === 0 || x.time - list[i - 1].time >= GAP) first = x;
        x.key = `${x.user}@${first.time}`;
        x.derived = true;
      });
    }
    this.sessionMap = new Map();
    for (const x of this.all) {
      if (!x.key || x.kind === 'metric') continue;
      if (!this.sessionMap.has(x.key)) this.sessionMap.set(x.key, []);
      this.sessionMap.get(x.key).push(x);
    }
    for (const list of this.sessionMap.values()) list.sort((a, b) => a.time - b.time);
    this.withErrors = new Set([...this.sessionMap].filter(([, l]) => l.some((x) => x.kind === 'error')).map(([k]) => k));
  }

  knowDwell() {
    for (const x of this.all) if (x.kind === 'screen') x.known = x.dwell;
    for (const list of this.sessionMap.values()) {
      const end = list.at(-1).time;
      const views = list.filter((x) => x.kind === 'screen');
      views.forEach((x, i) => {
        if (x.dwell === null) x.known = Math.min((i + 1 < views.length ? views[i + 1].time : end) - x.time, GAP);
      });
    }
  }

  matching({ from = -Infinity, to = Infinity, where = () => true }) {
    return this.all.filter((x) => x.time >= from && x.time < to && where(x, this));
  }

  static users(list) { return new Set(list.filter((x) => ACTIVE.has(x.kind) && x.user).map((x) => x.user)).size; }
  static sessions(list) { return new Set(list.filter((x) => ACTIVE.has(x.kind) && x.key).map((x) => x.key)).size; }

  totals(q) {
    const m = this.matching(q);
    const n = (kind) => m.filter((x) => x.kind === kind).length;
    return { usage_events: n('event'), screen_views: n('screen'), errors: n('error'), spans: n('span'), logs: n('log'), metric_points: n('metric'), sessions: Oracle.sessions(m), users: Oracle.users(m) };
  }

  group(list, key) {
    const map = new Map();
    for (const x of list) {
      const k = key(x);
      if (!map.has(k)) map.set(k, []);
      map.get(k).push(x);
    }
    return map;
  }

  features(q) {
    const m = this.matching(q).filter((x) => x.kind === 'event');
    return [...this.group(m, (x) => x.feature)].map(([feature, l]) => ({ feature, events: l.length, users: Oracle.users(l), sessions: Oracle.sessions(l), share: l.length / m.length }))
      .sort((a, b) => b.events - a.events || Buffer.compare(Buffer.from(a.feature), Buffer.from(b.feature)));
  }

  screens(q) {
    const m = this.matching(q).filter((x) => x.kind === 'screen');
    return [...this.group(m, (x) => x.screen)].map(([screen, l]) => {
      const d = l.filter((x) => x.known !== null).map((x) => x.known).sort((a, b) => a - b);
      const rank = (p) => d.length ? d[Math.max(0, Math.ceil(p * d.length) - 1)] : null;
      return { screen, views: l.length, users: Oracle.users(l), dwell_ms_total: d.reduce((a, b) => a + b, 0), dwell_ms_p50: rank(0.5), dwell_ms_p90: rank(0.9) };
    }).sort((a, b) => b.views - a.views || Buffer.compare(Buffer.from(a.screen), Buffer.from(b.screen)));
  }

  buckets(unit, q, list) {
    const times = list.map((x) => x.time);
    const from = q.from ?? Math.min(...times);
    const last = q.to !== undefined ? q.to - 1 : Math.max(...times);
    const out = [];
    for (let t = bucketStart(this.zone, unit, from); t <= last; t = nextBucket(this.zone, unit, t)) out.push(t);
    return out;
  }

  activity(unit, q) {
    const m = this.matching(q).filter((x) => ACTIVE.has(x.kind));
    if (!m.length && q.from === undefined) return [];
    const by = this.group(m, (x) => bucketStart(this.zone, unit, x.time));
    return this.buckets(unit, q, m).map((start) => {
      const l = by.get(start) ?? [];
      return { start: new Date(start).toISOString().replace('.000Z', 'Z'), events: l.filter((x) => x.kind === 'event').length, users: Oracle.users(l), sessions: Oracle.sessions(l), errors: l.filter((x) => x.kind === 'error').length };
    });
  }

  heatmap(rows, columns, value, q) {
    const kind = rows === 'feature' ? 'event' : 'screen';
    const m = this.matching(q).filter((x) => x.kind === kind);
    const WEEK = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
    const column = (x) => {
      if (columns === 'release') return x.release;
      if (columns === 'weekday-hour') { const l = local(this.zone, x.time); return `${WEEK[(l.getUTCDay() + 6) % 7]} ${pad(l.getUTCHours())}`; }
      return localText(this.zone, bucketStart(this.zone, columns, x.time));
    };
    const cells = new Map();
    for (const [row, l] of this.group(m, (x) => x[rows])) {
      for (const [c, cell] of this.group(l, column)) {
        const v = value === 'events' ? cell.length : value === 'users' ? Oracle.users(cell) : cell.reduce((s, x) => s + (x.known ?? 0), 0);
        if (v !== 0) cells.set(JSON.stringify([row, c]), v);
      }
    }
    return cells; // rows and columns without anything are zeros and not listed here
  }

  activeUsers(q) {
    const active = this.matching({ where: q.where }).filter((x) => ACTIVE.has(x.kind) && x.user);
    const inRange = active.filter((x) => x.time >= (q.from ?? -Infinity) && x.time < (q.to ?? Infinity));
    const days = this.buckets('day', q, inRange);
    return days.map((start) => {
      const end = Math.min(nextBucket(this.zone, 'day', start), q.to ?? Infinity);
      const over = (n) => {
        let first = start;
        for (let i = 1; i < n; ++i) first = bucketStart(this.zone, 'day', first - 1);
        if (n === 1) first = Math.max(first, q.from ?? -Infinity);
        return new Set(active.filter((x) => x.time >= first && x.time < end).map((x) => x.user)).size;
      };
      return { day: localDate(this.zone, start), dau: over(1), wau: over(7), mau: over(28) };
    });
  }

  sessions(q) {
    const keys = new Set(this.matching(q).filter((x) => ACTIVE.has(x.kind) && x.key).map((x) => x.key));
    return new Map([...keys].map((key) => {
      const l = this.sessionMap.get(key);
      const n = (kind) => l.filter((x) => x.kind === kind).length;
      return [key, { start: l[0].time, end: l.at(-1).time, duration_ms: l.at(-1).time - l[0].time, user: l.find((x) => x.user)?.user ?? null, events: n('event'), screens: n('screen'), errors: n('error'), derived: !!l[0].derived }];
    }));
  }

  errors(q) {
    const m = this.matching(q).filter((x) => x.kind === 'error');
    return new Map([...this.group(m, (x) => x.type)].map(([type, l]) => [type, {
      groups: new Set(l.map((x) => x.group)).size, events: l.length, users: Oracle.users(l), sessions: Oracle.sessions(l),
      first_seen: Math.min(...l.map((x) => x.time)), last_seen: Math.max(...l.map((x) => x.time)),
      releases: [...new Set(l.map((x) => x.release))].sort(),
    }]));
  }

  logs(q) {
    return this.matching(q).filter((x) => x.kind === 'log').sort((a, b) => a.time - b.time);
  }

  releases(q) {
    const m = this.matching(q).filter((x) => ACTIVE.has(x.kind));
    return new Map([...this.group(m, (x) => `${x.product} ${x.release}`)].map(([key, l]) => {
      const s = new Set(l.filter((x) => x.key).map((x) => x.key));
      return [key, { users: Oracle.users(l), sessions: s.size, first_seen: Math.min(...l.map((x) => x.time)), last_seen: Math.max(...l.map((x) => x.time)) }];
    }));
  }
}
