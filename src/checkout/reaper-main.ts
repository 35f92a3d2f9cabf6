import { killGroup } from '../process/group.js';
import type { ReaperMessage } from './reaper.js';
import { removeCheckouts } from './remove.js';

/* Entry of the reaper: reads to the end of its input, then ends groups and removes checkouts that were not done with. */
let text = '';
process.stdin.setEncoding('utf8').on('data', (more: string) => {
  text += more;
});
process.stdin.on('end', () => {
  const messages = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ReaperMessage);
  if (messages.some(({ type }) => type === 'done')) return;
  for (const message of messages) if (message.type === 'group') killGroup(message.group);
  for (const message of messages)
    if (message.type === 'remove') removeCheckouts(message.root, message.folder);
});
// A signal to the whole session is meant for the one who is cleaned up after.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
