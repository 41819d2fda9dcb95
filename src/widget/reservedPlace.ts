/**
 * A style sheet for the page's head: reserves the space of a shelf until the script has loaded, so that
 * nothing moves when the cards appear. The heights are those of a row of built-in cards (`sheet.ts`); a
 * shelf of other cards sets its own with `--vitrine-reserve`. Successive shelves get a margin, which any
 * margin of the page overrides.
 */
export const RESERVED_CSS = `vitrine-shelf { display: block; container-type: inline-size; }
:where(vitrine-shelf + vitrine-shelf) { margin-block-start: 1.5em; }
vitrine-shelf:not(:defined):not(:has(> :not(template)))::before {
  content: "";
  display: block;
  --n: var(--vitrine-columns, 4);
  --gap: var(--vitrine-space, 0.75em);
  --picture: calc((100cqi - (var(--n) - 1) * var(--gap)) / var(--n) / var(--vitrine-image-ratio, 1));
  height: var(--vitrine-reserve, calc(var(--picture) + 12.57em));
}
@container (max-width: 40em) {
  vitrine-shelf:not(:defined)::before { --n: var(--vitrine-phone-columns, 2) !important; }
}
`;
