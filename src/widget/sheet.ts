/**
 * The look of a shelf. All sizes are in `em` of the page's own text, colours are made of the page's
 * own text colour, and every one of them can be set from outside as a custom property. The height of a
 * card depends on its width and on which parts it shows, never on its content: what is reserved while
 * the cards are awaited is what they take.
 */
const CSS = `
:host { display: block; container-type: inline-size; }
:host([hidden]) { display: none; }
.shelf {
  all: initial;
  display: block;
  box-sizing: border-box;
  color: var(--vitrine-ink, inherit);
  font-family: var(--vitrine-font, inherit);
  font-size: var(--vitrine-text, inherit);
  font-weight: 400;
  line-height: 1.35;
  --soft: var(--vitrine-ink-soft, color-mix(in srgb, currentColor 86%, transparent));
  --line: var(--vitrine-line, color-mix(in srgb, currentColor 18%, transparent));
  --raised: var(--vitrine-surface-raised, color-mix(in srgb, currentColor 7%, transparent));
  --accent: var(--vitrine-accent, currentColor);
  --space: var(--vitrine-space, 0.75em);
  --shown: var(--columns, var(--vitrine-columns, 4));
  color-scheme: inherit;
}
.shelf.blank { visibility: hidden; }
.shelf.gone { display: none; }
*, ::before, ::after { box-sizing: border-box; }
h2, h3, p, ul { margin: 0; padding: 0; font: inherit; }
ul { list-style: none; }
a { color: inherit; }
button { font: inherit; color: inherit; cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.header { display: flex; align-items: center; gap: var(--space); min-height: 2.75em; margin-bottom: 0.5em; }
h2 { flex: 1; font-family: var(--vitrine-font-display, inherit); font-size: 1.4em; font-weight: 600; line-height: 1.2; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.nav { display: flex; gap: 0.25em; }
.nav button { width: 2.75em; height: 2.75em; padding: 0; border: 1px solid var(--line); border-radius: 50%; background: none; font-size: 1em; }
.nav button:disabled { opacity: 0.35; cursor: default; }
.nav button:hover:enabled { background: var(--raised); }
.nav[hidden] { display: none; }

ul { display: grid; gap: var(--space); --card: calc((100% - (var(--shown) - 1) * var(--space)) / var(--shown)); }
ul.row { grid-auto-flow: column; grid-auto-columns: var(--card); overflow-x: auto; overscroll-behavior-x: contain; scroll-snap-type: x proximity; scrollbar-width: none; }
ul.grid { grid-template-columns: repeat(auto-fill, minmax(min(100%, var(--card)), 1fr)); }
li { position: relative; min-width: 0; min-height: var(--vitrine-card-height, 0); scroll-snap-align: start; }
@container (max-width: 40em) {
  .shelf { --shown: var(--phone-columns, var(--vitrine-phone-columns, 2)); }
}

[part~="card"] { position: relative; height: 100%; overflow: clip; border: 1px solid var(--line); border-radius: var(--vitrine-radius, 0.75em); background: var(--vitrine-surface, transparent); }
[part~="card"]:hover { border-color: var(--soft); }
[part~="picture"] { display: grid; place-items: center; aspect-ratio: var(--ratio, var(--vitrine-image-ratio, 1)); background: var(--raised); overflow: clip; }
[part~="image"] { display: block; width: 100%; height: 100%; min-height: 0; object-fit: var(--fit, cover); }
[part~="initial"] { font-size: 3em; color: var(--soft); }
[part~="badge"] { position: absolute; inset: 0.6em auto auto 0.6em; padding: 0.1em 0.6em; border-radius: 1em; background: var(--vitrine-badge, Canvas); color: var(--vitrine-badge-ink, CanvasText); font-size: 0.75em; font-weight: 600; }
[part~="facts"] { display: grid; align-content: start; gap: 0.3em; padding: 0.7em; }
[part~="title"] { min-height: 2.7em; font-size: 0.9em; font-weight: 600; overflow: hidden; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow-wrap: anywhere; }
[part~="link"] { display: inline; padding: 0; border: 0; background: none; text-align: start; text-decoration: none; }
[part~="link"]:hover { text-decoration: underline; }
[part~="link"]::after { content: ""; position: absolute; inset: 0; }
[part~="price"] { min-height: 1.35em; font-weight: 600; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
[part~="reduced"] { color: var(--vitrine-sale, inherit); }
[part~="sale"] { color: var(--vitrine-badge-ink, var(--vitrine-sale, CanvasText)); }
[part~="list-price"] { margin-inline-start: 0.4em; color: var(--soft); font-weight: 400; font-size: 0.85em; }
[part~="details"] { min-height: 1.35em; font-size: 0.8em; color: var(--soft); white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
[part~="rating"] { color: inherit; }
[part~="reason"] { min-height: 2.7em; font-size: 0.8em; color: var(--soft); overflow: hidden; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; }
[part~="dismiss"] { position: absolute; inset: 0.4em 0.4em auto auto; width: 2.25em; height: 2.25em; padding: 0; border: 0; border-radius: 50%; background: var(--vitrine-badge, Canvas); color: var(--vitrine-badge-ink, CanvasText); opacity: 0.75; }
[part~="dismiss"]:hover, [part~="dismiss"]:focus-visible { opacity: 1; }
[part~="dismissed"] { display: grid; place-content: center; justify-items: center; gap: 0.75em; padding: 1em; color: var(--soft); font-size: 0.9em; text-align: center; }
[part~="undo"] { padding: 0.5em 1em; border: 1px solid var(--line); border-radius: 2em; background: none; }
[part~="skeleton"] [part] { border-radius: 0.3em; }
[part~="skeleton"] [part~="facts"] > * { background: var(--raised); }

@media (hover: hover) and (pointer: fine) {
  [part~="dismiss"] { opacity: 0; }
  [part~="card"]:hover [part~="dismiss"] { opacity: 0.75; }
  [part~="card"] [part~="dismiss"]:is(:hover, :focus-visible) { opacity: 1; }
}
@media (prefers-reduced-motion: no-preference) {
  ul.row { scroll-behavior: smooth; }
  [part~="skeleton"] { animation: pulse 1.4s ease-in-out infinite alternate; }
  @keyframes pulse { to { opacity: 0.55; } }
}
@media (forced-colors: active) {
  [part~="card"], .nav button { border-color: CanvasText; }
}
`;

let shared: CSSStyleSheet | undefined;

/** One sheet for all shelves. Constructed, since a strict Content-Security-Policy allows no other. */
export function shelfSheet(): CSSStyleSheet {
  shared ??= sheetOf(CSS);
  return shared;
}

/** The sheet of one shelf, with what its attributes say. */
export function optionSheet(properties: Record<string, string | number | undefined>) {
  const lines = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `--${name}: ${value};`);
  return sheetOf(`.shelf { ${lines.join(" ")} }`);
}

function sheetOf(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}
