// `npm test` runs the tests without the tag `@full`, and `npm run test:full` runs all of them.

/** The end of a test's title, for a test in a loop: the tag, unless `npm test` runs this one as well. */
export const fullUnless = (isInFirstTier: boolean): string => (isInFirstTier ? '' : ' @full');
