import { describe, expect, it } from 'vitest';
import { InputError } from '../catalog/problem.js';
import { ExitCode, exitCodeOf, explain, worstOf } from './exit.js';

describe('the exit code', () => {
  it('of several runs is the one that says most', () => {
    expect(worstOf([])).toBe(0);
    expect(worstOf([ExitCode.undecided, ExitCode.foundSomethingBad, ExitCode.fine])).toBe(1);
    expect(worstOf([ExitCode.foundSomethingBad, ExitCode.interrupted])).toBe(130);
  });

  it('tells bad input from what nobody foresaw', () => {
    expect(exitCodeOf(new InputError('no such thing'))).toBe(2);
    expect(exitCodeOf(Object.assign(new Error('read-only'), { code: 'EROFS' }))).toBe(2);
    expect(exitCodeOf(new TypeError('undefined is not a function'))).toBe(1);
  });
});

describe('an error in words', () => {
  it('has a stack only where nobody foresaw it', () => {
    expect(explain(new InputError('no such thing'))).toBe('breakeven: no such thing');
    expect(explain(new TypeError('oh'))).toMatch(/^breakeven: unexpected: TypeError: oh\n +at /);
  });
});
