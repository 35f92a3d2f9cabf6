import {
  type AccountProfile,
  type Profile,
  profileFormat,
  profileVersion,
} from '../../src/choose/profile.js';

/** A profile for tests: of a machine that there is not. */
export function madeUpProfile(warm: AccountProfile, changes: Partial<Profile> = {}): Profile {
  return {
    format: profileFormat,
    version: profileVersion,
    tool: '0.1.0',
    createdAt: '2026-01-01T00:00:00.000Z',
    host: { fingerprint: 'f', cpu: 'made up', usableCores: 2, memoryBytes: 8e9, node: '20.20.0' },
    from: 'lists',
    kernel: { id: 'burn', title: 'work' },
    leastNsPerNumber: 0.2,
    accounts: { warm },
    ...changes,
  };
}
