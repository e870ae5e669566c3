import type { MdastNode, MdxJsxFlowElement, MdxJsxTextElement } from 'satteri';

/** Whether a node is a tag: `<Cite … />`, `<img … />`. */
export function isJsx(
  node: Readonly<MdastNode>,
): node is Readonly<MdxJsxFlowElement | MdxJsxTextElement> {
  return node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement';
}

/** The text of an attribute; undefined if it is missing, has no value, or is an expression. */
export function attributeOf(
  { attributes }: Pick<MdxJsxFlowElement, 'attributes'>,
  name: string,
): string | undefined {
  const found = attributes.find((each) => each.type === 'mdxJsxAttribute' && each.name === name);
  return typeof found?.value === 'string' ? found.value : undefined;
}
