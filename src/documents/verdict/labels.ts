import type { Label } from '../../analysis/types.js';
import type { Text } from '../../document/document.js';
import { text } from '../../document/document.js';
import { listed } from '../../document/words.js';

/* The one home of what a label is in words. */

/** In a cell of a table. */
export function labelText(label: Label): Text {
  switch (label.kind) {
    case 'winner':
      return [label.strategy];
    case 'same':
      return text`the same: ${listed(label.strategies)}`;
    case 'undecided':
      return text`undecided: ${listed(label.strategies, 'or')}`;
    case 'nobody':
      return ['nobody: nothing to compare'];
  }
}

/** More names than these say no more than the table of winners does. */
const mostNames = 3;

/** As an answer in a sentence: "wasm-simd", "undecided between a and b". */
export function answerWords(label: Label): Text {
  switch (label.kind) {
    case 'winner':
      return [label.strategy];
    case 'same':
      return text`${listed(label.strategies)}, the same`;
    case 'undecided':
      return label.strategies.length > mostNames
        ? ['undecided, see the table']
        : text`undecided between ${listed(label.strategies)}`;
    case 'nobody':
      return ['nobody'];
  }
}
