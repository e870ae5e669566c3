const used = new WeakMap<object, Map<string, number>>();

/** An id that no earlier call for the same page has returned: `x`, then `x-2`, `x-3`. */
export function uniqueId(page: object, id: string): string {
  const counts = used.get(page) ?? new Map<string, number>();
  used.set(page, counts);
  const count = (counts.get(id) ?? 0) + 1;
  counts.set(id, count);
  return count === 1 ? id : `${id}-${count}`;
}
