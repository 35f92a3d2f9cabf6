import { describe, expect, it } from 'vitest';
import { suggest } from './did-you-mean.js';

const known = ['large-lists', 'small-lists', 'worker-threads'];

describe('a suggestion', () => {
  it.each([
    ['larg-lists', ' Did you mean "large-lists"?'],
    ['threads', ' Did you mean "worker-threads"?'],
    ['small', ' Did you mean "small-lists"?'],
    ['lists', ' There are: large-lists, small-lists, worker-threads.'],
    ['pancakes', ' There are: large-lists, small-lists, worker-threads.'],
  ])('for %s', (word, says) => {
    expect(suggest(word, known)).toBe(says);
  });

  it('is nothing where there is nothing to suggest', () => {
    expect(suggest('x', [])).toBe('');
  });
});
