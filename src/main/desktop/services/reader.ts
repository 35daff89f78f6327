/** Reads files from outside for all services, each in a process of its own. */
import { FileReader } from '../../tools/readers/api';
import type { Base } from './base';
import type { Service } from './service';

export interface ReaderService extends Service, Pick<FileReader, 'read'> {}

export const reader = ({ thread, startProcess }: Base): ReaderService => {
  const files = new FileReader(thread('fileReader'), startProcess);
  return { live: {}, requests: {}, read: files.read.bind(files), stop: () => files.close() };
};
