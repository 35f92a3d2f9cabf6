/** Places in the shared array: how often the caller has rung, and how often the thread has answered. */
export const bell = 0;
export const reply = 1;
