import { ExportForm } from "./ExportForm.tsx";
import glass from "./GlassRoom.module.css";
import { ImportForm } from "./ImportForm.tsx";
import { glassTexts } from "./texts.ts";

/** Exports everything to one file, and imports such a file. */
export function PortData() {
  const { port: texts } = glassTexts();
  return (
    <section className={glass.section} aria-labelledby="port">
      <h2 id="port">{texts.title}</h2>
      <p className={glass.lead}>{texts.lead}</p>
      <div className={glass.columns}>
        <ExportForm />
        <ImportForm />
      </div>
    </section>
  );
}
