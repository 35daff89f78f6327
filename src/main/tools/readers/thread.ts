/** Entry of the process that reads one file of a stranger: whatever is in it costs this process and nothing else. */
import { ownChannel } from '../../lib/threads/serve';
import { serveReaderCalls } from './readerCalls';

serveReaderCalls(ownChannel());
