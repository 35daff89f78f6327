/** The two-minute tour of the window, with virtual machines. */
import { useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import { setTour, useCrema } from '../store';
import { request } from './request';

/** Enough for the list to have an order, of both programs. */
const machinesOfTour = 3;

/** Starts virtual machines, unless some are running, and shows the first step. */
async function beginTour(): Promise<AppError | null> {
  const ownsMachines = useCrema.getState().simulator.running === 0;
  if (ownsMachines) {
    const reply = await request('simulate', { count: machinesOfTour, platform: 'mixed' });
    if (!reply.ok) return reply.error;
  }
  setTour({ step: 0, ownsMachines });
  return null;
}

/** Ends the tour and removes the virtual machines that it started. */
export async function endTour(): Promise<void> {
  const { tour } = useCrema.getState();
  setTour(null);
  if (tour?.ownsMachines === true) await request('simulate', { count: 0, platform: 'mixed' });
}

/** For the button that starts it. */
export function useTour(): {
  readonly begin: () => void;
  readonly busy: boolean;
  readonly error: AppError | null;
} {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const begin = async (): Promise<void> => {
    setBusy(true);
    setError(await beginTour());
    setBusy(false);
  };
  return { begin: () => void begin(), busy, error };
}
