/** An element with its `part` name, attributes and children. Text is only ever text, never markup. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  part: string | undefined,
  attributes: Record<string, string> = {},
  children: readonly (Node | string | undefined)[] = [],
): HTMLElementTagNameMap[Tag] {
  const created = document.createElement(tag);
  if (part !== undefined) created.setAttribute("part", part);
  for (const [name, value] of Object.entries(attributes)) created.setAttribute(name, value);
  created.append(...children.filter((child) => child !== undefined));
  return created;
}
