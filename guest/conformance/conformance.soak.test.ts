/** All groups of commands. */
import { testGroups } from './test-groups.ts';

testGroups(() => true);
