/**
 * The settings of your copy of this course: names, addresses, and the order of the pages. Everything else follows
 * from them. README.md, “Your own copy”, says when to change them.
 */
export const config = {
  /** The name of the site: in the bar above each page, and in each page's title. */
  title: 'One Kernel or Many',
  /** The description of pages that have none of their own. */
  description:
    'Virtual machines, namespaces, cgroups, LXC, Warden and Docker, tried on a real Linux kernel in this page.',
  /** The holder of the licences, as LICENSE and LICENSE-content name it. Each page names it as its author. */
  holder: 'One Kernel or Many authors',
  /**
   * The page of the repository, 'https://github.com/OWNER/NAME'. Links to edit a page and to report a problem
   * lead there. Without it, pages have no such links. The workflow sets REPOSITORY_URL, which overrides it.
   */
  repository: '',
  /**
   * The origin of the published site, 'https://OWNER.github.io'. Each page names its own address. Without it,
   * pages name none. The workflow sets SITE_URL, which overrides it.
   */
  origin: '',
  /** The folder of the site on its origin, or '' at the root. The workflow sets BASE_PATH, which overrides it. */
  base: '/one-kernel-or-many',
  /** The navigation. A page below content/ is named without `.mdx`; chapters stand in reading order. */
  sidebar: [
    { label: 'Start here', slug: 'index' },
    {
      label: 'Chapters',
      items: [
        'chapters/virtual-machines',
        'chapters/namespaces',
        'chapters/pid-namespaces',
        'chapters/cgroups',
        'chapters/containers',
        'chapters/compared',
        'chapters/lxc-and-warden',
        'chapters/docker-engine',
        'chapters/why-only-then',
      ],
    },
    { label: 'Terminal', slug: 'terminal' },
    { label: 'Break the machine', slug: 'about/break-it' },
    { label: 'References', slug: 'references' },
    {
      label: 'About',
      items: ['about/machine', 'about/cells', 'about/why-outputs-vary', 'about/progress'],
    },
  ],
};
