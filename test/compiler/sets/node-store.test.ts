/** The tables below the diagram: one number for each different node, whatever the order and the crowding. */
import fc from "fast-check";
import { PairTable } from "../../../compiler/sets/int-table.js";
import { EDGE, EdgeList, FALSE, NodeStore, TRUE } from "../../../compiler/sets/node-store.js";
import { assert, suite } from "../../support/harness.js";

type Edge = readonly [start: number, end: number, node: number];

function listOf(edges: readonly Edge[]): EdgeList {
  const list = new EdgeList();
  for (const [start, end, node] of edges) list.push(start, end, node);
  return list;
}

function edgesOf(store: NodeStore, node: number): readonly number[] {
  return [...store.edges.subarray(store.first(node), store.end(node))];
}

suite("node store", (test) => {
  test("neighbours with the same node are one edge, and nothing leads to FALSE", () => {
    const store = new NodeStore(100);
    const node = store.make(
      listOf([
        [0, 2, TRUE],
        [2, 5, TRUE],
        [5, 6, FALSE],
        [6, 7, TRUE],
      ]),
    );
    assert.equal(edgesOf(store, node), [0, 5, TRUE, 6, 7, TRUE]);
    assert.is(store.make(listOf([[0, 9, FALSE]])), FALSE);
    assert.is(store.make(listOf([])), FALSE);
  });

  test("nodes that begin alike are different nodes, and each is found again", () => {
    const edges = Array.from({ length: 2000 }, (_, i): Edge => [2 * i, 2 * i + 1, TRUE]);
    const lengths = edges.map((_, i) => i + 1);
    for (const order of [lengths, [...lengths].reverse()]) {
      const store = new NodeStore(10_000_000);
      const made = order.map((length) => store.make(listOf(edges.slice(0, length))));
      assert.is(new Set(made).size, edges.length);
      for (const [i, length] of order.entries()) {
        const node = made[i] ?? FALSE;
        assert.is(store.end(node) - store.first(node), length * EDGE);
        assert.is(store.make(listOf(edges.slice(0, length))), node);
      }
      assert.is(store.size, edges.length + 2);
    }
  });

  test("a node costs its edges once", () => {
    const store = new NodeStore(3);
    const two: readonly Edge[] = [
      [0, 1, TRUE],
      [4, 5, TRUE],
    ];
    const node = store.make(listOf(two));
    assert.is(store.used, 2);
    assert.is(store.make(listOf(two)), node);
    assert.is(store.used, 2);
    assert.throws(
      () =>
        store.make(
          listOf([
            [0, 1, TRUE],
            [6, 7, TRUE],
          ]),
        ),
      "more than 3 steps",
    );
    assert.is(store.make(listOf(two)), node);
  });
});

suite("pair table", (test) => {
  test("it is a map of pairs", () => {
    const key = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(fc.array(fc.tuple(key, key, fc.nat()), { maxLength: 3000, size: "max" }), (entries) => {
        const table = new PairTable();
        const expected = new Map<string, number>();
        for (const [a, b, value] of entries) {
          table.set(a, b, value);
          expected.set(`${a} ${b}`, value);
        }
        for (let a = 1; a <= 60; a++) {
          for (let b = 1; b <= 60; b++) assert.is(table.get(a, b), expected.get(`${a} ${b}`) ?? -1);
        }
      }),
      { numRuns: 20 },
    );
  });
});
