// Plain tsc does not read .astro files; `astro check` does, and checks their props.
declare module '*.astro' {
  const component: import('astro/runtime/server/index.js').AstroComponentFactory;
  export default component;
}
