/** Where the dev server takes what its pages send; like all addresses here it ends in a slash. */
export const acceptPath = '/__course/accept/';
