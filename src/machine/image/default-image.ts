/** The image for pages and cells that name none. */
export const DEFAULT_IMAGE = 'course';
