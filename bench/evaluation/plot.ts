import type { ReliabilityRow } from "../../src/cli/evaluation/calibration.ts";

const INK = "#555";
const ACCENT = "#1f6feb";

export interface Bar {
  name: string;
  value: number;
  low: number;
  high: number;
}

/** Horizontal bars with their intervals, as an SVG document. */
export function barPlot(title: string, bars: readonly Bar[]): string {
  const max = Math.max(...bars.map(({ high }) => high), Number.MIN_VALUE);
  const x = (value: number) => 150 + (380 * value) / max;
  const rows = bars.map(({ name, value, low, high }, index) => {
    const y = 40 + 22 * index;
    return `<text x="142" y="${y + 11}" text-anchor="end">${name}</text>
<rect x="150" y="${y}" width="${(x(value) - 150).toFixed(1)}" height="14" fill="${ACCENT}"/>
<path d="M${x(low).toFixed(1)} ${y + 7}H${x(high).toFixed(1)}" stroke="${INK}" stroke-width="2"/>
<text x="${(x(high) + 6).toFixed(1)}" y="${y + 11}">${value.toFixed(3)}</text>`;
  });
  return svg({ title, width: 600, height: 50 + 22 * bars.length, body: rows.join("\n") });
}

/** Predicted against observed chances, one line per outcome; on the diagonal they are equal. */
export function reliabilityPlot(title: string, outcomes: readonly ReliabilityRow[]): string {
  const at = (share: number) => 50 + 300 * share;
  const colors = ["#888", "#1f6feb", "#d4720b", "#2da44e", "#a40e5c"];
  const lines = outcomes.map(({ outcome, bins, error }, index) => {
    const points = bins.map(
      ({ predicted, observed }) => `${at(predicted).toFixed(1)},${(390 - at(observed)).toFixed(1)}`,
    );
    const color = colors[index % colors.length]!;
    const dots = points.map((point) => {
      const [cx, cy] = point.split(",");
      return `<circle cx="${cx}" cy="${cy}" r="3" fill="${color}"/>`;
    });
    return `<polyline points="${points.join(" ")}" fill="none" stroke="${color}"/>${dots.join("")}
<text x="370" y="${60 + 20 * index}" fill="${color}">${outcome} (error ${error.toFixed(3)})</text>`;
  });
  const body = `<path d="M50 340H350M50 340V40" stroke="${INK}" fill="none"/>
<path d="M50 340L350 40" stroke="${INK}" stroke-dasharray="4"/>
<text x="200" y="365" text-anchor="middle">predicted</text>
<text x="20" y="190" transform="rotate(-90 20 190)" text-anchor="middle">observed</text>
${lines.join("\n")}`;
  return svg({ title, width: 560, height: 380, body });
}

function svg({
  title,
  width,
  height,
  body,
}: {
  title: string;
  width: number;
  height: number;
  body: string;
}): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" font-family="sans-serif" font-size="12" fill="${INK}">
<title>${title}</title>
<rect width="100%" height="100%" fill="#fff"/>
<text x="10" y="20" font-size="14">${title}</text>
${body}
</svg>
`;
}
