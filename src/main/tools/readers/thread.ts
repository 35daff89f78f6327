/** Entry of the process that reads one untrusted file. A harmful file can end only this process. */
import { ownChannel } from '../../lib/threads/serve';
import { serveReaderCalls } from './readerCalls';

serveReaderCalls(ownChannel());
