import { statusquery_r } from '#shared/messages/statusquery';
import { on } from './on';
import { reported } from './status';

export const apply = on(statusquery_r, reported);
