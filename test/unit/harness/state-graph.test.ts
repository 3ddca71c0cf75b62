/** Two graphs are compared path by path, not by the names of variables. */
import { expect, it } from 'vitest';
import { differences, stateGraph, type StateGraph } from '../../harness/state-graph.ts';

const counter = () => {
  let count = 0;
  return { add: () => (count += 1) };
};
const counters = () => ({ a: counter(), b: counter() });
const graphOf = (root: object): StateGraph => stateGraph(root, { skip: new Set() });

it('tells apart two objects of one kind', () => {
  const [second, fresh] = [counters(), counters()];
  for (const { a } of [second, fresh]) a.add();
  expect(differences(graphOf(second), graphOf(fresh))).toEqual([]);
  second.b.add();
  expect(differences(graphOf(second), graphOf(fresh))).toEqual([['kiosk.b.add^counter.count', '1']]);
});

it('compares an object that the other walk reached by another path first', () => {
  const [second, fresh] = [counters(), counters()];
  const other = (): StateGraph => graphOf({ also: fresh.b, ...fresh });
  expect(differences(graphOf(second), other())).toEqual([]);
  fresh.b.add();
  expect(differences(graphOf(second), other())).toEqual([['kiosk.b.add^counter.count', '0']]);
});

it('reports what the other graph lacks', () => {
  expect(differences(graphOf({ kept: { name: 'Canari' } }), graphOf({ kept: {} }))).toEqual([
    ['kiosk.kept.name', '"Canari"'],
  ]);
});
