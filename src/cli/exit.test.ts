import { describe, expect, it } from 'vitest';
import { InputError, RunError, UserError } from '../contract/errors.js';
import { NoAdviceError, OutOfReachError } from '../model/reach.js';
import { ExitCode, exitCodeOf, explain, worstOf } from './exit.js';

describe('the exit code', () => {
  it('of several runs is the one that says most', () => {
    expect(worstOf([])).toBe(0);
    expect(worstOf([ExitCode.undecided, ExitCode.foundSomethingBad, ExitCode.fine])).toBe(1);
    expect(worstOf([ExitCode.foundSomethingBad, ExitCode.interrupted])).toBe(130);
  });

  it('tells bad input from what nobody foresaw', () => {
    expect(exitCodeOf(new InputError('no such thing'))).toBe(2);
    expect(exitCodeOf(new RunError('the disk is full'))).toBe(5);
  });

  it('of a question without an honest answer is that of bad input, though the input is not at fault', () => {
    for (const cause of [
      new NoAdviceError('nothing is known of it.'),
      new OutOfReachError('too far', 'Nearer.'),
    ]) {
      expect(cause).toBeInstanceOf(UserError);
      expect(cause).not.toBeInstanceOf(InputError);
      expect(exitCodeOf(cause)).toBe(2);
      expect(explain(cause)).toBe(`breakeven: ${cause.message}`);
    }
  });

  it('is never 1, which means that something bad was found, where the command could not be carried out', () => {
    for (const code of ['ENOSPC', 'EMFILE', 'ENOENT', 'ELOOP', 'EFBIG', 'EROFS'])
      expect(exitCodeOf(Object.assign(new Error(code), { code, syscall: 'open' }))).toBe(5);
    expect(exitCodeOf(new TypeError('undefined is not a function'))).toBe(5);
  });
});

describe('an error in words', () => {
  it('has a stack only where nobody foresaw it', () => {
    expect(explain(new InputError('no such thing'))).toBe('breakeven: no such thing');
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), {
      code: 'ENOSPC',
      syscall: 'write',
    });
    expect(explain(full)).toMatch(
      /^breakeven: the system refused: ENOSPC.* Make room, or name another folder/,
    );
    expect(explain(new TypeError('oh'))).toMatch(/^breakeven: unexpected: TypeError: oh\n +at /);
  });

  it('ends with a fix, also where the message is only what the system said', () => {
    const bare = new RunError(
      'the process that looks at plug-ins could not be started: spawn /opt/a.b/node EAGAIN',
    );
    expect(explain(bare)).toMatch(
      /spawn \/opt\/a\.b\/node EAGAIN\. The machine refuses another process .* Raise its limit/,
    );
    const advised = new RunError('cannot write x: ENOSPC: no space left. Make room, then go on.');
    expect(explain(advised)).toBe('breakeven: cannot write x: ENOSPC: no space left. Make room, then go on.');
  });
});
