// SPDX-License-Identifier: GPL-3.0-or-later
// node check.mjs TELLTALE [--seed N] [--sessions N]: sends a generated fleet to a collector over HTTP and holds every
// answer of `telltale query` against the oracle. Prints one line a difference and closes with "N passed, N failed".
import { spawn, execFile } from 'node:child_process';
import { promisify, parseArgs } from 'node:util';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fleet, requests, FEATURES } from './fleet.mjs';
import { Oracle } from './oracle.mjs';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { seed: { type: 'string', default: '1' }, sessions: { type: 'string', default: '560' }, keep: { type: 'string' } } });
const program = positionals[0];
if (!program) { console.error('usage: node check.mjs TELLTALE [--seed N] [--sessions N] [--keep FOLDER]'); process.exit(2); }
const seed = +values.seed;
const ZONE = 'Europe/Berlin';
const T = (s) => Date.parse(s);
const NOW = '2026-11-20T12:00:00Z';

const folder = values.keep ?? fs.mkdtempSync(path.join(os.tmpdir(), 'telltale-oracle-'));
const cache = path.join(folder, 'cache.db');
const collector = spawn(program, ['collect', '--cache', cache, '--otlp-http', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] });
const ready = await new Promise((resolve, reject) => {
  let text = '';
  collector.stdout.on('data', (d) => { text += d; if (text.includes('\n')) resolve(JSON.parse(text)); });
  collector.on('exit', (code) => reject(new Error(`collector ended with ${code}`)));
});
const records = fleet(seed, +values.sessions, T('2026-09-20T00:00:00Z'), T('2026-10-27T06:00:00Z'));
const bodies = requests(records, seed);
const queue = bodies.slice();
await Promise.all(Array.from({ length: 4 }, async () => {
  for (let next; (next = queue.shift());) {
    const answer = await fetch(ready.otlp_http + next[0], { method: 'POST', body: next[1], headers: { 'content-type': 'application/json' } });
    if (answer.status !== 200) throw new Error(`${next[0]} answered ${answer.status}: ${await answer.text()}`);
    await answer.arrayBuffer();
  }
}));

const run = promisify(execFile);
const oracle = new Oracle(records, ZONE);
let passed = 0;
let failed = 0;
const say = (ok, what, detail) => {
  if (ok) { ++passed; return; }
  ++failed;
  if (failed <= 40) console.log(`DIFFERENT ${what}: ${detail}`);
};
async function ask(question, q, ...extra) {
  const args = ['query', ...question.split(' '), ...extra, '--cache', cache, '--zone', ZONE, '--now', NOW, '--format', 'json'];
  if (q.from !== undefined) args.push('--from', new Date(q.from).toISOString());
  if (q.to !== undefined) args.push('--to', new Date(q.to).toISOString());
  if (q.filter) args.push('--filter', q.filter);
  const { stdout } = await run(program, args, { maxBuffer: 1 << 28 });
  return JSON.parse(stdout).rows;
}
const near = (a, b) => a === b || (typeof a === 'number' && typeof b === 'number' && Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a), Math.abs(b)));
function sameFields(what, got, want) {
  for (const [k, v] of Object.entries(want)) {
    if (Array.isArray(v) ? JSON.stringify(got?.[k]) !== JSON.stringify(v) : !near(got?.[k], v)) { say(false, what, `${k}: got ${JSON.stringify(got?.[k])}, want ${JSON.stringify(v)}`); return; }
  }
  say(true, what);
}
function sameRows(what, got, want) {
  if (got.length !== want.length) { say(false, what, `${got.length} rows, want ${want.length}`); return; }
  want.forEach((w, i) => sameFields(`${what} row ${i}`, got[i], w));
}
const time = (text) => Date.parse(text);

const FILTERS = {
  'release:4.1.0': (x) => x.release === '4.1.0',
  'os:android -screen:Home': (x) => x.os === 'android' && x.screen !== 'Home' ,
  'has:error': (x, o) => x.kind === 'error' || (x.key && o.withErrors.has(x.key)),
  'attr.app.plan:team release:4.*': (x) => x.plan === 'team' && x.release.startsWith('4.'),
  'environment:staging OR os:ios': (x) => x.environment === 'staging' || x.os === 'ios',
  'feature:"Herzfrequenz ♥"': (x) => x.kind === 'event' && x.feature === 'Herzfrequenz ♥',
  'feature:feature*': (x) => x.kind === 'event' && x.feature.startsWith('feature'),
  'product:stride-web -release:4.0.0': (x) => x.product === 'stride-web' && x.release !== '4.0.0',
  'dwell:>60s': (x) => x.kind === 'screen' && x.known !== null && x.known > 60e3,
  'error:TypeError': (x) => x.kind === 'error' && x.type === 'TypeError',
  'attr.n:>=3': (x) => x.kind === 'event' && x.attributes.n >= 3,
  'attr.ok:true': (x) => x.attributes.ok === true,
  'event:app.widget.click device:"Pixel 8"': (x) => x.name === 'app.widget.click' && x.device === 'Pixel 8' && !['span', 'metric'].includes(x.kind),
  'resource.os.name:linux': (x) => x.os === 'linux',
  'severity:>=error': (x) => ['log', 'error', 'event', 'screen', 'bound'].includes(x.kind) && !x.fromSpan && x.severity >= 17,
};
const RANGES = [
  {},
  { from: T('2026-10-24T10:00:00Z'), to: T('2026-10-26T14:30:00Z') },
  { from: T('2026-10-01T00:00:00Z'), to: T('2026-10-15T00:00:00Z') },
];
const queries = [];
for (const range of RANGES) {
  queries.push(range);
  for (const [filter, where] of Object.entries(FILTERS)) queries.push({ ...range, filter, where });
}

try {
  for (const q of queries) {
    const label = `[${q.filter ?? ''}${q.from ? ' ' + new Date(q.from).toISOString().slice(0, 10) : ''}]`;
    const skipSpans = q.filter?.startsWith('severity'); // what severity a span's exception has is not documented
    const wantTotals = oracle.totals(q);
    if (skipSpans) for (const k of ['errors', 'users', 'sessions']) delete wantTotals[k];
    sameFields(`totals ${label}`, (await ask('totals', q))[0], wantTotals);
    sameRows(`features ${label}`, await ask('features', q), oracle.features(q));
    sameRows(`screens ${label}`, await ask('screens', q), oracle.screens(q));
    if (skipSpans) continue;
    const gotErrors = await ask('errors', q);
    for (const [type, want] of oracle.errors(q)) {
      const rows = gotErrors.filter((x) => x.type === type);
      if (type === 'TypeError') { say(rows.reduce((s, x) => s + x.events, 0) === want.events, `errors ${label} ${type}`, 'events'); continue; }
      say(rows.length === want.groups, `errors ${label} ${type}`, `${rows.length} groups, want ${want.groups}`);
      if (rows.length === 1) {
        const [row] = rows;
        sameFields(`errors ${label} ${type}`, { ...row, first_seen: time(row.first_seen), last_seen: time(row.last_seen) }, { events: want.events, users: want.users, sessions: want.sessions, first_seen: want.first_seen, last_seen: want.last_seen, releases: want.releases });
        const occurrences = await ask(`error ${row.group}`, q);
        say(occurrences.length === want.events, `error ${label} ${type}`, `${occurrences.length} occurrences, want ${want.events}`);
      }
    }
    say(gotErrors.length === new Set(gotErrors.map((x) => x.group)).size, `errors ${label}`, 'a group comes twice');
    const gotSessions = await ask('sessions', q);
    const wantSessions = oracle.sessions(q);
    say(gotSessions.length === wantSessions.size, `sessions ${label}`, `${gotSessions.length} rows, want ${wantSessions.size}`);
    const derived = new Map([...wantSessions.values()].filter((x) => x.derived).map((x) => [x.user + x.start, x]));
    for (const row of gotSessions) {
      const want = wantSessions.get(row.session) ?? derived.get(row.user + time(row.start));
      if (!want) { say(false, `sessions ${label}`, `unexpected ${row.session}`); continue; }
      sameFields(`session ${label} ${row.session}`, { ...row, start: time(row.start), end: time(row.end) }, { start: want.start, end: want.end, duration_ms: want.duration_ms, user: want.user, events: want.events, screens: want.screens, errors: want.errors });
    }
    const gotLogs = await ask('logs', q);
    const wantLogs = oracle.logs(q);
    say(gotLogs.length === wantLogs.length && gotLogs.every((x, i) => time(x.time) === wantLogs[i].time && (x.body ?? undefined) === wantLogs[i].body && x.attributes['app.plan'] === wantLogs[i].plan), `logs ${label}`, `${gotLogs.length} rows, want ${wantLogs.length}`);
    const gotReleases = await ask('releases', q);
    const wantReleases = oracle.releases(q);
    say(gotReleases.length === wantReleases.size, `releases ${label}`, `${gotReleases.length}, want ${wantReleases.size}`);
    for (const row of gotReleases) {
      const want = wantReleases.get(`${row.product} ${row.release}`);
      sameFields(`releases ${label} ${row.product} ${row.release}`, { ...row, first_seen: time(row.first_seen), last_seen: time(row.last_seen) }, want ?? { users: -1 });
    }
    sameRows(`active-users ${label}`, await ask('active-users', q), oracle.activeUsers(q));
    for (const unit of ['hour', 'day', ...(q.from && q.to - q.from < 3 * 86400e3 ? ['minute'] : [])])
      sameRows(`activity ${unit} ${label}`, await ask('activity', q, '--step', { hour: '1h', day: '1d', minute: '1m' }[unit]), oracle.activity(unit, q));
    for (const [rows, columns, value] of [['feature', 'hour', 'events'], ['feature', 'day', 'users'], ['screen', 'day', 'dwell'], ['screen', 'week', 'events'], ['feature', 'weekday-hour', 'events'], ['screen', 'release', 'users']]) {
      const got = await ask('heatmap', q, '--rows', rows, '--columns', columns, '--value', value);
      const want = oracle.heatmap(rows, columns, value, q);
      const cells = new Map(got.map((x) => [JSON.stringify([x.row, x.column]), x.value]));
      let wrong = '';
      for (const [k, v] of want) if (!near(cells.get(k), v)) wrong = `${k}: got ${cells.get(k)}, want ${v}`;
      for (const [k, v] of cells) if (v !== 0 && !want.has(k)) wrong = `${k}: got ${v}, want nothing`;
      if (cells.size !== got.length) wrong = 'a cell comes twice';
      say(!wrong, `heatmap ${rows} ${columns} ${value} ${label}`, wrong);
    }
  }
  // One session, whole: every record with its attributes and types.
  for (const [key, list] of [...oracle.sessionMap].filter(([, l]) => !l[0].derived).slice(0, 25)) {
    const rows = await ask('session', {}, key);
    const want = list.filter((x) => x.kind !== 'metric');
    say(rows.length === want.length && rows.every((x, i) => time(x.time) === Math.floor(want[i].time)), `session ${key}`, `${rows.length} records, want ${want.length}`);
    rows.forEach((row, i) => {
      const attributes = want[i]?.attributes ?? {};
      for (const [k, v] of Object.entries(attributes)) say(JSON.stringify(row.attributes?.[k]) === JSON.stringify(v) || near(row.attributes?.[k], v), `session ${key} attribute ${k}`, `${JSON.stringify(row.attributes?.[k])}, want ${JSON.stringify(v)}`);
    });
  }
  const counters = await ask('counters', {});
  const repeats = bodies.length - new Set(bodies.map((b) => b[0] + b[1])).size;
  say(counters.find((x) => x.counter === 'ingest.repeat')?.count === repeats, 'counters', `ingest.repeat ${counters.find((x) => x.counter === 'ingest.repeat')?.count}, want ${repeats}`);
} finally {
  collector.kill('SIGTERM');
  await new Promise((resolve) => collector.once('exit', resolve));
  if (!values.keep) fs.rmSync(folder, { recursive: true, force: true });
}
console.log(`${records.length} records, ${bodies.length} requests, ${FEATURES.length} features`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
