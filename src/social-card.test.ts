import sharp from 'sharp';
import { expect, test } from 'vitest';
import { cardSize } from './card-tags.ts';
import { drawCard } from './social-card.ts';

const words = { site: 'A course', title: 'VMs & containers', description: 'What they are.' };

test('a card has its size, and the same bytes each time', async () => {
  const card = await drawCard(words);
  expect(await sharp(card).metadata()).toMatchObject({ format: 'png', ...cardSize });
  expect(card.equals(await drawCard(words))).toBe(true);
});

test('all words of a card are on it, and beside its picture', async () => {
  const title = 'VMs and containers compared';
  const description = 'What a machine is, and why it came when it did. Every command runs. '.repeat(
    2,
  );
  const card = await drawCard({ ...words, title, description });
  const empty = await drawCard({ site: '', title: '', description: '' });
  const raw = async (png: Buffer) => sharp(png).removeAlpha().raw().toBuffer();
  const [drawn, bare] = [await raw(card), await raw(empty)];
  const changed = { left: 1200, right: 0, bottom: 0 };
  for (let i = 0; i < drawn.length; i += 3) {
    if (Math.abs((drawn[i] ?? 0) - (bare[i] ?? 0)) < 64) continue;
    const x = (i / 3) % cardSize.width;
    changed.left = Math.min(changed.left, x);
    changed.right = Math.max(changed.right, x);
    changed.bottom = Math.max(changed.bottom, Math.floor(i / 3 / cardSize.width));
  }
  expect(changed.left).toBeGreaterThanOrEqual(78);
  expect(changed.right).toBeLessThan(800);
  expect(changed.bottom).toBeGreaterThan(400);
  expect(changed.bottom).toBeLessThan(610);
});
