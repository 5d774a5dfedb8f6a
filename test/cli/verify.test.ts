/** `verify`: an output as it stands, edited and whole. */
import { readEstate } from "../fixtures/packages.js";
import { assert, suite } from "../support/harness.js";
import { acme, json } from "./quickstart-place.js";
import { Workplace } from "./support.js";

/** Each compiles and judges several times. */
const slow = { timeout: 120_000 };

const GROUPS = "out/aws/111122223333/security-groups.tf.json";

async function compiled(): Promise<Workplace> {
  const place = acme();
  const { code, stdout } = await place.run(["compile", "acme", "-o", "out"]);
  assert.is(code, 0, stdout);
  return place;
}

/** Changes one text of a file, which must be there. */
function edit(place: Workplace, path: string, from: RegExp, to: string): void {
  const before = place.get(path);
  const after = before.replace(from, to);
  assert.not(after === before, `${from} is not in ${path}`);
  place.put({ [path]: after });
}

suite("verify", (test) => {
  test(
    "ends with 0 over what a compile wrote",
    async () => {
      const place = await compiled();
      const { code, stdout } = await place.run(["verify", "out", "acme"]);
      assert.is(code, 0, stdout);
      assert.match(stdout, /^ {2}read +aws, junos$/m);
      assert.match(stdout, /^as meant: no findings$/m);
      const { output } = await json(place, "verify", ["out", "acme"]);
      assert.is(output.result.proved, true);
      assert.equal(output.result.differences, []);
      place.remove();
    },
    slow,
  );

  test(
    "never ends with 0 over a target that nobody reads, which has to be left out by name",
    async () => {
      const place = new Workplace();
      place.put(
        Object.fromEntries(Object.entries(readEstate("three-clouds")).map(([path, text]) => [`mill/${path}`, text])),
      );
      assert.is((await place.run(["compile", "mill", "-o", "out"])).code, 0);
      const whole = await place.run(["verify", "out", "mill"]);
      assert.is(whole.code, 2, whole.stdout);
      assert.match(
        whole.stderr,
        "`azure` has no reader yet, so that nothing of it can be judged; judge the rest with `--target aws --target junos`",
      );
      const rest = await place.run(["verify", "out", "mill", "--target", "aws", "--target", "junos"]);
      assert.is(rest.code, 0, rest.stdout);
      place.remove();
    },
    slow,
  );

  test(
    "shows a packet that an edited group opens, with its file and its rule",
    async () => {
      const place = await compiled();
      edit(place, GROUPS, /"to_port": 443/, '"to_port": 444');
      const { code, output } = await json(place, "verify", ["out", "acme"]);
      assert.is(code, 1);
      assert.is(output.result.proved, false);
      const [first] = output.diagnostics;
      assert.is(first.code, "DMC3502");
      assert.is(first.file, "main.demarc");
      assert.match(first.message, /^aws\/111122223333\/security-groups\.tf\.json#.* lets in tcp\/444 from /);
      assert.is(output.result.differences[0].packet.destinationPort, 444);
      place.remove();
    },
    slow,
  );

  test(
    "shows what edited route tables no longer reach, and files that are gone",
    async () => {
      const place = await compiled();
      edit(place, "out/aws/111122223333/network.tf.json", /"aws_route": \{/, '"aws_route": {},\n    "//": {');
      const routes = await place.run(["verify", "out", "acme"]);
      assert.is(routes.code, 1, routes.stdout);
      assert.match(routes.stdout, /DMC350[16]/);
      place.remove();
      const gone = await compiled();
      for (const path of Object.keys(gone.all("out")))
        if (path.startsWith("routers/")) gone.put({ [`out/${path}`]: "" });
      const { code, stdout } = await gone.run(["verify", "out", "acme"]);
      assert.is(code, 1, stdout);
      assert.match(stdout, "not as meant");
      gone.remove();
    },
    slow,
  );

  test(
    "refuses what nobody models, by file and place",
    async () => {
      const place = await compiled();
      edit(place, GROUPS, /"ip_protocol": "tcp"/, '"ip_protocol": "tcp", "prefix_list_id": "pl-1"');
      const { code, stdout } = await place.run(["verify", "out", "acme"]);
      assert.is(code, 1);
      assert.match(stdout, /DMC3501: .*security-groups\.tf\.json/);
      place.remove();
    },
    slow,
  );

  test(
    "judges the targets that `--target` names, and those alone",
    async () => {
      const place = await compiled();
      const [router = ""] = Object.keys(place.all("out")).filter((path) => path.endsWith("/junos.set"));
      place.put({ [`out/${router}`]: `${place.get(`out/${router}`)}set system services telnet\n` });
      edit(place, GROUPS, /"to_port": 443/, '"to_port": 444');
      // Both are judged: what cannot be read of one target hides nothing of the other, nor adds anything to it.
      const both = await json(place, "verify", ["out", "acme"]);
      const codes = (output: { diagnostics: readonly { code: string }[] }) => [
        ...new Set(output.diagnostics.map(({ code }) => code)),
      ];
      assert.equal(codes(both.output).sort(), ["DMC3501", "DMC3502"]);
      const aws = await json(place, "verify", ["out", "acme", "--target", "aws"]);
      assert.is(aws.code, 1);
      assert.equal(codes(aws.output), ["DMC3502"]);
      const { stdout } = await place.run(["verify", "out", "acme", "--target", "aws"]);
      assert.is(stdout.split("please report it").length, 2, stdout);
      edit(place, GROUPS, /"to_port": 444/, '"to_port": 443');
      const good = await place.run(["verify", "out", "acme", "--target", "aws"]);
      assert.is(good.code, 0, good.stdout);
      assert.match(good.stdout, /^ {2}read +aws$/m);
      assert.match(good.stdout, /^ {2}assumed +\d+ facts/m);
      const junos = await place.run(["verify", "out", "acme", "--target", "junos"]);
      assert.is(junos.code, 1);
      assert.match(junos.stdout, "`junos.replace.conf` lacks this statement of `junos.set`");
      const azure = await place.run(["verify", "out", "acme", "--target", "azure"]);
      assert.is(azure.code, 2, azure.stdout);
      const wrong = await place.run(["verify", "out", "acme", "--target", "jnos"]);
      assert.is(wrong.code, 2);
      assert.match(wrong.stderr, "did you mean `junos`?");
      place.remove();
    },
    slow,
  );

  test(
    "is misuse of a directory that is no output directory",
    async () => {
      const place = await compiled();
      const { code, stdout, stderr } = await place.run(["verify", "out/aws/111122223333", "acme"]);
      assert.is(code, 2);
      assert.is(stdout, "");
      assert.match(
        stderr,
        "`out/aws/111122223333` is no output directory: it has neither `manifest.json` nor a folder `aws` or `routers`; did you mean `out`?",
      );
      place.remove();
    },
    slow,
  );

  test(
    "refuses files that no reader judges: other folders, and edited lists of what to roll back",
    async () => {
      const place = await compiled();
      place.put({ "out/modules/web/main.tf.json": "{}" });
      const [path = ""] = Object.keys(place.all("out")).filter((one) => one.endsWith("rollback.set"));
      assert.ok(path !== "");
      place.put({ [`out/${path}`]: `${place.get(`out/${path}`)}delete interfaces\n` });
      const { code, stdout } = await place.run(["verify", "out", "acme"]);
      assert.is(code, 1, stdout);
      assert.match(stdout, /modules\/web\/main\.tf\.json.* cannot be judged/);
      assert.match(stdout, /rollback\.set.* cannot be judged: it is not what a compile/);
      place.remove();
    },
    slow,
  );

  test(
    "is misuse without a directory",
    async () => {
      const place = acme();
      const { code, stderr } = await place.run(["verify", "nowhere", "acme"]);
      assert.is(code, 2);
      assert.match(stderr, "there is no directory `nowhere`");
      place.remove();
    },
    slow,
  );
});
