/** The chapters of content/chapters, in the order of reading. The build ends when one of them is missing. */
export const chapters = [
  'virtual-machines',
  'containers',
  'compared',
  'namespaces',
  'pid-namespaces',
  'cgroups',
  'lxc-and-warden',
  'why-only-then',
];
