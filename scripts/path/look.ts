import { criticalPath } from '../../src/path/critical-path.js';
import { equalLists, warmOf } from '../rulers/cells.js';
for (const [strategy, keys, length] of [
  ['worker-threads-shared', 8, 100_000],['worker-threads', 16, 10],['worker-threads-transfer', 16, 10],['child-process', 16, 10],['worker-threads-shared', 16, 10]] as const) {
  const warm = await warmOf({ strategy, from: 'lists', data: equalLists(keys, length) });
  const t = warm?.trace;
  if (t?.kind !== 'spans') { console.log(strategy, 'no trace'); continue; }
  const parts = criticalPath(t);
  console.log(strategy, keys, length, 'median', Math.round([...warm.samplesNs].sort((a,b)=>a-b)[warm.samplesNs.length>>1]/1e3), 'traced', Math.round(t.totalNs/1e3), 'us', JSON.stringify(Object.fromEntries(Object.entries(parts).map(([k,v])=>[k, (100*v/t.totalNs).toFixed(1)]))), t.caller.spans.length, t.workers.map(w=>w.spans.length), JSON.stringify(t).length);
  let at=0; const gaps: string[]=[]; for (const [a,f,to] of [...t.caller.spans].sort((a,b)=>a[1]-b[1])) { if (f-at>500) gaps.push(`${f-at}@${at} before ${a}`); at=Math.max(at,to);} gaps.push(`${t.totalNs-at} at end`); console.log('  gaps', gaps.slice(0,14).join('; '));
  if (keys===16) console.log('  ', JSON.stringify(t.caller.spans.slice(0,24)), '\n   W', JSON.stringify(t.workers[0]?.spans.slice(0,14)));
}
import { spawnSync } from 'node:child_process';
const run = (cmd: string, ...args: string[]) => { const r = spawnSync(cmd, args, { encoding: 'utf8' }); console.log('$', cmd, args.join(' '), '→', r.status, '\n', (r.stdout + r.stderr).slice(-9000)); };
run('npx', 'biome', 'check', '--write', 'src', 'strategies', 'scripts');
run('npx', 'vitest', 'run', '--dir', 'dist', 'src/workers', 'src/report/verdict', 'src/report/report', 'src/analysis', 'src/cli/compare/compare.test', 'src/cli/bad-input');
