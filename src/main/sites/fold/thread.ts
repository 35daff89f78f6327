/** Entry of the thread that folds entries of other sites, while the thread of the sites stores those before them. */
import { ownPort } from '../../lib/threads/serve';
import { serveFolds } from './serveFolds';

serveFolds(ownPort());
