import { join } from 'node:path';
import type { FetchedFile } from '#shared/model/fetched';

/** The file of a command. A note about it is stored next to it (`.json`). */
export const fetchedPath = (folder: string, { vmcNo, id }: Pick<FetchedFile, 'vmcNo' | 'id'>): string =>
  join(folder, String(vmcNo), String(id));
