/**
 * Entry of the process that works on one file. Hashing and unpacking gigabytes delays no
 * answers, and a file that exhausts the memory ends only this process.
 */
import { ownChannel } from '../../lib/threads/serve';
import { servePackageCalls } from './packageCalls';

servePackageCalls(ownChannel());
