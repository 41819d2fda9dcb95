import { readFileSync } from "node:fs";
import { Liquid } from "liquidjs";

const SOURCE = readFileSync(
  new URL("../../docs/shopify/vitrine-shelf.liquid", import.meta.url),
  "utf8",
);

/** A setting as a section's schema declares it. */
interface Setting {
  id: string;
  default?: unknown;
}

/** Shopify's tags that Liquid itself lacks: `style` prints its content, `schema` is the editor's. */
const engine = new Liquid();
for (const [name, wrap] of [
  ["style", (css: string) => `<style>${css}</style>`],
  ["schema", () => ""],
] as const) {
  engine.registerTag(name, {
    parse(_token, rest) {
      this.templates = [];
      const stream = this.liquid.parser.parseStream(rest);
      stream.on(`tag:end${name}`, () => stream.stop());
      stream.on("template", (template) => this.templates.push(template));
      stream.start();
    },
    *render(context) {
      return wrap(yield this.liquid.renderer.renderTemplates(this.templates, context));
    },
  });
}

/** The theme editor's defaults. */
function defaults(): Record<string, unknown> {
  const [, schema = ""] = /{% schema %}(.*){% endschema %}/s.exec(SOURCE) ?? [];
  const { settings } = JSON.parse(schema) as { settings: Setting[] };
  return Object.fromEntries(settings.map((setting) => [setting.id, setting.default]));
}

/** The section from the documentation, rendered into a template as Shopify does. */
export function shopifySection(
  settings: Record<string, unknown>,
  product?: { id: number },
): string {
  const id = `template--17390__vitrine_${settings.strategy ?? "for_you"}`;
  const section = { id, settings: { ...defaults(), ...settings } };
  const html: string = engine.parseAndRenderSync(SOURCE, { section, product });
  return `<section id="shopify-section-${id}" class="shopify-section section">${html}</section>`;
}
