/** The address of the repository's form for problems, with what the page knows filled in. */

/** The form below .github/ISSUE_TEMPLATE/. Its fields have the names of the facts. */
export const reportTemplate = 'problem.yml';

/** The facts that a report contains before the reader writes. */
export interface ReportFacts {
  /** The address of the page. */
  page: string;
  /** The image of the machine. */
  image: string;
  /** The browser's own name and version. Unknown without JavaScript. */
  browser?: string;
  /** The cell that the report is about. */
  cell?: string;
}

/** The address of the form, for the page of a repository. */
export function reportAddress(repository: string, facts: ReportFacts): string {
  const { page, image, browser, cell } = facts;
  const fields = new URLSearchParams({ template: reportTemplate, page, image });
  if (browser) fields.set('browser', browser);
  if (cell) fields.set('cell', cell);
  return `${repository}/issues/new?${fields.toString()}`;
}
