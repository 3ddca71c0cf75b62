import { catalogue } from './catalogue/index.ts';
import { layers } from './layers.ts';
import { play } from './play.ts';
const [layer, ...parts] = process.argv.slice(2);
const l = layers.find((o) => o.name === layer);
await play(catalogue.filter((o) => parts.some((p) => o.name.startsWith(p))), ({ attempt, verdict, ms }) => console.log(attempt.name, verdict.kind, 'why' in verdict ? verdict.why : '', ms), l);
process.exit(0);
