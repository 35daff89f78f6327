/** Where files from machines are stored. A module of its own, so that the package host thread does not load the schemas of the notes. */
import { join } from 'node:path';
import type { FetchedFile } from '#shared/model/fetched';

/** The file of a command. A note about it is stored next to it (`.json`). */
export const fetchedPath = (folder: string, { vmcNo, id }: Pick<FetchedFile, 'vmcNo' | 'id'>): string =>
  join(folder, String(vmcNo), String(id));
