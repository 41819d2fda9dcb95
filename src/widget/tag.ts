import { startTag } from "./startTag.ts";

startTag();
