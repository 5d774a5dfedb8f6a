/** The scanner: which runs of characters are one token, and what becomes a comment. */
import { Diagnostics } from "../../grammar/diagnostic.js";
import { Reporter } from "../../grammar/reporter.js";
import { type Scan, scan, tokenLimit } from "../../grammar/scanner.js";
import { SourceFile } from "../../grammar/source.js";
import { assert, suite } from "../support/harness.js";

function scanned(text: string): Scan {
  const diagnostics = new Diagnostics();
  const result = scan(new Reporter(new SourceFile("main.demarc", text), diagnostics));
  assert.equal(diagnostics.sorted(), []);
  return result;
}

const cases: readonly (readonly [text: string, images: string])[] = [
  ["dc-core", "dc-core"],
  ["a->b", "a -> b"],
  ["a<->b", "a <-> b"],
  ["a - b", "a - b"],
  ["a--b", "a - - b"],
  ["a_-b", "a_ - b"],
  ["web-1-x", "web-1-x"],
  ["shop.web.host1", "shop . web . host1"],
  ["not-x notx not", "not-x notx not"],
  ["10.0.0.0/8+lab", "10.0.0.0/8 + lab"],
  ["10.0.0.0/8->lab", "10.0.0.0/8 -> lab"],
  ["10.0.0.0/8 - lab", "10.0.0.0/8 - lab"],
  ["10.0.0.0/8-10.1.0.0/16", "10.0.0.0/8-10.1.0.0/16"],
  ["10.0.0.10..10.0.0.20", "10.0.0.10..10.0.0.20"],
  ["2001:db8::/32", "2001:db8::/32"],
  ["fd00::1..fd00::9", "fd00::1..fd00::9"],
  ["::1", "::1"],
  ["::/0", "::/0"],
  ["[::1,fe80::1]", "[ ::1 , fe80::1 ]"],
  ["tcp/443", "tcp/443"],
  ["udp/1024-65535", "udp/1024-65535"],
  ["tcp/443->b", "tcp/443 -> b"],
  ["icmp/echo-request,icmp/3/4", "icmp/echo-request , icmp/3/4"],
  ["icmpv6/packet-too-big", "icmpv6/packet-too-big"],
  ["tcp & udp", "tcp & udp"],
  ["10Gbps 2.5s 2027-06-30", "10Gbps 2.5s 2027-06-30"],
  ["a!=b a=b", "a != b a = b"],
  ["5//x", "5"],
  ["10.0.0.0/8/* x */b", "10.0.0.0/8 b"],
  ["tcp/443// x", "tcp/443"],
  ["\ufeffa\r\nb\tc", "a b c"],
];

suite("the scanner", (test) => {
  for (const [text, images] of cases) {
    test(`${JSON.stringify(text)} is ${images}`, () => {
      assert.is(
        scanned(text)
          .tokens.map((token) => token.image)
          .join(" "),
        images,
      );
    });
  }

  test("comments are kept with their kinds and places", () => {
    const text = "// a\r\n/// b\n//// c\n/* d\n */ x // e";
    assert.equal(
      scanned(text).trivia.map(({ kind, start, end }) => [kind, text.slice(start, end)]),
      [
        ["line", "// a"],
        ["doc", "/// b"],
        ["line", "//// c"],
        ["block", "/* d\n */"],
        ["line", "// e"],
      ],
    );
  });

  test("escapes of a string are resolved", () => {
    const [token] = scanned('"a\\"\\\\\\n\\t\\u{41}\\u{1f600}"').tokens;
    assert.is(token?.value, 'a"\\\n\tA\u{1f600}');
  });

  test("a file that goes beyond what a program needs is cut where it does", () => {
    const source = new SourceFile("main.demarc", "segment prod { }\nsegment pci { }\n");
    const diagnostics = new Diagnostics();
    const { tokens, cut } = scan(new Reporter(source, diagnostics), 5);
    assert.equal([tokens.length, cut], [6, true]);
    assert.equal(
      diagnostics.sorted().map(({ code, span, message, help }) => [code, span?.start, span?.end, message, help]),
      [
        [
          "DMC0122",
          ...[27, 28],
          "more than 5 words and signs in one file",
          "the rest of the file was not read; split it into several files of one directory",
        ],
      ],
    );
    assert.equal([scanned(source.text).cut, tokenLimit], [false, 4_000_000]);
  });
});
