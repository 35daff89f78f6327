import { join } from 'node:path';
import type { FetchedFile } from '#shared/model/fetched';

/** The file of a command, and beside it (`.json`) what is known of it. */
export const fetchedPath = (folder: string, { vmcNo, id }: Pick<FetchedFile, 'vmcNo' | 'id'>): string =>
  join(folder, String(vmcNo), String(id));
