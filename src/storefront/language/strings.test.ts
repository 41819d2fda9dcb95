import { afterEach, describe, expect, it } from "vitest";
import catalogFile from "../../../public/catalog.json";
import { failed, VitrineError } from "../../engine/kit/message.ts";
import { postedError, receivedError } from "../../worker/rpc.ts";
import { GLASS_TEXTS } from "../glass/texts.ts";
import { day, money } from "./format.ts";
import { errorText, messageText } from "./messageText.ts";
import { messages } from "./strings/zhMessages.ts";
import { categoryName, locale, SHOP_LANGUAGES, speak, strings } from "./strings.ts";
import { type Language, readLanguage } from "./wantedLanguage.ts";

afterEach(() => speak("en", []));

describe("the language", () => {
  it.each([
    [["de-AT", "zh-Hans-CN", "en"], "zh"],
    [["en-GB"], "en"],
    [["de", "fr"], "en"],
    [[], "en"],
  ] as const)("for a browser that wants %j is %s", (wanted, expected) => {
    expect(readLanguage(undefined, wanted)).toBe(expected);
  });

  it.each([
    ["zh", "zh"],
    ["klingon", "en"],
    ["constructor", "en"],
  ])("kept as %j is %s for a reader of English", (kept, expected) => {
    const storage = { getItem: () => kept } as unknown as Storage;
    expect(readLanguage(storage, ["en"])).toBe(expected);
  });

  it("changes texts, prices and dates", () => {
    speak("zh", ["en-GB", "zh-CN"]);
    expect(strings.card.addToCart).toBe("加入购物车");
    expect(locale).toBe("zh-CN");
    expect(money(12900, "CNY")).toBe("¥129.00");
    expect(day(Date.UTC(2026, 10, 24, 12))).toBe("2026年11月24日");
    speak("en", ["en-GB", "zh-CN"]);
    expect(day(Date.UTC(2026, 10, 24, 12))).toBe("24 November 2026");
  });

  it("has a word for every category of the demo shop", () => {
    speak("zh", []);
    const names = new Set(catalogFile.products.flatMap(({ categoryPath }) => categoryPath));
    expect([...names].filter((name) => categoryName(name) === name)).toEqual([]);
    for (const name of ["Of a shop nobody translated", "constructor", "__proto__"]) {
      expect(categoryName(name)).toBe(name);
    }
  });

  it("has no empty text, and none in another language", () => {
    for (const [name, { texts }] of Object.entries(SHOP_LANGUAGES)) {
      const said = textsIn({ ...texts, room: GLASS_TEXTS[name as Language] });
      const english = textsIn({ ...SHOP_LANGUAGES.en.texts, room: GLASS_TEXTS.en });
      expect(said.map(([path]) => path)).toEqual(
        expect.arrayContaining(english.map(([path]) => path)),
      );
      for (const [path, text] of said) {
        expect(text.trim(), `${name} ${path}`).not.toBe("");
        if (name === "en") expect(text, path).not.toMatch(/\p{Script=Han}/u);
      }
    }
  });
});

describe("the engine's messages", () => {
  it("exist in every language; in English the engine's own are used", () => {
    expect(Object.keys(messages)).toContain("indexeddb-slow");
    for (const [name, { texts }] of Object.entries(SHOP_LANGUAGES)) {
      const missing = Object.keys(messages).filter((code) => !(code in texts.messages));
      if (name !== "en") expect(missing, name).toEqual([]);
    }
  });

  it("include their causes, and no English sentence, in Chinese", () => {
    speak("zh", ["zh-CN"]);
    const slow = new VitrineError("indexeddb-slow", "IndexedDB did not open", { ms: 3000 });
    expect(messageText(failed("memory-only", "Events are kept in memory only", slow))).toBe(
      "事件只保存在内存中，离开即消失：IndexedDB 未能在 3,000 毫秒内响应",
    );
    expect(errorText(new TypeError("Failed to fetch"))).toBe("浏览器报告了错误（TypeError）");
    expect(errorText(receivedError(postedError(slow)))).toBe("IndexedDB 未能在 3,000 毫秒内响应");
    const stillThere = Object.values(messages).filter((text) => {
      const said = (text as (params: object) => string)(new Proxy({}, { get: () => "7" }));
      return !/\p{Script=Han}/u.test(said) || said.includes("undefined");
    });
    expect(stillThere).toEqual([]);
  });

  it("are in the engine's own words in English", () => {
    expect(errorText(new VitrineError("no-export", "The file is no export", {}))).toBe(
      "The file is no export",
    );
  });
});

/** Every text with its path; functions are called with samples. */
function textsIn(value: unknown, path = ""): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "function") return [[path, value("2", 3, "4", "5") as string]];
  return Object.entries(value ?? {}).flatMap(([key, part]) => textsIn(part, `${path}.${key}`));
}
