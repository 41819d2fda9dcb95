import { useEffect, useState } from "react";
import { errorText } from "../language/messageText.ts";
import { useShop } from "../ShopContext.tsx";
import styles from "./TasteCardPage.module.css";

/** Light modules around the code, which readers require. */
const QUIET_MODULES = 4;

/** A text as a QR code. Drawn in black on white in every theme, for cameras. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { toasts } = useShop();
  const [modules, setModules] = useState<boolean[][]>();
  useEffect(() => {
    let isCurrent = true;
    import("uqr")
      .then(({ encode }) => isCurrent && setModules(encode(text, { border: 0 }).data))
      .catch((error: Error) => toasts.showError(errorText(error)));
    return () => {
      isCurrent = false;
    };
  }, [text, toasts]);
  if (modules === undefined) return <div className={styles.qr} />;
  const size = modules.length + 2 * QUIET_MODULES;
  return (
    <svg className={styles.qr} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <path fill="currentColor" shapeRendering="crispEdges" d={pathOf(modules)} />
    </svg>
  );
}

/** A square for each dark module. */
function pathOf(modules: boolean[][]): string {
  return modules
    .flatMap((row, y) =>
      row.map((isDark, x) => {
        return isDark ? `M${x + QUIET_MODULES} ${y + QUIET_MODULES}h1v1h-1z` : "";
      }),
    )
    .join("");
}
