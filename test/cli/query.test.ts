/** `query`: answers by schema and as sentences; exit codes. */
import { assert, suite } from "../support/harness.js";
import { acme, json, QUICKSTART, UNSOUND } from "./quickstart-place.js";

suite("query", (test) => {
  test("answers with regions, rules, path and reasons, by the schema", async () => {
    const place = acme();
    const { code, output } = await json(place, "query", ["shop.web -> shop.db on tcp", "acme"]);
    assert.is(code, 0);
    const { verdict, open, closed, reasons } = output.result;
    assert.is(verdict, "partial");
    assert.is(open[0].service, "tcp/5432");
    assert.is(open[0].rules[0].policy, "shop");
    assert.is(closed.length, 1);
    assert.equal(
      reasons.map((reason: { kind: string }) => reason.kind),
      ["no-allow"],
    );
    place.remove();
  });

  test("reads as sentences", async () => {
    const place = acme();
    const { code, stdout } = await place.run(["query", "desks -> shop.web on std.https", "acme"]);
    assert.is(code, 0);
    assert.match(stdout, "open: desks -> shop.web on std.https: every flow of it is open");
    assert.match(stdout, /`10\.1\.0\.\d+` in `desks` can open tcp\/443 to `10\.20\.1\.\d+` in `shop\.web`/);
    assert.match(stdout, /rule {3}shop-[0-9a-f]{8} at acme\/main\.demarc:\d+:3/);
    const closed = await place.run(["query", "desks -> shop.db on tcp/5432", "acme"]);
    assert.is(closed.code, 0);
    assert.match(closed.stdout, "no-allow: ");
    assert.match(closed.stdout, "no-share: ");
    place.remove();
  });

  test("says of flows that nobody filters that they are not stopped", async () => {
    const place = acme();
    const open = await place.run(["query", "desks -> desks on tcp/22", "acme"]);
    assert.match(open.stdout, "unenforced: desks -> desks on tcp/22: nobody enforces it");
    assert.match(
      open.stdout,
      /^ {4}`10\.1\.0\.\d+` in `desks` is not stopped from opening tcp\/22 to `10\.1\.0\.\d+` in `desks`/m,
    );
    const closed = await place.run(["query", "desks -> shop.db on tcp/5432", "acme"]);
    assert.match(closed.stdout, "cannot open tcp/5432");
    place.put({ "always/main.demarc": `${QUICKSTART}\nalways desks -> desks on tcp/22\n` });
    const { code, stdout } = await place.run(["check", "always"]);
    assert.is(code, 1);
    assert.match(
      stdout,
      /DMC2103: this `always` does not hold: .* is not stopped from opening tcp\/22 .*: no rule allows it/,
    );
    place.remove();
  });

  test("ends with 2 where the query is wrong by itself, even over an unsound estate", async () => {
    const place = acme();
    place.put({ "broken/main.demarc": UNSOUND });
    for (const estate of ["acme", "broken"]) {
      for (const text of [
        "desks -> -> shop",
        "",
        "desks -> shopp",
        "desks -> shop on tcp/99999",
        "desks -> shop on icmpv6",
      ]) {
        const { code, output } = await json(place, "query", [text, estate]);
        assert.is(code, 2, text);
        assert.is(output.diagnostics[0].file, "<query>");
        assert.not("result" in output);
      }
    }
    assert.is((await place.run(["query"])).code, 2);
    assert.is((await json(place, "query", ["desks -> shop", "broken"])).code, 1);
    place.remove();
  });

  test("lists with --open-only what is open, and leaves out the rest", async () => {
    const place = acme();
    const text = "shop.web -> shop.db on tcp";
    const whole = await json(place, "query", [text, "acme"]);
    const { code, output } = await json(place, "query", [text, "acme", "--open-only"]);
    assert.is(code, 0);
    assert.equal(output.result, { verdict: "partial", open: whole.output.result.open });
    const { stdout } = await place.run(["query", text, "acme", "--open-only"]);
    assert.match(
      stdout,
      "partial: shop.web -> shop.db on tcp: its flows differ\n\nopen\n  shop.web -> shop.db on tcp/5432\n",
    );
    assert.noMatch(stdout, /^(?:closed|why)$/m);
    const closed = await place.run(["query", "desks -> shop.db on tcp/5432", "acme", "--open-only"]);
    assert.equal(closed, {
      code: 0,
      stdout: "closed: desks -> shop.db on tcp/5432: no flow of it is open\n",
      stderr: "",
    });
    place.remove();
  });
});
