import { build, type Rolldown } from "vite";
import { buildLibrary } from "../../src/build/buildLibrary.ts";
import { listed, page, type Shop } from "./shop.ts";

const list = listed(({ id }) => ({ url: `/p/${id}` }));

/** A React application that uses the package as it is published, bundled by its own build. */
export async function reactShop(): Promise<Shop> {
  buildLibrary();
  const files = await bundle();
  const data = JSON.stringify(list.front.map(({ id, title }) => ({ id, title })));
  return {
    ...list,
    name: "React in StrictMode",
    files,
    page: (path) =>
      path === "/" || path.startsWith("/p/")
        ? page(
            "<title>React shop</title>",
            `<div id="root"></div><script type="application/json" id="products">${data}</script>
             <script type="module" src="/main.js"></script>`,
          )
        : undefined,
  };
}

async function bundle(): Promise<Record<string, string>> {
  const result = await build({
    configFile: false,
    logLevel: "error",
    publicDir: false,
    root: new URL("./react", import.meta.url).pathname,
    mode: "development", // StrictMode mounts twice in development only.
    worker: { format: "es" },
    build: {
      write: false,
      minify: false,
      rolldownOptions: { input: "main.tsx", output: { entryFileNames: "[name].js" } },
    },
  });
  const [{ output }] = [result].flat() as [Rolldown.RolldownOutput];
  return Object.fromEntries(
    output.map((file) => [
      `/${file.fileName}`,
      file.type === "chunk" ? file.code : String(file.source),
    ]),
  );
}
