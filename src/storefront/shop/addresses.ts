/** The address of a search's results. */
export function resultsHref(query: string): string {
  return `/search?${new URLSearchParams({ q: query })}`;
}

/** The address of a department, or of a category in it. */
export function departmentHref(slug: string, category?: string): string {
  const narrowed = category === undefined ? "" : `?${new URLSearchParams({ category })}`;
  return `/department/${slug}${narrowed}`;
}

/** Part of an address as text; as it is, where a lone "%" stands for nothing. */
export function decoded(part: string, decode = decodeURIComponent): string {
  try {
    return decode(part);
  } catch {
    return part;
  }
}
