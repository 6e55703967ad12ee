// SPDX-License-Identifier: GPL-3.0-or-later
// A fleet of users, generated: plain records with everything a client could say, and the OTLP/JSON requests that say it.
// Deterministic in the seed.

export function random(seed) {
  let a = seed >>> 0;
  const next = () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  next.int = (low, high) => low + Math.floor(next() * (high - low + 1));
  next.pick = (list) => list[Math.floor(next() * list.length)];
  next.hex = (n) => Array.from({ length: n }, () => '0123456789abcdef'[Math.floor(next() * 16)]).join('');
  next.shuffle = (list) => {
    for (let i = list.length - 1; i > 0; --i) {
      const j = Math.floor(next() * (i + 1));
      [list[i], list[j]] = [list[j], list[i]];
    }
    return list;
  };
  return next;
}

export const FEATURES = ['Start workout', 'Herzfrequenz ♥', 'مسار مباشر', '训练计划', '=cmd|calc!A1', 'a"b\\c', "O'Neil; DROP TABLE", 'tab\there', '<b>bold</b>', 'Ünïcödé', 'feature:with:colons', '*'];
export const SCREENS = ['Home', 'Plan', 'Workout', 'Live route map', 'Отчёт', '🏃 Run', 'a,b'];
const PRODUCTS = [['stride', 'production'], ['stride-web', 'production'], ['stride', 'staging']];
const RELEASES = ['4.0.0', '4.1.0', '4.2.0'];
const SYSTEMS = [['android', 'Pixel 8'], ['ios', 'iPhone 15'], ['linux', null]];
const PLANS = ['free', 'team', 'pro'];
const STACK = (file, line) => `TypeError: x is ${line}\n    at renderCard (/srv/app/src/${file}.js:${line}:7)\n    at Feed.update (/srv/app/src/feed.js:${line + 3}:11)\n    at node:internal/timers:573:17`;

/// Each record: kind, time (ms, unique), and what it says. `kind` is what mapping.md makes of it.
export function fleet(seed, sessions, from, to) {
  const r = random(seed);
  const records = [];
  const used = new Set();
  const at = (wanted) => {
    let t = Math.floor(wanted);
    while (used.has(t)) ++t;
    used.add(t);
    return t;
  };
  const users = Array.from({ length: Math.ceil(sessions * 0.4) }, (_, i) => ({
    key: i % 7 === 3 ? `नाम-${i} "x"` : `user-${i}`,
    product: r.pick(PRODUCTS), release: r.pick(RELEASES), system: r.pick(SYSTEMS), plan: r.pick(PLANS),
  }));
  for (let s = 0; s < sessions; ++s) {
    const user = r.pick(users);
    const style = r(); // most say session and user, some only the user, some nothing, some only the session
    const session = style < 0.75 || style > 0.97 ? `s-${s}-${r.hex(6)}` : null;
    const key = style < 0.95 ? user.key : null;
    const release = r() < 0.1 ? r.pick(RELEASES) : user.release;
    const base = {
      session, user: key, product: user.product[0], environment: user.product[1], release,
      os: user.system[0], device: user.system[1], plan: user.plan,
    };
    let t = from + r() * (to - from);
    const add = (record) => records.push({ attributes: {}, dwell: null, severity: 9, ...base, time: at(t), ...record });
    if (session && r() < 0.7) add({ kind: 'bound', name: 'session.start' });
    const length = r.int(2, 22);
    let screen = null;
    for (let i = 0; i < length; ++i) {
      t += r() < 0.03 ? r() * 5400e3 : 200 + r() * 90e3;
      const dice = r();
      if (dice < 0.22) {
        screen = r.pick(SCREENS);
        add({ kind: 'screen', name: r.pick(['app.screen.view', 'screen_view', 'page_view']), screen, dwell: r() < 0.6 ? Math.round(r() * 120e3) : null });
      } else if (dice < 0.55) {
        add({ kind: 'event', name: 'app.widget.click', feature: r.pick(FEATURES), screen, attributes: { n: r.int(0, 5), ratio: r() < 0.5 ? r() : 1, ok: r() < 0.5 } });
      } else if (dice < 0.70) {
        const feature = r() < 0.5 ? r.pick(FEATURES) : null;
        const name = r.pick(['workout.finished', 'goal.reached', 'Teilen 🎉']);
        add({ kind: 'event', name, feature: feature ?? name, featureSaid: feature, attributes: { list: [1, 'two', 3.5], map: { deep: { er: true } } } });
      } else if (dice < 0.78) {
        add({ kind: 'log', name: null, severity: r.pick([1, 5, 9, 13]), body: `line ${i} of ${s}` });
      } else if (dice < 0.82) {
        add({ kind: 'log', name: r.pick(['device.app.lifecycle', 'app.jank']), severity: 9 });
      } else if (dice < 0.88) {
        const kind = r.int(0, 4);
        if (kind === 0) add({ kind: 'error', name: 'exception', type: 'TypeError', message: `x is ${r.int(1, 99)}`, stack: STACK('renderCard', r.int(10, 99)), severity: 17, group: 'T1' });
        else if (kind === 1) add({ kind: 'error', name: 'app.crash', type: 'SIGSEGV', message: `at 0x${r.hex(8)}`, stack: null, severity: 21, unhandled: true, group: 'T2' });
        else if (kind === 2) add({ kind: 'error', name: null, type: 'Error', typeSaid: null, message: `cannot open '/home/u${r.int(1, 9)}/f.gpx' after ${r.int(1, 500)} ms`, stack: null, severity: 17, bodyIsMessage: true, group: 'T3' });
        else if (kind === 3) add({ kind: 'error', name: 'exception', type: 'HTTP 504', message: 'gateway', stack: null, severity: 17, group: 'T4' });
        else add({ kind: 'error', name: 'sync.failed', type: 'sync.failed', typeSaid: null, message: 'no network', stack: null, severity: 17, bodyIsMessage: true, group: 'T5' });
      } else if (dice < 0.96) {
        add({ kind: 'span', name: r.pick(['screen.load', 'GET /v2/zones', 'sync']), length: 1 + r() * 900, exception: r() < 0.08 ? { type: 'SyncError', message: `activity ${r.int(1, 999)}` } : null });
      } else {
        add({ kind: 'metric', name: 'app.memory', value: r.int(1, 1000) });
      }
    }
    if (session && r() < 0.6) { t += r() * 20e3; add({ kind: 'bound', name: 'session.end' }); }
  }
  // The error that a span's exception event is: of the span's session and user, with the attributes of the event.
  for (const span of records.filter((x) => x.kind === 'span' && x.exception)) {
    const time = at(span.time + span.length / 2);
    span.exception.time = time;
    records.push({ ...span, kind: 'error', fromSpan: true, time, name: span.name, type: span.exception.type, message: span.exception.message, stack: null, exception: null, severity: 17, group: 'T6', attributes: {}, plan: null });
  }
  return records;
}

const anyValue = (v) => {
  if (v === null || v === undefined) return {};
  if (typeof v === 'string') return { stringValue: v };
  if (typeof v === 'boolean') return { boolValue: v };
  if (typeof v === 'number') return Number.isInteger(v) ? { intValue: String(v) } : { doubleValue: v };
  if (Array.isArray(v)) return { arrayValue: { values: v.map(anyValue) } };
  return { kvlistValue: { values: Object.entries(v).map(([key, x]) => ({ key, value: anyValue(x) })) } };
};
const attributes = (map) => Object.entries(map).filter(([, v]) => v !== undefined).map(([key, value]) => ({ key, value: anyValue(value) }));
const nano = (ms) => (BigInt(Math.floor(ms * 1000)) * 1000n).toString();

function common(x) {
  const map = {};
  if (x.session) map['session.id'] = x.session;
  if (x.user) map['user.id'] = x.user;
  map['app.plan'] = x.plan;
  return map;
}

function resource(x) {
  const map = { 'service.name': x.product, 'deployment.environment.name': x.environment, 'service.version': x.release, 'os.name': x.os };
  if (x.device) map['device.model.name'] = x.device;
  return { attributes: attributes(map) };
}

function logRecord(x) {
  const map = { ...common(x), ...x.attributes };
  const record = { timeUnixNano: nano(x.time), observedTimeUnixNano: nano(x.time), severityNumber: x.severity };
  if (x.name) {
    if (x.time % 3 === 0) map['event.name'] = x.name; // the old way
    else record.eventName = x.name;
  }
  if (x.kind === 'screen') {
    map['app.screen.name'] = x.screen;
    if (x.dwell !== null) map['app.screen.dwell_time_ms'] = x.dwell;
  } else if (x.kind === 'event') {
    if (x.name === 'app.widget.click') map['app.widget.name'] = x.feature;
    else if (x.featureSaid) map['feature.name'] = x.featureSaid;
    if (x.screen) map['app.screen.name'] = x.screen;
  } else if (x.kind === 'error') {
    if (x.bodyIsMessage) record.body = { stringValue: x.message };
    else map['exception.message'] = x.message;
    if (x.typeSaid !== null) map['exception.type'] = x.type;
    if (x.stack) map['exception.stacktrace'] = x.stack;
  } else if (x.kind === 'log' && x.body) {
    record.body = { stringValue: x.body };
  }
  record.attributes = attributes(map);
  return record;
}

function spanRecord(x, r) {
  const events = x.exception ? [{ name: 'exception', timeUnixNano: nano(x.exception.time), attributes: attributes({ 'exception.type': x.exception.type, 'exception.message': x.exception.message }) }] : [];
  return { traceId: r.hex(32), spanId: r.hex(16), name: x.name, kind: 1, startTimeUnixNano: nano(x.time), endTimeUnixNano: nano(x.time + x.length), attributes: attributes(common(x)), events, status: {} };
}

/// The records as requests [path, body text], shuffled; a fifth of them twice.
export function requests(records, seed) {
  const r = random(seed + 1);
  const shuffled = r.shuffle(records.filter((x) => !x.fromSpan));
  const out = [];
  while (shuffled.length > 0) {
    const part = shuffled.splice(0, r.int(1, 60));
    const byResource = (list) => {
      const map = new Map();
      for (const x of list) {
        const key = JSON.stringify(resource(x));
        if (!map.has(key)) map.set(key, []);
        map.get(key).push(x);
      }
      return [...map.values()];
    };
    const logs = part.filter((x) => !['span', 'metric'].includes(x.kind));
    const spans = part.filter((x) => x.kind === 'span');
    const metrics = part.filter((x) => x.kind === 'metric');
    if (logs.length) out.push(['/v1/logs', JSON.stringify({ resourceLogs: byResource(logs).map((l) => ({ resource: resource(l[0]), scopeLogs: [{ scope: { name: 'fleet' }, logRecords: l.map(logRecord) }] })) })]);
    if (spans.length) out.push(['/v1/traces', JSON.stringify({ resourceSpans: byResource(spans).map((l) => ({ resource: resource(l[0]), scopeSpans: [{ scope: { name: 'fleet' }, spans: l.map((x) => spanRecord(x, r)) }] })) })]);
    if (metrics.length) out.push(['/v1/metrics', JSON.stringify({ resourceMetrics: byResource(metrics).map((l) => ({ resource: resource(l[0]), scopeMetrics: [{ scope: { name: 'fleet' }, metrics: [{ name: 'app.memory', unit: 'MB', gauge: { dataPoints: l.map((x) => ({ timeUnixNano: nano(x.time), asInt: String(x.value), attributes: attributes(common(x)) })) } }] }] })) })]);
  }
  const twice = out.filter(() => r() < 0.2);
  return r.shuffle([...out, ...twice]);
}
