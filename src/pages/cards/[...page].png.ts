// Draws the card of each page while the site is built: /cards/chapters/cgroups.png.
import type { APIRoute, GetStaticPaths } from 'astro';
import { getCollection } from 'astro:content';
import { config } from '../../../site.config.ts';
import { drawCard } from '../../social-card.ts';

export const getStaticPaths = (async () => {
  const pages = await getCollection('docs');
  return pages.map(({ id, data: { title, description } }) => ({
    params: { page: id },
    props: { site: config.title, title, description: description ?? config.description },
  }));
}) satisfies GetStaticPaths;

export const GET: APIRoute<Parameters<typeof drawCard>[0]> = async ({ props }) =>
  new Response(new Uint8Array(await drawCard(props)), { headers: { 'Content-Type': 'image/png' } });
