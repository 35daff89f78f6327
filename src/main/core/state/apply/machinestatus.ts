import { machinestatus } from '#shared/messages/machinestatus';
import { on } from './on';
import { reported } from './status';

export const apply = on(machinestatus, reported);
