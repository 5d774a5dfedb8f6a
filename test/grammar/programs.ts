/**
 * Arbitrary programs with the tree that they must give, as `show` writes it.
 *
 * Text and tree are built side by side from the same choices, so that the parser is judged by something that is not a
 * parser. `~` marks where blanks and comments may stand.
 */
import fc from "fast-check";
import { keywords, reservedWords } from "../../grammar/tokens.js";

/** A piece of program and its tree. */
export interface Sample {
  readonly text: string;
  readonly tree: string;
}

/** How deep expressions, conditions and bodies nest, counted together. */
const deep = { maxDepth: 2, depthIdentifier: "nesting", depthSize: "xsmall" } as const;

const taken: ReadonlySet<string> = new Set([...keywords, ...reservedWords]);

const name = fc.stringMatching(/^[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4})?$/).filter((text) => !taken.has(text));
const word = fc.oneof(
  name,
  fc.constantFrom(...keywords, ...reservedWords).filter((text) => text !== "not"),
);

function same(text: string): Sample {
  return { text, tree: text };
}

const ref = fc.array(name, { minLength: 1, maxLength: 3 }).map((names): Sample => same(names.join(".")));

const stringText = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 8 }),
  fc.constantFrom('"', "\\", "\n\t", "a // b", "/*"),
);

/** Strings with each character plain or escaped. */
const string = stringText.map((value): Sample => {
  const text = [...value].map((char) =>
    /["\\~\p{C}\p{Z}]/u.test(char) ? `\\u{${char.codePointAt(0)?.toString(16)}}` : char,
  );
  return { text: `"${text.join("")}"`, tree: JSON.stringify(value) };
});

function literal(text: string, tree: object): Sample {
  return { text, tree: JSON.stringify(tree) };
}

const octet = fc.integer({ min: 0, max: 255 });
const quad = fc.tuple(octet, octet, octet, octet);
const port = fc.integer({ min: 0, max: 65535 });

function quadValue(parts: readonly number[]): string {
  return String(parts.reduce((value, part) => value * 256 + part, 0));
}

const literals = fc.oneof(
  fc.integer({ min: 0, max: 4294967295 }).map((value) => literal(String(value), { form: "int", value })),
  fc
    .tuple(
      fc.integer({ min: 0, max: 1000 }),
      fc.constantFrom(["Gbps", "rate", 1e9], ["ms", "time", 1], ["d", "time", 86400000]),
    )
    .map(([value, [unit, dimension, factor]]) =>
      literal(`${value}${unit}`, {
        form: "quantity",
        dimension,
        value: value * Number(factor),
        text: `${value}${unit}`,
      }),
    ),
  quad.map((parts) => literal(parts.join("."), { form: "address", address: { family: 4, value: quadValue(parts) } })),
  fc.tuple(octet, octet).map(([a, b]) =>
    literal(`${a}.${b}.0.0/16`, {
      form: "prefix",
      prefix: { family: 4, value: quadValue([a, b, 0, 0]), length: 16 },
    }),
  ),
  fc.constant(
    literal("2001:DB8::/32", { form: "prefix", prefix: { family: 6, value: String(0x20010db8n << 96n), length: 32 } }),
  ),
  fc.tuple(fc.constantFrom("tcp", "udp"), port, port).map(([protocol, a, b]) => {
    const [first, last] = a < b ? [a, b] : [b, a];
    return literal(`${protocol}/${first}-${last}`, { form: "service", service: { protocol, first, last } });
  }),
  fc.constant(literal("icmp/echo-request", { form: "service", service: { protocol: "icmp", type: "echo-request" } })),
  fc.constant(literal("2031-06-30", { form: "date", year: 2031, month: 6, day: 30 })),
);

const { expr, condition, primary } = fc.letrec<{
  expr: Sample;
  primary: Sample;
  term: Sample;
  meet: Sample;
  condition: Sample;
  test: Sample;
}>((tie) => ({
  primary: fc.oneof(
    deep,
    fc.oneof(ref, literals, string, fc.constantFrom(same("true"), { text: "any", tree: "any!" })),
    fc.tuple(fc.array(tie("expr"), { maxLength: 3 }), fc.boolean()).map(([items, comma]) => ({
      text: `[~${items.map((item) => item.text).join("~,~")}${comma && items.length > 0 ? "~,~" : "~"}]`,
      tree: `[${items.map((item) => item.tree).join(" ")}]`,
    })),
    tie("expr").map((inner) => ({ text: `(~${inner.text}~)`, tree: `paren(${inner.tree})` })),
    fc.tuple(ref, fc.array(tie("expr"), { maxLength: 2 })).map(([head, args]) => ({
      text: `${head.text}(~${args.map((arg) => arg.text).join("~,~")}~)`,
      tree: `${head.tree}(${args.map((arg) => arg.tree).join(" ")})`,
    })),
  ),
  test: fc.oneof(
    deep,
    fc.tuple(word, fc.constantFrom("=", "!="), tie("primary")).map(([label, op, value]) => ({
      text: `${label} ${op}~${value.text}`,
      tree: `(${op} ${label} ${value.tree})`,
    })),
    fc.tuple(string, fc.array(tie("expr"), { maxLength: 2 })).map(([label, items]) => ({
      text: `${label.text} in~[~${items.map((item) => item.text).join("~,~")}~]`,
      tree: `(in ${label.tree} [${items.map((item) => item.tree).join(" ")}])`,
    })),
    tie("condition").map((inner) => ({ text: `(~${inner.text}~)`, tree: `paren(${inner.tree})` })),
    tie("condition").map((inner) => ({ text: `not (${inner.text})`, tree: `not(paren(${inner.tree}))` })),
  ),
  condition: fc
    .array(fc.array(tie("test"), { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 2 })
    .map((rows) => ({
      text: rows.map((row) => row.map((one) => one.text).join(" and~ ")).join(" or~ "),
      tree: several(
        "or",
        rows.map((row) =>
          several(
            "and",
            row.map((one) => one.tree),
          ),
        ),
      ),
    })),
  term: fc
    .tuple(
      tie("primary"),
      fc.option(tie("condition"), { nil: undefined, freq: 1, depthIdentifier: "nesting", maxDepth: 1 }),
    )
    .map(([term, where]) =>
      where === undefined
        ? term
        : { text: `${term.text} where ${where.text}`, tree: `where(${term.tree} ${where.tree})` },
    ),
  meet: fc.array(tie("term"), { minLength: 1, maxLength: 2 }).map((terms) =>
    leftwards(
      terms,
      terms.slice(1).map(() => "&"),
    ),
  ),
  expr: fc.tuple(fc.array(tie("meet"), { minLength: 1, maxLength: 2 }), fc.constantFrom("+", "-")).map(([meets, op]) =>
    leftwards(
      meets,
      meets.slice(1).map(() => op),
    ),
  ),
}));

function several(word: string, trees: readonly string[]): string {
  return trees.length === 1 ? (trees[0] ?? "") : `${word}(${trees.join(" ")})`;
}

function leftwards(parts: readonly Sample[], ops: readonly string[]): Sample {
  const [first = same(""), ...rest] = parts;
  return rest.reduce(
    (left, part, index) => ({
      text: `${left.text} ${ops[index]}~ ${part.text}`,
      tree: `(${ops[index]} ${left.tree} ${part.tree})`,
    }),
    first,
  );
}

const object: fc.Arbitrary<Sample> = fc
  .array(
    fc.tuple(
      fc.oneof(word.map(same), string),
      fc.oneof(primary, fc.constant({ text: "{~}", tree: "obj()" })),
      fc.constantFrom("~,~", " ~"),
    ),
    {
      maxLength: 3,
    },
  )
  .map((entries) => ({
    text: `{~${entries.map(([key, value, end]) => `${key.text}~=~${value.text}${end}`).join("")}}`,
    tree: `obj(${entries.map(([key, value]) => `${key.tree}=${value.tree}`).join(" ")})`,
  }));

const property = fc.tuple(name, fc.oneof(expr, object)).map(([key, value]) => ({
  text: `${key}~=~${value.text}`,
  tree: `${key} := ${value.tree}`,
}));

const arrow = fc.constantFrom("->", "<->");
const because = string.map((reason) => ({ text: ` because~${reason.text}`, tree: ` because(${reason.tree})` }));
const until = fc.constant({
  text: " until 2031-06-30",
  tree: ` until(${JSON.stringify({ form: "date", year: 2031, month: 6, day: 30 })})`,
});
const log = fc.constant({ text: " log", tree: " log()" });
const at = ref.map((place) => ({ text: ` at~ ${place.text}`, tree: ` at(${place.tree})` }));

function clauses(...kinds: fc.Arbitrary<Sample>[]): fc.Arbitrary<Sample> {
  return fc.array(fc.oneof(...kinds), { maxLength: 2 }).map((list) => ({
    text: list.map((one) => one.text).join(" "),
    tree: list.map((one) => one.tree).join(""),
  }));
}

const rule = fc.oneof(
  fc.tuple(expr, arrow, expr, expr, clauses(because, until, log)).map(([a, sign, b, on, more]) => ({
    text: `allow~ ${a.text}~ ${sign}~${b.text}~ on ${on.text}${more.text}`,
    tree: `allow(${a.tree} ${sign} ${b.tree} ${on.tree})${more.tree}`,
  })),
  fc.tuple(expr, ref, clauses(because, until, at)).map(([what, segment, more]) => ({
    text: `share~ ${what.text} with~ ${segment.text}${more.text}`,
    tree: `share(${what.tree} ${segment.tree})${more.tree}`,
  })),
  fc.tuple(expr, arrow, expr, fc.option(expr, { nil: undefined }), clauses(because)).map(([a, sign, b, on, more]) => ({
    text: `never ${a.text} ${sign} ${b.text}${on === undefined ? "" : ` on ${on.text}`}${more.text}`,
    tree: `never(${a.tree} ${sign} ${b.tree} ${on?.tree ?? "-"})${more.tree}`,
  })),
  fc.tuple(expr, expr, expr).map(([a, b, on]) => ({
    text: `always ${a.text} -> ${b.text} on ${on.text}`,
    tree: `always(${a.tree} -> ${b.tree} ${on.tree})`,
  })),
);

const header = fc.oneof(
  fc
    .tuple(fc.constantFrom("in", "at"), ref)
    .map(([word, one]) => ({ text: `${word}~ ${one.text}`, tree: `${word}(${one.tree})` })),
  fc.tuple(ref, ref).map(([one, other]) => ({
    text: `between ${one.text}~ and ${other.text}`,
    tree: `between(${one.tree} ${other.tree})`,
  })),
);

const { item } = fc.letrec<{ item: Sample; declaration: Sample }>((tie) => ({
  declaration: fc
    .tuple(name, ref, fc.array(header, { maxLength: 2 }), fc.oneof(deep, expr, fc.array(tie("item"), { maxLength: 4 })))
    .map(([kind, own, headers, rest]) => {
      const head = {
        text: [`${kind} ${own.text}`, ...headers.map((one) => one.text)].join("~ "),
        tree: [`${kind}<${own.tree}>`, ...headers.map((one) => one.tree)].join(" "),
      };
      if (!Array.isArray(rest)) return { text: `${head.text}~=~${rest.text}`, tree: `${head.tree} = ${rest.tree}` };
      return {
        text: `${head.text}~{~${rest.map((one) => one.text).join(" ~")}~}`,
        tree: `${head.tree} {${rest.map((one) => one.tree).join("; ")}}`,
      };
    }),
  item: fc.oneof(deep, property, rule, tie("declaration")),
}));

const blanks = fc.constantFrom(
  "",
  "",
  "",
  " ",
  "\n",
  "\n\n\n",
  "\r\n",
  "\t",
  " // line\n",
  "\n// own\n",
  "/* block */",
  "/* two\n lines */\n",
);

/** Whole programs: the text with blanks and comments strewn in, and the tree. */
export const program: fc.Arbitrary<Sample> = fc
  .tuple(fc.array(item, { maxLength: 5 }), fc.infiniteStream(blanks))
  .map(([items, stream]) => {
    const text = items.map((one) => one.text).join(" ~");
    return {
      text: text.replace(/~/g, () => stream.next().value ?? ""),
      tree: items.map((one) => one.tree).join("\n"),
    };
  });

const stretch = fc.integer({ min: 1, max: 24 }).map((length) => `"${"x".repeat(length)}"`);
const wideList = fc
  .array(fc.oneof(stretch, fc.constantFrom("192.0.2.11", "2001:db8:ffff::11/128", "tcp/8443")), { maxLength: 5 })
  .map((items) => `[${items.join(", ")}]`);
const wideValue = fc.oneof(
  stretch,
  wideList,
  fc.constantFrom("junos", "10.9.0.0/24"),
  fc.tuple(stretch, wideList).map(([tier, zones]) => `{ tier = ${tier}, zones = ${zones} }`),
);
const wideProperty = fc
  .tuple(fc.constantFrom("os", "site", "loopback", "management"), wideValue)
  .map(([key, value]) => `${key} = ${value}`);
/** What stands between items: mostly blanks, now and then a line end. */
const between = fc.constantFrom("  ", "  ", "  ", " ", "\n");
const wideBody: fc.Arbitrary<string> = fc
  .array(fc.tuple(wideProperty, between), { minLength: 1, maxLength: 6 })
  .map((items) => items.map(([text, gap], index) => text + (index + 1 < items.length ? gap : "")).join(""));

/** Declarations that begin on one line and are about as long as the width, with several properties and lists. */
export const wideProgram: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      wideBody.map((body) => `router ham1 { ${body} }`),
      fc.tuple(wideBody, wideBody).map(([a, b]) => `network shop in prod at euc1 { ${a}  subnet web { ${b} } }`),
      wideList.map((list) => `service business = ${list}`),
      fc
        .tuple(wideList, wideList, stretch)
        .map(([a, b, why]) => `policy shop { allow ${a} -> ${b} on [std.https, tcp/8443] log because ${why} }`),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((items) => items.join("\n"));

/** Expressions alone, without strewn blanks. */
export const expression: fc.Arbitrary<Sample> = expr.map(({ text, tree }) => ({
  text: text.replaceAll("~", ""),
  tree,
}));
export { condition };
