import { describe, expect, it } from 'vitest';
import { noiseOf } from '../measure/machine/spin.js';
import { type Survey, surveyMachine } from '../measure/machine/survey.js';
import { diagnose, leftOvers } from './doctor.js';

const host = {
  fingerprint: 'x',
  cpu: 'Example CPU',
  cores: 4,
  usableCores: 4,
  memoryBytes: 8 * 2 ** 30,
  os: 'Linux 6',
  arch: 'x64',
  node: '20.20.0',
  v8: '11',
  clockStepNs: 40,
};
const quiet: Survey = {
  host,
  caches: ['L1 data 32K'],
  freeBytes: 4 * 2 ** 30,
  governor: 'performance',
  turbo: false,
  sharedCores: false,
  onBattery: false,
  swapTotalBytes: 0,
  load1: 0.1,
  othersShare: 0.01,
  stealShare: 0,
};
const steady = noiseOf([100e6, 100.1e6, 99.9e6]);
const cheap = { lowNs: 250, highNs: 600, againNs: 300, givesBack: false };

describe('the doctor', () => {
  it('has nothing to advise for a quiet machine', () => {
    expect(diagnose(quiet, steady, cheap).filter(({ advice }) => advice !== undefined)).toEqual([]);
  });

  it.each<[string, Partial<Survey>, RegExp]>([
    ['cores', { host: { ...host, usableCores: 1.5 } }, /^1\.5 usable of 4/],
    ['governor', { governor: 'powersave' }, /^powersave/],
    ['turbo', { turbo: true }, /^on/],
    ['power', { onBattery: true }, /^battery/],
    ['memory', { freeBytes: 2 ** 28 }, / free of /],
    ['swap', { swapTotalBytes: 1e9, swapUsedBytes: 5e8 }, / used of /],
    ['clock', { host: { ...host, clockStepNs: 1e6 } }, /1000000 ns/],
    ['load', { load1: 3 }, /^3\.00/],
    ['other programs', { othersShare: 0.2 }, /^20 %/],
    ['steal', { stealShare: 0.05 }, /^5 %/],
    ['threads per core', { sharedCores: true }, /^two/],
  ])('says what to change about %s', (what, change, seen) => {
    const advised = diagnose({ ...quiet, ...change }, steady, cheap).filter(
      ({ advice }) => advice !== undefined,
    );
    expect(advised.map((symptom) => symptom.what)).toEqual([what]);
    expect(advised[0].seen).toMatch(seen);
    expect(advised[0].unfit).toBeUndefined();
  });

  it('says what fresh memory costs where answers would pay for it', () => {
    const dear = { lowNs: 900, highNs: 15_000, againNs: 2_000, givesBack: true };
    const [advised] = diagnose(quiet, steady, dear).filter(({ advice }) => advice !== undefined);
    expect(advised).toMatchObject({
      what: 'fresh memory',
      seen: '900 ns to 15 µs for the first touch of a page, 2 µs after a collection; free pages go back to the host',
      advice: expect.stringContaining('up to 29 ns per number'),
    });
  });

  it.each<[string, Partial<Survey>, readonly number[]]>([
    ['other programs', { othersShare: 0.6 }, [1, 1, 1]],
    ['steal', { stealShare: 0.4 }, [1, 1, 1]],
    ['noise floor', {}, [1, 1.2, 0.8, 1.3, 0.7]],
  ])('calls a machine unfit for its %s', (what, change, times) => {
    const unfit = diagnose({ ...quiet, ...change }, noiseOf(times), cheap).filter((symptom) => symptom.unfit);
    expect(unfit.map((symptom) => symptom.what)).toEqual([what]);
  });

  it('works where no file of the system can be read, and says what it does not know', async () => {
    const survey = await surveyMachine(
      host,
      4e9,
      async () => {},
      () => undefined,
    );
    const seen = diagnose(survey, steady, cheap);
    expect(seen.filter((symptom) => symptom.seen === 'not known here').map(({ what }) => what)).toEqual([
      'threads per core',
      'caches',
      'governor',
      'turbo',
      'power',
      'swap',
      'load',
      'other programs',
      'steal',
    ]);
    expect(seen.filter(({ advice }) => advice !== undefined)).toEqual([]);
  });

  it('reads caches and power from the files where there are some', async () => {
    const files: Record<string, string> = {
      '/sys/devices/system/cpu/cpu0/cache/index0/size': '32K',
      '/sys/devices/system/cpu/cpu0/cache/index0/level': '1',
      '/sys/devices/system/cpu/cpu0/cache/index0/type': 'Data',
      '/sys/devices/system/cpu/cpufreq/boost': '1',
      '/sys/class/power_supply/BAT0/status': 'Discharging',
      '/proc/meminfo': 'SwapTotal: 1000 kB\nSwapFree: 400 kB',
    };
    const survey = await surveyMachine(
      host,
      4e9,
      async () => {},
      (path) => files[path],
    );
    expect(survey).toMatchObject({
      caches: ['L1 data 32K'],
      turbo: true,
      onBattery: true,
      swapTotalBytes: 1_024_000,
      swapUsedBytes: 614_400,
    });
  });

  it('names old folders of runs that nobody here can tell of, and those alone', () => {
    const old = {
      path: '/tmp/breakeven-run-1',
      purpose: 'run',
      owner: 'unknown' as const,
      createdAt: '2026-01-01T00:00:00Z',
      facts: {},
    };
    const now = new Date('2026-01-03T00:00:00Z');
    const [line, ...others] = leftOvers([old, { ...old, path: '/tmp/breakeven-run-2' }], now);
    expect(others).toEqual([]);
    expect(line.seen).toBe('2 folders of earlier runs: /tmp/breakeven-run-1, /tmp/breakeven-run-2');
    expect(line.advice).toContain('remove them');
    expect(leftOvers([{ ...old, owner: 'alive' }], now)).toEqual([]);
    expect(leftOvers([{ ...old, createdAt: '2026-01-02T12:00:00Z' }], now)).toEqual([]);
  });
});
