/** Entry of the process that works on one file, so that hashing and unpacking gigabytes delay no answer, and a file that is too much ends nothing else. */
import { ownChannel } from '../../lib/threads/serve';
import { servePackageCalls } from './packageCalls';

servePackageCalls(ownChannel());
