import type { Lists } from '../contract/dictionary.js';

/**
 * The dictionary of the source question and the answers that it prints for `i ** 2 - 13`. The code printed there lost
 * its `return_values.append(new_value)` and would answer empty lists; the printed answers show that it was there.
 */
export const sourceExample: { readonly input: Lists; readonly answer: Lists } = {
  input: new Map([
    ['key1', [367, 30, 847, 482, 887, 654, 347, 504, 413, 821]],
    ['key2', [754, 915, 622, 149, 279, 192, 312, 203, 742, 846]],
    ['key3', [586, 521, 470, 476, 693, 426, 746, 733, 528, 565]],
  ]),
  answer: new Map([
    ['key1', [134676, 887, 717396, 232311, 786756, 427703, 120396, 254003, 170556, 674028]],
    ['key2', [568503, 837212, 386871, 22188, 77828, 36851, 97331, 41196, 550551, 715703]],
    ['key3', [343383, 271428, 220887, 226563, 480236, 181463, 556503, 537276, 278771, 319212]],
  ]),
};
