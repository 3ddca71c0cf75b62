/**
 * Rules of ours for PowerShell, on the tree that its grammar gives. What PowerShell itself would say is not known here.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Language, Parser, type Node } from 'web-tree-sitter';

const require = createRequire(import.meta.url);

export const powershellParser = async (): Promise<Parser> => {
  await Parser.init();
  const grammar = readFileSync(require.resolve('tree-sitter-powershell/tree-sitter-powershell.wasm'));
  return new Parser().setLanguage(await Language.load(new Uint8Array(grammar)));
};

export interface PowerShellFault {
  readonly line: number;
  readonly what: string;
}

const BOM = '\ufeff';
/** Those that change a machine. `New-ScheduledTask…` without `Register-` only describes. */
const CHANGES =
  /^(Set|New|Remove|Enable|Disable|Start|Stop|Register|Unregister|Clear|Add|Restart|Rename|Move|Copy)-(?!StrictMode$|Object$|Sleep$|ScheduledTask(Action|Principal)$)/i;
/** Programs of Windows, by the words that change something. */
const NEVER: Readonly<Record<string, string>> = {
  'Invoke-Expression': 'runs a text as a program',
  iex: 'runs a text as a program',
  'Invoke-WebRequest': 'fetches something',
  'Start-BitsTransfer': 'fetches something',
  'Set-ExecutionPolicy': 'weakens what others set',
  'ConvertTo-SecureString': 'would be given a password in the script',
  'Write-Host': 'can’t be kept in a file',
};

const all = (node: Node, type: string): readonly Node[] =>
  node.descendantsOfType(type).filter((one): one is Node => one !== null);

const above = (node: Node): readonly Node[] => {
  const nodes: Node[] = [];
  for (let at = node.parent; at !== null; at = at.parent) nodes.push(at);
  return nodes;
};
const at = (node: Node, what: string): PowerShellFault => ({ line: node.startPosition.row + 1, what });

const keyOf = (entry: Node): string => entry.namedChildren[0]?.text ?? '';

/** Where a change may stand: it is asked for by `Do`, `Undo`, the mode, or a function that only those call. */
const isAsked = (node: Node, functions: ReadonlySet<string>): boolean =>
  above(node).some(
    (one) =>
      (one.type === 'hash_entry' && /^(Do|Undo)$/.test(keyOf(one))) ||
      (one.type === 'function_statement' && functions.has(all(one, 'function_name')[0]?.text ?? '')) ||
      (one.type === 'if_statement' && /^if \(\$(Mode -eq 'Undo'|Bridge -ne '')\)/.test(one.text)),
  );

const syntaxFaults = (root: Node): readonly PowerShellFault[] => {
  const faults: PowerShellFault[] = [];
  const walk = (node: Node): void => {
    if (node.isError || node.isMissing) faults.push(at(node, `not PowerShell: ${node.text.slice(0, 60)}`));
    for (const child of node.children) if (child) walk(child);
  };
  walk(root);
  return faults;
};

/**
 * A key that holds no value (Windows 11 comes with one of its updates', and our own undoing leaves some) is nothing at
 * all to `Get-ItemProperty` (`GetProperty`, `valueAdded`, of PowerShell's `RegistryProvider.cs`), and a strict script
 * that asks nothing for a property ends.
 */
const valuelessFaults = (root: Node): readonly PowerShellFault[] =>
  all(root, 'assignment_expression').flatMap((one) => {
    const name = /^(\$\w+) = Get-ItemProperty\b/.exec(one.text)?.[1];
    if (name === undefined) return [];
    const around = above(one).find(({ type }) => type === 'function_statement') ?? root;
    return around.text.includes(`$null -ne ${name} `) ? [] : [at(one, `${name} may be nothing`)];
  });

export interface PowerShellRules {
  /** Functions of the script that change the machine, called by `Do`, `Undo` or after the mode was looked at. */
  readonly changers?: readonly string[];
  /** Each command has its whole name, and changes nothing unasked. */
  readonly strict?: boolean;
}

/** `bytes` as the file has them: Windows PowerShell reads what has no mark in the code page of the machine. */
export const powershellFaults = (
  parser: Parser,
  bytes: Uint8Array,
  { changers = [], strict = false }: PowerShellRules = {},
): readonly PowerShellFault[] => {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const root = parser.parse(text.startsWith(BOM) ? text.slice(1) : text)?.rootNode;
  if (!root) return [{ line: 0, what: 'nothing could be read' }];
  const faults = [...syntaxFaults(root), ...valuelessFaults(root)];
  // eslint-disable-next-line no-control-regex -- ASCII is what is asked for
  if (!text.startsWith(BOM) && !/^[\x00-\x7f]*$/.test(text)) faults.push({ line: 1, what: 'letters without a mark' });
  if (!/^\$ErrorActionPreference = 'Stop'$/m.test(text)) faults.push({ line: 1, what: 'goes on after an error' });
  const own = new Set(all(root, 'function_name').map((one) => one.text));
  for (const name of all(root, 'command_name')) {
    const why = NEVER[name.text];
    if (why !== undefined) faults.push(at(name, `${name.text} ${why}`));
    if (!strict) continue;
    if (!own.has(name.text) && !/^[A-Z][A-Za-z]+-[A-Z][A-Za-z]+$/.test(name.text))
      faults.push(at(name, `${name.text} is not a whole name`));
    if (CHANGES.test(name.text) && !isAsked(name, new Set(changers)))
      faults.push(at(name, `${name.text} changes the machine unasked`));
  }
  return faults;
};

/** The keys of each table of `$Steps`, in their order. */
export const stepsOf = (parser: Parser, bytes: Uint8Array): readonly (readonly string[])[] => {
  const root = parser.parse(new TextDecoder().decode(bytes))?.rootNode;
  return (root ? all(root, 'hash_literal_expression') : [])
    .map((table) =>
      all(table, 'hash_entry').filter(
        (one) => above(one).find(({ type }) => type === 'hash_literal_expression')?.id === table.id,
      ),
    )
    .filter((entries) => entries.some((one) => keyOf(one) === 'IsDone'))
    .map((entries) => entries.map(keyOf));
};
