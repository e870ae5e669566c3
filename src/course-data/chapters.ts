/** The chapters in content/chapters, in reading order. The build fails if one is missing. */
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
