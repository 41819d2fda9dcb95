import { openRecommender } from "../worker/workerRecommender.ts";

openRecommender({ catalog: "/catalog.json", pack: "/pack.bin" }).then((vitrine) =>
  Object.assign(window, { vitrine }),
);
