/** The image of pages and cells that name none. */
export const DEFAULT_IMAGE = 'course';
