/** The address of a search's results. */
export function resultsHref(query: string): string {
  return `/search?${new URLSearchParams({ q: query })}`;
}

/** The address of a department, or of a category in it. */
export function departmentHref(slug: string, category?: string): string {
  const narrowed = category === undefined ? "" : `?${new URLSearchParams({ category })}`;
  return `/department/${slug}${narrowed}`;
}

/** Decodes a part of an address; returns it unchanged if it is malformed, such as a lone "%". */
export function decoded(part: string, decode = decodeURIComponent): string {
  try {
    return decode(part);
  } catch {
    return part;
  }
}
