import { describe, expect, it } from "vitest";
import { decoded, plainText } from "./plainText.ts";

describe("plainText", () => {
  it.each([
    ["Caf&eacute; &amp; Th&#233; &reg; 10&times;20 &trade; <b>New</b>", "Café & Thé ® 10×20 ™ New"],
    ["Rock &amp;amp; Roll", "Rock & Roll"],
    ["&lt;p&gt;Boils &amp;amp; sings&lt;/p&gt;", "Boils & sings"],
    ["&Eacute;t&eacute; &frac12; &#x201C;x&#8221;", "Été ½ “x”"],
    ["Fits <5 mm and >2 mm", "Fits <5 mm and >2 mm"],
    ["<p>Holds <b>tea</b>.</p><p>&lt;Warm&gt;</p>", "Holds tea. <Warm>"],
    ["R&amp;D &unknown; &#99999999;", "R&D &unknown; &#99999999;"],
    ["one<br/>two<script>alert(1)</script>", "one two"],
    ["&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;mug", "mug"],
    ["&nbsp;mug&shy;s ", "mugs"],
  ])("of %j", (written, expected) => {
    expect(plainText(written)).toBe(expected);
  });

  it("is undefined where nothing is left, and cut between characters", () => {
    expect([plainText(" <br> "), plainText(undefined), plainText("&nbsp;")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(plainText("ab😀", 3)).toBe("ab");
  });
});

it("decodes one layer at a time", () => {
  expect(decoded("&amp;eacute; &QUOT;")).toBe("&eacute; &QUOT;");
});
