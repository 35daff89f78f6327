import { z } from 'zod';

export const vmcNo = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
