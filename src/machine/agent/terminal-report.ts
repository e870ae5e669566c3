/** Recognizes a terminal's own reports in a person's input. */

/**
 * A terminal's own reports, which it sends on request: its type, its status, the cursor position, a mode, a colour, the
 * focus. See console_codes(4) and XTerm Control Sequences.
 */
const REPORT =
  // eslint-disable-next-line no-control-regex
  /^(?:\u001b\[[?>]?[\d;]*(?:[Rcn]|\$y)|\u001b\[[IO]|\u001b\][\d;]+;rgb:[\w/]+(?:\u0007|\u001b\\)|\u001bP[^\u001b]*\u001b\\)+$/;

/** Whether input consists of such reports. */
export function isReport(input: string): boolean {
  return REPORT.test(input);
}
