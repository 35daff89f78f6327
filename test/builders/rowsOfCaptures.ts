import type { Capture, Job } from '#shared/model/capture';

/** A fully read capture of ten minutes with one machine. */
export const capture = (id: number, over: Partial<Capture> = {}): Capture => ({
  id,
  fileName: 'lobby.pcapng',
  site: null,
  reading: { state: 'done' },
  entries: 1_234,
  machines: 1,
  connections: 2,
  from: Date.UTC(2026, 10, 24, 10),
  to: Date.UTC(2026, 10, 24, 10, 10),
  passedOver: {},
  isCutOff: false,
  isDamaged: false,
  ...over,
});

export const job = (id: number, over: Partial<Job> = {}): Job => ({
  id,
  what: 'import',
  fileName: 'lobby.pcapng',
  state: 'running',
  done: 1_000_000,
  total: 4_000_000,
  frames: 2_000,
  startedAt: 0,
  endedAt: null,
  problem: null,
  capture: null,
  ...over,
});
